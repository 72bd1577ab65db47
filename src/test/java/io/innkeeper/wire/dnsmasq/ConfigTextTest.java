package io.innkeeper.wire.dnsmasq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTextTest {
    private static ConfigText parse(String text) {
        return ConfigText.parse("a.conf", text.getBytes(StandardCharsets.UTF_8), _ -> true);
    }

    private static ConfigLine only(String text) {
        ConfigText parsed = parse(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.lines()).hasSize(1);
        return parsed.lines().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "domain=home.arpa           | domain | home.arpa",
                "  domain  =   home.arpa    | domain | home.arpa",
                "domain=home.arpa # mine    | domain | home.arpa",
                "domain=home#arpa           | domain | home#arpa",
                "domain=\"a # b\"           | domain | 'a # b'",
                "domain=\"a \\\" b\"        | domain | 'a \" b'",
                "domain=\"a\\\\b\"          | domain | a\\b",
                "domain=\"a\\qb\"           | domain | a\\qb",
                "domain=a\\tb               | domain | a\\tb",
                "domain=a=b                 | domain | a=b",
                "domain=                    | domain | ''",
                "domain=a\"b c\"d           | domain | 'ab cd'",
            })
    void keyAndValue(String line, String key, String value) {
        assertThat(only(line).key()).isEqualTo(key);
        assertThat(only(line).plainValue()).isEqualTo(value);
    }

    @Test
    void keyAlone() {
        assertThat(only(" read-ethers \n").key()).isEqualTo("read-ethers");
        assertThat(only("read-ethers").value()).isNull();
    }

    @Test
    void escapesInQuotes() {
        assertThat(only("domain=\"\\t\\n\\r\\b\\e\"").plainValue()).isEqualTo("\t\n\r\b\u001b");
    }

    @Test
    void quotedCommaIsNoSeparator() {
        assertThat(only("conf-dir=\"/a,b\",.bak , *.conf").plainFields()).containsExactly("/a,b", ".bak", "*.conf");
    }

    @Test
    void blankLinesCommentsAndLineEnds() {
        ConfigText parsed = parse("# one\r\n\r\n \t \n#two \"open\na=1\r\n  # three\nb=2");
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.lines()).extracting(ConfigLine::key).containsExactly("a", "b");
        assertThat(parsed.lines()).extracting(ConfigLine::number).containsExactly(5, 7);
        assertThat(parsed.lines()).extracting(ConfigLine::value).containsExactly("1", "2");
        assertThat(parsed.lines().getLast().text()).isEqualTo("b=2");
    }

    @Test
    void nothingAtAll() {
        assertThat(parse("").lines()).isEmpty();
        assertThat(parse("\n\n").lines()).isEmpty();
    }

    @Test
    void openQuoteIsAProblemOfItsLineOnly() {
        ConfigText parsed = parse("domain=\"a\nb=2");
        assertThat(parsed.lines()).extracting(ConfigLine::key).containsExactly("b");
        assertThat(parsed.problems())
                .containsExactly(new ConfigProblem("a.conf", 1, "domain=\"a", "a closing \" is missing"));
    }

    @Test
    void nulEndsItsLine() {
        ConfigText parsed = parse("a=1\0, more\nb=2");
        assertThat(parsed.lines()).extracting(ConfigLine::value).containsExactly("1", "2");
        assertThat(parsed.lines().getFirst().text()).isEqualTo("a=1\\x00, more");
    }

    @Test
    void oddOctetsSurviveInTheValueAndAreShownEscaped() {
        byte[] line = {'a', '=', (byte) 0xff, 'x'};
        ConfigLine parsed = ConfigText.parse("a.conf", line, _ -> true).lines().getFirst();
        assertThat(parsed.value()).isEqualTo("\u00ffx");
        assertThat(parsed.text()).isEqualTo("a=\\xffx");
    }

    @Test
    void unwantedLinesAreSilentWhateverTheyHold() {
        String text = "address=\"/open\n" + "x=" + "y".repeat(ConfigText.MAX_LINE_OCTETS) + "\nb=2";
        ConfigText parsed = ConfigText.parse("a.conf", text.getBytes(StandardCharsets.UTF_8), "b"::equals);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.lines()).hasSize(1);
    }

    @Test
    void aLineLongerThanTheLimitIsAProblem() {
        String fits = "a=" + "y".repeat(ConfigText.MAX_LINE_OCTETS - 2);
        assertThat(parse(fits).lines()).hasSize(1);
        ConfigText parsed = parse(fits + "y\nb=2");
        assertThat(parsed.lines()).extracting(ConfigLine::key).containsExactly("b");
        assertThat(parsed.problems()).hasSize(1);
        assertThat(parsed.problems().getFirst().reason()).isEqualTo("the line is too long");
        assertThat(parsed.problems().getFirst().text()).hasSizeLessThan(300);
    }

    @Test
    void problemsAreLimited() {
        assertThat(parse("a=\"\n".repeat(1_000)).problems()).hasSize(ConfigText.MAX_PROBLEMS);
    }

    @Test
    void valuesWithoutKeys() {
        byte[] text = "# hosts\naa:bb:cc:dd:ee:ff,a=b\n".getBytes(StandardCharsets.UTF_8);
        List<ConfigLine> lines =
                ConfigText.parseValues("hosts", text, "dhcp-host").lines();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().key()).isEqualTo("dhcp-host");
        assertThat(lines.getFirst().value()).isEqualTo("aa:bb:cc:dd:ee:ff,a=b");
        assertThat(lines.getFirst().number()).isEqualTo(2);
    }
}
