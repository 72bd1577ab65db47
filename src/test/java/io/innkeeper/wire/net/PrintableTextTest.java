package io.innkeeper.wire.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTextTest {
    private static String of(byte[] octets) {
        return PrintableText.of(octets, 0, octets.length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nas                 | nas
            Küche               | Küche
            客厅                 | 客厅
            a~b                 | a~b
            """)
    void showsWhatCanBeShown(String text, String shown) {
        assertThat(of(text.getBytes(UTF_8))).isEqualTo(shown);
    }

    @Test
    void escapesTheRest() {
        assertThat(of("a\tb\u007f\u0000".getBytes(UTF_8))).isEqualTo("a\\x09b\\x7f\\x00");
        assertThat(of("K\u00fcche".getBytes(ISO_8859_1))).isEqualTo("K\\xfcche");
        assertThat(of("\u0085".getBytes(UTF_8))).as("a C1 control").isEqualTo("\\x85");
        assertThat(of("a\u202eb\u200bc".getBytes(UTF_8)))
                .as("right-to-left override, zero width")
                .isEqualTo("a\\u202eb\\u200bc");
        assertThat(of("a\u2028b\u2029".getBytes(UTF_8))).as("line separators").isEqualTo("a\\u2028b\\u2029");
        assertThat(of("\ud83d\ude00".getBytes(UTF_8))).as("outside the BMP").isEqualTo("\ud83d\ude00");
        assertThat(of(new byte[] {(byte) 0xc0, (byte) 0x80})).as("overlong").isEqualTo("\\xc0\\x80");
        assertThat(PrintableText.of("abcdef".getBytes(UTF_8), 2, 4)).isEqualTo("cd");
        assertThat(of(new byte[0])).isEmpty();
    }

    @Test
    void tagCharactersOutsideTheBmpAreFormatCharactersToo() {
        assertThat(PrintableText.escape(Character.toString(0xe0041))).doesNotContain(Character.toString(0xe0041));
    }

    @Test
    void aLoneSurrogateIsNotWrittenAsItIs() {
        assertThat(PrintableText.escape("a\ud800b")).isEqualTo("a\\ud800b");
        assertThat(PrintableText.escape("\udc00")).isEqualTo("\\udc00");
    }

    @Test
    void nothingIsLeftThatActs() {
        Property.check(20_000, samples -> {
            String shown =
                    samples.oneIn(2) ? of(samples.octets(samples.below(40))) : PrintableText.escape(samples.text(40));
            shown.codePoints()
                    .forEach(c -> assertThat(Character.getType(c))
                            .isNotIn(
                                    (int) Character.CONTROL,
                                    (int) Character.FORMAT,
                                    (int) Character.SURROGATE,
                                    (int) Character.LINE_SEPARATOR,
                                    (int) Character.PARAGRAPH_SEPARATOR));
            assertThat(new String(shown.getBytes(UTF_8), UTF_8)).isEqualTo(shown);
            assertThat(PrintableText.escape(shown)).isEqualTo(shown);
        });
    }
}
