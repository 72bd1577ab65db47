package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.innkeeper.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdTest {
    private static ClientId id(String text) {
        return ClientId.parse(text).orElseThrow(() -> new AssertionError("not an identifier: " + text));
    }

    @ParameterizedTest
    @CsvSource({
        "01:aa:BB:cc:dd:ee:ff, 01:aa:bb:cc:dd:ee:ff",
        "01aabbccddeeff, 01:aa:bb:cc:dd:ee:ff",
        "ff, ff",
        "00:01, 00:01"
    })
    void reads(String text, String written) {
        assertThat(id(text)).hasToString(written).isEqualTo(id(written)).hasSameHashCodeAs(id(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "*",
                "f",
                "fff",
                "ff:",
                ":ff",
                "f:ff",
                "ff::ff",
                "0:1:2",
                "ff:f:fff",
                "f:fff",
                "a:abb:c",
                "ff ff",
                "0x01",
                "gg",
                "ff-ff",
                "\u0661\u0661"
            })
    void isNoIdentifier(String text) {
        assertThat(ClientId.parse(text)).isEmpty();
    }

    @Test
    void atMost255Octets() {
        assertThat(ClientId.parse("ab".repeat(255))).isPresent();
        assertThat(ClientId.parse("ab:".repeat(254) + "ab")).isPresent();
        assertThat(ClientId.parse("ab".repeat(256))).isEmpty();
        assertThat(ClientId.parse("ab:".repeat(255) + "ab")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ClientId.of(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> ClientId.of(new byte[256]));
    }

    @ParameterizedTest
    @CsvSource({
        "00:01:00:01:2a:2b:2c:2d:aa:bb:cc:dd:ee:ff, aa:bb:cc:dd:ee:ff", // DUID-LLT
        "00:03:00:01:aa:bb:cc:dd:ee:ff, aa:bb:cc:dd:ee:ff", // DUID-LL
        "00:03:00:06:aa:bb:cc:dd:ee:ff, 06-aa:bb:cc:dd:ee:ff",
        "00:03:00:20:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff, 20-00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff",
        "00:03:00:01:aa, 01-aa",
        "00:01:00:01:2a:2b:2c:2d:aa, 01-aa",
        "00:02:00:00:09:bf:01:02:03:04:05:06,", // DUID-EN
        "00:04:00:01:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77,", // DUID-UUID
        "01:03:00:01:aa:bb:cc:dd:ee:ff,",
        "00:03:00:01,",
        "00:01:00:01:2a:2b:2c:2d,",
        "00:03:00:01:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00,", // seventeen octets
        "01:aa:bb:cc:dd:ee:ff,"
    })
    void theHardwareAddressInADuid(String duid, String mac) {
        assertThat(id(duid).duidMac().map(MacAddress::toString).orElse(null)).isEqualTo(mac);
    }

    @Test
    void survivesItsTextAndNothingThrows() {
        Property.check(20_000, samples -> {
            ClientId id = samples.clientId();
            assertThat(ClientId.parse(id.toString())).contains(id);
            assertThat(ClientId.parse(id.toString().replace(":", ""))).contains(id);
            assertThat(ClientId.of(id.octets())).isEqualTo(id);
            id.duidMac()
                    .ifPresent(mac ->
                            assertThat(id.toString()).endsWith(mac.toString().replaceAll("^.*-", "")));
            String text = samples.oneIn(2) ? samples.text(40) : samples.damaged(id.toString());
            ClientId.parse(text)
                    .ifPresent(read ->
                            assertThat(read.toString().replace(":", "")).isEqualToIgnoringCase(text.replace(":", "")));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "aa:bb:cc:dd:ee:ff, 01:aa:bb:cc:dd:ee:ff",
        "06-aa, 06:aa",
        "20-00:11:22:33:44:55:66, 20:00:11:22:33:44:55:66",
        "20-00:11:22:33:44:55:66:77, 20:00:11:22:33:44:55:66:77",
        "20-00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff, 20:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff"
    })
    void ofAHardwareAddress(String text, String written) {
        MacAddress mac = MacAddress.parse(text).orElseThrow();
        ClientId id = ClientId.ofHardware(mac);
        assertThat(id).hasToString(written).isEqualTo(id(written));
        assertThat(id.isHardware(mac)).isTrue();
        assertThat(id.hardware()).isEqualTo(mac);
        assertThat(id(written + ":00").isHardware(mac)).isFalse();
    }

    @Test
    void aHardwareTypeOfTwoOctetsIsNoIdentifier() {
        MacAddress mac = MacAddress.of(0x101, new byte[] {1, 2});
        assertThat(ClientId.ofHardware(mac).isHardware(mac)).isFalse();
        assertThatIllegalStateException().isThrownBy(id("01")::hardware);
        assertThatIllegalStateException().isThrownBy(id("01".repeat(18))::hardware);
    }

    @Test
    void hashesDifferBySeedAndByEachOctet() {
        Property.check(2_000, samples -> {
            ClientId id = samples.clientId();
            assertThat(id.hash64(1))
                    .isEqualTo(ClientId.of(id.octets()).hash64(1))
                    .isNotEqualTo(id.hash64(2));
            byte[] other = id.octets();
            other[samples.below(other.length)] ^= (byte) (1 << samples.below(8));
            assertThat(ClientId.of(other).hash64(1)).isNotEqualTo(id.hash64(1));
        });
    }

    @Test
    void sortsLikeItEquals() {
        Property.check(2_000, samples -> {
            ClientId a = samples.clientId();
            ClientId b = samples.oneIn(5) ? a : samples.clientId();
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        });
        assertThat(id("7f")).isLessThan(id("80")).isLessThan(id("7f00"));
    }
}
