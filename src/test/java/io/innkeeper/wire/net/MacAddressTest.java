package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow(() -> new AssertionError("not an address: " + text));
    }

    @ParameterizedTest
    @CsvSource({
        "aa:bb:cc:dd:ee:ff, 1, aa:bb:cc:dd:ee:ff",
        "AA:BB:CC:DD:EE:0F, 1, aa:bb:cc:dd:ee:0f",
        "AA-BB-CC-DD-EE-0F, 1, aa:bb:cc:dd:ee:0f",
        "a:b:c:d:e:f, 1, 0a:0b:0c:0d:0e:0f",
        "01-aa:bb:cc:dd:ee:ff, 1, aa:bb:cc:dd:ee:ff",
        "06-aa:bb:cc:dd:ee:ff, 6, 06-aa:bb:cc:dd:ee:ff",
        "20-00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff, 32, 20-00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
        "ffff-00:01, 65535, ffff-00:01",
        "00-00:01, 0, 00-00:01",
        "6-0:1, 6, 06-00:01",
        "07-2a, 7, 07-2a", // ARCNET
        "01-00, 1, 01-00"
    })
    void reads(String text, int type, String written) {
        assertThat(mac(text).hardwareType()).isEqualTo(type);
        assertThat(mac(text)).hasToString(written).isEqualTo(mac(written)).hasSameHashCodeAs(mac(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "-",
                "aabbccddeeff",
                "aa:bb:cc:dd:ee:gg",
                "aa:bb:cc:dd:ee:fff",
                "aa:bb:cc:dd:ee:",
                ":aa:bb",
                "aa::bb",
                "00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10",
                "12345-aa:bb",
                "-aa:bb",
                "1--aa:bb",
                "1-aa-bb:cc",
                "g-aa:bb",
                "aa:bb:cc:dd:ee:f\u0661",
                "aa:bb:cc:dd:ee:ff ",
                " aa:bb:cc:dd:ee:ff",
                "192.168.1.1",
                "*",
                "aa:bb:cc:dd:ee:*"
            })
    void isNoAddress(String text) {
        assertThat(MacAddress.parse(text)).isEmpty();
    }

    @Test
    void everyAddressSurvivesItsText() {
        Property.check(10_000, samples -> {
            MacAddress mac = samples.mac();
            assertThat(MacAddress.of(mac.hardwareType(), mac.octets())).isEqualTo(mac);
            assertThat(MacAddress.parse(mac.toString())).contains(mac);
        });
    }

    @Test
    void noTextThrows() {
        Property.check(50_000, samples -> {
            String text = samples.oneIn(2)
                    ? samples.text(60)
                    : samples.damaged(samples.mac().toString());
            MacAddress.parse(text)
                    .ifPresent(
                            mac -> assertThat(MacAddress.parse(mac.toString())).contains(mac));
        });
    }

    @Test
    void sortsLikeItEquals() {
        Property.check(5_000, samples -> {
            MacAddress a = samples.mac();
            MacAddress b = samples.oneIn(5) ? a : samples.mac();
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        });
        assertThat(mac("7f:00:00:00:00:00")).isLessThan(mac("80:00:00:00:00:00"));
    }

    @Test
    void knowsItsKind() {
        assertThat(mac("02:00:00:00:00:01").isLocallyAdministered()).isTrue();
        assertThat(mac("da:a1:19:00:00:01").isLocallyAdministered()).isTrue();
        assertThat(mac("00:00:00:00:00:01").isLocallyAdministered()).isFalse();
        assertThat(mac("01:00:5e:00:00:01").isLocallyAdministered()).isFalse();
        assertThat(mac("06-02:00:00:00:00:01").isLocallyAdministered()).isFalse();
        assertThat(mac("02:00:00:00:00:01").isEthernet()).isTrue();
        assertThat(mac("02:00:00:00:00").isEthernet()).isFalse();
        assertThat(mac("06-02:00:00:00:00:01").isEthernet()).isFalse();
    }

    @Test
    void prefixesForTheRegistries() {
        MacAddress mac = mac("70:b3:d5:12:34:56");
        assertThat(mac.prefix(24)).isEqualTo(0x70b3d5L);
        assertThat(mac.prefix(28)).isEqualTo(0x70b3d51L);
        assertThat(mac.prefix(36)).isEqualTo(0x70b3d5123L);
        assertThat(mac.prefix(48)).isEqualTo(0x70b3d5123456L);
        assertThat(mac("ff:ff:ff:ff:ff:ff").prefix(36)).isEqualTo(0xfffffffffL);
    }

    @Test
    void refusesWhatNoPacketCarries() {
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(1, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(1, new byte[17]));
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(-1, new byte[6]));
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of(0x10000, new byte[6]));
    }

    @Test
    void doesNotShareItsOctets() {
        byte[] octets = {1, 2, 3, 4, 5, 6};
        MacAddress mac = MacAddress.of(1, octets);
        octets[0] = 9;
        mac.octets()[1] = 9;
        assertThat(mac).hasToString("01:02:03:04:05:06");
    }
}
