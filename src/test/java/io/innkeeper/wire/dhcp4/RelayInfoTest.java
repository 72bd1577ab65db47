package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.Octets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Option 82 and its sub-options; option 81 and its two forms. */
class RelayInfoTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @Test
    void allSubOptions() {
        byte[] option =
                hex("0104 65746830 0206 001122334455 0504 0a010000 0603 616263 0a01 80 0b04 0a010001 970201ff 6301 07");
        RelayInfo info = RelayInfo.parse(option);
        assertThat(info.raw()).isEqualTo(Octets.of(option));
        assertThat(info.circuitId()).hasToString("65746830");
        assertThat(info.remoteId()).hasToString("001122334455");
        assertThat(info.linkSelection()).isEqualTo(0x0a010000);
        assertThat(info.subscriberId()).hasToString("616263");
        assertThat(info.flags()).isEqualTo(RelayInfo.UNICAST);
        assertThat(info.serverOverride()).isEqualTo(0x0a010001);
        assertThat(info.virtualSubnet()).hasToString("01ff");
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        assertThat(RelayInfo.parse(new byte[0])).isEqualTo(RelayInfo.NONE);
        RelayInfo cut = RelayInfo.parse(hex("010161 0205 00"));
        assertThat(cut.circuitId()).hasToString("61");
        assertThat(cut.remoteId()).isNull();
        assertThat(cut.raw()).hasToString("010161020500");
        RelayInfo wrong = RelayInfo.parse(hex("0503 0a0100 0b05 0a01000100 0a00 0100 010162 0201"));
        assertThat(wrong.linkSelection()).isZero();
        assertThat(wrong.serverOverride()).isZero();
        assertThat(wrong.flags()).isZero();
        assertThat(wrong.circuitId()).isEqualTo(Octets.EMPTY);
        assertThat(wrong.remoteId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "05 00 00 04 686f7374 03 6c616e 00, 5, host.lan",
        "04 00 00 04 686f7374, 4, host", // a partial name
        "00 00 00 686f73742e6c616e, 0, host.lan",
        "01 00 00 686f73742e00, 1, host",
        "04 00 00, 4, ''",
        "04 00 00 00, 4, ''",
        "f5 ff ff 01 61 00, 5, a",
        "04 00 00 03 612e62 00, 4, a\\.b"
    })
    void clientNames(String option, int flags, String name) {
        assertThat(ClientFqdn.parse(hex(option))).contains(new ClientFqdn(flags, name));
    }

    @ParameterizedTest
    @CsvSource({"''", "0400", "040000 05 61", "040000 c000"})
    void noClientNames(String option) {
        assertThat(ClientFqdn.parse(hex(option))).isEmpty();
    }

    @Test
    void clientNamesAreWritten() {
        assertThat(new ClientFqdn(7, "a.lan").write()).isEqualTo(hex("07ffff 0161 036c616e 00"));
        assertThat(new ClientFqdn(1, "a.lan").write()).isEqualTo(hex("01ffff 612e6c616e"));
        assertThat(new ClientFqdn(4, "").write()).isEqualTo(hex("04ffff"));
        assertThat(new ClientFqdn(4, "a..b").write()).isEqualTo(hex("04ffff"));
    }

    @Test
    void nothingThrows() {
        Property.check(20_000, samples -> {
            byte[] octets = samples.octets(samples.below(40));
            for (int i = 1; i < octets.length; i += samples.below(8) + 1) {
                octets[i] = (byte) samples.below(12);
            }
            assertThat(RelayInfo.parse(octets).raw()).isEqualTo(Octets.of(octets));
            Optional<ClientFqdn> name = ClientFqdn.parse(octets);
            name.ifPresent(fqdn -> assertThat(ClientFqdn.parse(fqdn.write())).isPresent());
        });
    }
}
