package io.innkeeper.wire.dhcp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.property.Property;
import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts of the configuration ⇄ octets. Values of a list stand with semicolons between here. */
class OptionTypeTest {
    private static List<String> values(String text) {
        return Arrays.asList(text.split(";", -1));
    }

    private static OptionType type(String name) {
        return OptionType.byName(name).orElseThrow();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flag | true | '' | true",
                "boolean | yes | 01 | true",
                "boolean | off | 00 | false",
                "u8 | 255 | ff | 255",
                "u8 | 0x1f | 1f | 31",
                "u16 | 1500 | 05dc | 1500",
                "u32 | 4294967295 | ffffffff | 4294967295",
                "s32 | -3600 | fffff1f0 | -3600",
                "s32 | -2147483648 | 80000000 | -2147483648",
                "u8-list | 1, 3 ,6 | 010306 | 1;3;6",
                "u16-list | 68;1500 | 004405dc | 68;1500",
                "u32-list | 1 | 00000001 | 1",
                "address | 192.168.1.1 | c0a80101 | 192.168.1.1",
                "address-list | 10.0.0.1,10.0.0.2 | 0a0000010a000002 | 10.0.0.1;10.0.0.2",
                "address-list | 10.0.0.1;10.0.0.2 | 0a0000010a000002 | 10.0.0.1;10.0.0.2",
                "address-pairs | 10.1.2.3 via 10.0.0.1 | 0a0102030a000001 | 10.1.2.3 10.0.0.1",
                "address-pairs | 10.1.2.3,10.0.0.1 | 0a0102030a000001 | 10.1.2.3 10.0.0.1",
                "text | a, b | 612c2062 | a, b",
                "text | Zürich | 5ac3bc72696368 | Zürich",
                "uri | https://p.example/x | 68747470733a2f2f702e6578616d706c652f78 | https://p.example/x",
                "bytes | 01:02:FF | 0102ff | 01:02:ff",
                "bytes | 0x0102ff | 0102ff | 01:02:ff",
                "bytes | 01 02 ff | 0102ff | 01:02:ff",
                "domain-list | a.example, b. | 0161076578616d706c6500016200 | a.example;b",
                // RFC 3442: the significant octets of the destination only.
                "routes | 0.0.0.0/0 via 10.0.0.1 | 000a000001 | 0.0.0.0/0 via 10.0.0.1",
                "routes | default via 10.0.0.1 | 000a000001 | 0.0.0.0/0 via 10.0.0.1",
                "routes | 10.17.0.0/16,10.0.0.1 | 100a110a000001 | 10.17.0.0/16 via 10.0.0.1",
                "routes | 10.0.0.0/8 via 1.1.1.1, 10.27.129.0/24 2.2.2.2 | 080a01010101180a1b8102020202"
                        + " | 10.0.0.0/8 via 1.1.1.1;10.27.129.0/24 via 2.2.2.2",
                "routes | 10.229.0.128/25;1.1.1.1 | 190ae5008001010101 | 10.229.0.128/25 via 1.1.1.1",
                "routes | 10.198.122.47/32 via 1.1.1.1 | 200ac67a2f01010101 | 10.198.122.47/32 via 1.1.1.1",
                "user-class | kiosk;a,b | 056b696f736b03612c62 | kiosk;a,b",
                "vendor-identifying | 3561:01:02;9:ff | 00000de902010200000009 01ff | 3561:01:02;9:ff",
                // RFC 3361 §3.1.
                "sip-servers | example.com, example.net"
                        + " | 00076578616d706c6503636f6d00076578616d706c65036e657400 | example.com;example.net",
                "sip-servers | 192.0.2.1, 192.0.2.2 | 01c0000201c0000202 | 192.0.2.1;192.0.2.2"
            })
    void writesAndReads(String type, String values, String octets, String read) {
        byte[] expected = hex(octets.replace(" ", ""));
        assertThat(type(type).encode(values(values))).isEqualTo(new Encoded.Value(Octets.of(expected)));
        assertThat(type(type).decode(expected)).isEqualTo(values(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flag | 5 | this option has no value: write true, or leave it out",
                "boolean | maybe | maybe is not true or false",
                "u8 | 256 | 256 is not a number from 0 to 255",
                "u8 | -1 | -1 is not a number from 0 to 255",
                "u8 | '' | an empty text is not a number from 0 to 255",
                "u8 | 1;2 | there is to be one value, a number from 0 to 255, and not 2",
                "u16 | ٣ | ٣ is not a number from 0 to 65535",
                "u32 | 4294967296 | 4294967296 is not a number from 0 to 4294967295",
                "u32 | 99999999999999999999 | 99999999999999999999 is not a number from 0 to 4294967295",
                "s32 | 2147483648 | 2147483648 is not a number from -2147483648 to 2147483647",
                "address | 192.168.1 | 192.168.1 is not an IPv4 address",
                "address | ::1 | ::1 is not an IPv4 address",
                "address-list | 10.0.0.1,x | x is not an IPv4 address",
                "address-list | , | there is no value; it is to be an IPv4 address",
                "address-pairs | 10.0.0.1 | 10.0.0.1 is not two IPv4 addresses with a blank between",
                "text | '' | an empty text is not text of at least one character",
                "uri | portal | portal is not a URI that begins with a scheme",
                "bytes | 012 | 012 is not pairs of hex digits",
                "domain-list | a..b | a..b is not a domain name",
                "domain-list | .a | .a is not a domain name",
                "domain-list | a b | a b is not a domain name",
                "routes | 10.0.0.0/8 | 10.0.0.0/8 is not a route such as 10.0.0.0/8 via 192.168.1.1",
                "routes | 10.0.0.0 via 10.0.0.1 | 10.0.0.0 10.0.0.1 is not a route such as 10.0.0.0/8 via 192.168.1.1",
                "routes | fd00::/8 via 1.1.1.1 | fd00::/8 1.1.1.1 is not a route such as 10.0.0.0/8 via 192.168.1.1",
                "vendor-identifying | x:01 | x:01 is not an enterprise number and pairs of hex digits, such as"
                        + " 3561:01:02:ff",
                "sip-servers | 10.0.0.1,a | a is not a domain name or an IPv4 address, all of one kind",
                "client-fqdn | a | this option cannot be configured: it is made by the client and the server"
            })
    void refuses(String type, String values, String why) {
        assertThat(type(type).encode(values(values))).isEqualTo(new Encoded.Refused(why));
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, 02, 02",
        "u16, 01, 01",
        "u16, 000102, 00:01:02",
        "address, 0a0000, 0a:00:00",
        "address-list, '', ''",
        "address-list, 0a00000100, 0a:00:00:01:00",
        "address-pairs, 0a000001, 0a:00:00:01",
        "routes, 21000000000000000000, 21:00:00:00:00:00:00:00:00:00",
        "routes, 08, 08",
        "domain-list, 0161, 01:61",
        "domain-list, c000, c0:00",
        "domain-list, 4061, 40:61",
        "sip-servers, 020a000001, 02:0a:00:00:01",
        "user-class, 69505845, iPXE",
        "client-fqdn, 0000, 00:00",
        "text, 61620000, ab",
        "text, 1b5b, \\x1b[",
        // RFC 3397 §2: the second name ends in a pointer to the first.
        "domain-list, 03656e67056170706c6503636f6d00096d61726b6574696e67c004, eng.apple.com;marketing.apple.com",
        "client-fqdn, 050000046e616d65076578616d706c6500, name.example"
    })
    void readsWhatClientsSend(String type, String octets, String read) {
        assertThat(type(type).decode(hex(octets))).isEqualTo(values(read));
    }

    @ParameterizedTest
    @EnumSource(OptionType.class)
    void theExampleOfEachTypeHolds(OptionType type) {
        assertThat(OptionType.byName(type.text())).contains(type);
        assertThat(type.words()).isNotBlank();
        if (type.example().isEmpty()) {
            assertThat(type.encode(List.of("x"))).isInstanceOf(Encoded.Refused.class);
            return;
        }
        Encoded encoded = type.encode(List.of(type.example()));
        assertThat(encoded).isInstanceOf(Encoded.Value.class);
        List<String> read = type.decode(((Encoded.Value) encoded).octets().toArray());
        assertThat(String.join(", ", read)).isEqualTo(type.example());
        assertThat(type.encode(read)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @EnumSource(OptionType.class)
    void nothingThrows(OptionType type) {
        Property.check(
                3_000,
                samples -> checkAny(
                        type, samples.octets(samples.below(40)), samples.oneIn(2) ? samples.text(30) : type.example()));
    }

    /** Neither octets nor text throw, and what was encoded reads as it was meant. */
    static void checkAny(OptionType type, byte[] octets, String text) {
        assertThat(type.decode(octets)).isNotEmpty();
        if (type.encode(List.of(text)) instanceof Encoded.Value value) {
            List<String> read = type.decode(value.octets().toArray());
            assertThat(read).isNotEmpty();
            // Text with octets that act is shown, not repeated.
            if (!text.chars().anyMatch(c -> c < ' ' || c > '~')) {
                assertThat(type.encode(read)).isEqualTo(value);
            }
        }
    }

    @Test
    void pointersThatTurnInCirclesEnd() {
        byte[] chain = new byte[9_000];
        for (int i = 2; i < chain.length; i += 2) {
            chain[i] = (byte) (0xc0 | ((i - 2) >>> 8));
            chain[i + 1] = (byte) (i - 2);
        }
        assertThat(OptionType.DOMAIN_LIST.decode(chain)).hasSize(1);
    }
}
