package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private static @Nullable String named(byte[] name) {
        return HostNames.of(Options.builder().put(OptionCode.HOST_NAME, name).build());
    }

    @ParameterizedTest
    @CsvSource({
        "laptop, laptop",
        "My-PC, My-PC",
        "laptop.example.org, laptop",
        "-a-, a",
        "a b, a-b",
        "_x_y_, x-y",
        "\"$(reboot)\", reboot",
        "caf\u00e9, caf",
        "1, 1",
    })
    void aLabelIsWhatIsLeft(String sent, String label) {
        assertThat(named(sent.getBytes(StandardCharsets.UTF_8))).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".example", "\0", "\u00e9\u00e9", "---"})
    void orNothing(String sent) {
        assertThat(named(sent.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void notLongerThanALabel() {
        assertThat(named("a".repeat(300).getBytes(StandardCharsets.US_ASCII))).isEqualTo("a".repeat(63));
    }

    /** RFC 4702 §2.3.1: the name in the form of DNS, or as text. */
    @ParameterizedTest
    @CsvSource({"04000003666f6f0362617200, foo", "00ffff666f6f2e626172, foo", "040000, ", "040000ff666f6f, foo", "04, "
    })
    void qualifiedNames(String hex, @Nullable String label) {
        Options options = Options.builder()
                .put(OptionCode.CLIENT_FQDN, HexFormat.of().parseHex(hex))
                .build();
        assertThat(HostNames.of(options)).isEqualTo(label);
    }

    @Test
    void theAnswerSaysThatNoDnsIsUpdated() {
        byte[] asText = HostNames.fqdn(new byte[] {1, 0, 0, 'x'}, "desk.home.arpa");
        assertThat(HexFormat.of().formatHex(asText)).isEqualTo("0affff6465736b2e686f6d652e61727061");
        byte[] encoded = HostNames.fqdn(new byte[] {4, 0, 0}, "desk.home");
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("0cffff046465736b04686f6d6500");
    }
}
