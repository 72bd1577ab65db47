package io.innkeeper.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorsTest {
    private static final byte[] DATA = data();
    private static final Vendors VENDORS = Vendors.parse(DATA);

    private static byte[] data() {
        try (InputStream in = Objects.requireNonNull(Vendors.class.getResourceAsStream(Vendors.RESOURCE))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00:00:00:00:00:00 | XEROX CORPORATION
            b8:27:eb:12:34:56 | Raspberry Pi Foundation
            00:1b:63:ff:ff:ff | Apple, Inc.
            00:15:5d:00:00:00 | Microsoft Corporation
            c8:5c:e2:7a:bc:de | SYNERGY SYSTEMS AND SOLUTIONS
            c8:5c:e2:0f:ff:ff | Fela Management AG
            00:55:da:00:00:00 | Shinko Technos co.,ltd.
            fc:e4:98:ef:ff:ff | TIH Microelectronics Technology Co. Ltd.
            70:b3:d5:00:10:00 | SOREDI touch systems GmbH
            70:b3:d5:00:1f:ff | SOREDI touch systems GmbH
            70:b3:d5:00:20:00 | Gogo BA
            70:b3:d5:ff:f0:00 | Private
            8c:1f:64:ff:cf:ff | Invendis Technologies India Pvt Ltd
            """)
    void knowsTheVendor(String address, String vendor) {
        assertThat(VENDORS.vendorOf(mac(address))).isEqualTo(vendor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "70:b3:d5:00:00:00", // a gap in a block of MA-S, whose MA-L belongs to the registry itself
                "00:69:67:f0:00:00", // the one unassigned MA-M of its block
                "8c:1f:64:ff:d0:00", // behind the last MA-S
                "fc:ff:aa:00:00:00", // a block of the registry, empty so far
                "fc:ff:ff:ff:ff:ff",
                "02:60:8c:00:00:01", // 3COM of old, but the bit says: made up by software
                "aa:00:04:00:01:04",
                "7e:12:34:56:78:9a",
                "ff:ff:ff:ff:ff:ff",
                "06-b8:27:eb:12:34:56", // not Ethernet
                "b8:27:eb:12:34", // too short for Ethernet
                "b8:27:eb:12:34:56:78:9a"
            })
    void knowsNoVendor(String address) {
        assertThat(VENDORS.vendorOf(mac(address))).isNull();
    }

    @Test
    void aRandomAddressHasNoVendor() {
        Property.check(2_000, samples -> {
            byte[] octets = samples.octets(6);
            octets[0] |= 2;
            assertThat(VENDORS.vendorOf(MacAddress.of(MacAddress.ETHERNET, octets)))
                    .isNull();
        });
    }

    @Test
    void holdsAllThreeRegistries() {
        assertThat(VENDORS.size()).isGreaterThan(53_000);
        assertThat(DATA.length).isLessThan(1_000_000);
    }

    @Test
    void theLongestPrefixWins() {
        Vendors table = Vendors.parse(packed("00000003 010101 414243"
                + "00000001 8180c001 00 00" // 30:00:00 is A's
                + "00000001 82808018 00 01" // 30:00:00:1 is B's
                + "00000002 a182808030 7f 0000 0202")); // 30:00:00:12:0 is C's, and one more
        assertThat(table.vendorOf(mac("30:00:00:00:00:00"))).isEqualTo("A");
        assertThat(table.vendorOf(mac("30:00:00:11:ff:ff"))).isEqualTo("B");
        assertThat(table.vendorOf(mac("30:00:00:12:00:00"))).isEqualTo("C");
        assertThat(table.vendorOf(mac("30:00:00:12:0f:ff"))).isEqualTo("C");
        assertThat(table.vendorOf(mac("30:00:00:12:10:00"))).isEqualTo("B");
        assertThat(table.vendorOf(mac("30:00:00:20:00:00"))).isEqualTo("A");
        assertThat(table.vendorOf(mac("30:00:01:00:00:00"))).isNull();
    }

    @Test
    void aDamagedFileIsNamedAsSuch() {
        assertDamaged(new byte[0], "OUI1");
        assertDamaged("OUI2aaaaaaaa".getBytes(StandardCharsets.US_ASCII), "OUI1");
        assertDamaged(Arrays.copyOf(DATA, 7), "OUI1");
        assertDamaged(Arrays.copyOf(DATA, DATA.length / 2), "unpack");
        assertDamaged(ByteBuffer.wrap(DATA.clone()).putInt(4, Integer.MAX_VALUE).array(), "2147483647");
        assertDamaged(ByteBuffer.wrap(DATA.clone()).putInt(4, -1).array(), "-1");
        assertDamaged(ByteBuffer.wrap(DATA.clone()).putInt(4, 100).array(), "unpack");
        assertDamaged(packed(""), "cut off");
        assertDamaged(packed("7fffffff"), "2147483647 items");
        assertDamaged(packed("00000001 05 41"), "cut off");
        assertDamaged(packed("00000000 00000001 01 00 00"), "name 0 of 0");
        assertDamaged(packed("00000001 01 41 00000002 0100 0000 0000"), "out of order");
        assertDamaged(packed("00000001 01 41 00000001 8180808001 00 00"), "24 bits");
        assertDamaged(packed("00000001 01 41 00000003 ffffffffffffffffff"), "without an end");
        assertDamaged(packed("00000000 00000000 00000000 00000000 aa"), "1 octets too many");
    }

    @Test
    void anEmptyTableKnowsNobody() {
        Vendors none = Vendors.parse(packed("00000000 00000000 00000000 00000000"));
        assertThat(none.size()).isZero();
        assertThat(none.vendorOf(mac("00:00:00:00:00:00"))).isNull();
    }

    @Test
    void noDamageDoesMoreThanAnIllegalArgument() {
        byte[] body = HexFormat.of()
                .parseHex("00000003010101414243000000020101000000010000000101000200000001010001".replace(" ", ""));
        Property.check(5_000, samples -> {
            byte[] damaged = body.clone();
            for (int i = samples.below(4); i >= 0; i--) {
                damaged[samples.below(damaged.length)] = (byte) samples.below(256);
            }
            try {
                Vendors.parse(packed(HexFormat.of().formatHex(damaged))).vendorOf(samples.mac());
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageContaining("damaged");
            }
        });
    }

    private static void assertDamaged(byte[] data, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vendors.parse(data))
                .withMessageContaining("damaged")
                .withMessageContaining(why);
    }

    /** A file with this body, in hex. */
    private static byte[] packed(String hex) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("OUI1".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(ByteBuffer.allocate(4).putInt(body.length).array());
        try (DeflaterOutputStream out = new DeflaterOutputStream(file)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
