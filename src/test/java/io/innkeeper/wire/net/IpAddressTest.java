package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow(() -> new AssertionError("not an address: " + text));
    }

    /** RFC 5952 §4 and §2, and the corners of RFC 4291 §2.2. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1", // §4.1 leading zeros
        "2001:db8::0:1, 2001:db8::1", // §4.2.1 shorten as much as possible
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // §4.2.2 not just one group
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // §4.2.3 the longest run
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", // the first of equal runs
        "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:1, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1", // §4.3 lower case
        "::, ::",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:1:0:0:0:0:0:0, 0:1::",
        "0:0:0:0:0:0:1:0, ::1:0",
        "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7:0",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:0:0:4:5:0:0:8, 1::4:5:0:0:8",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1::1.2.3.4, 1::102:304",
        "fe80::a:B:c:D, fe80::a:b:c:d",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "128.0.0.1, 128.0.0.1",
        "192.168.001.010, 192.168.1.10"
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(ip(text)).hasToString(canonical);
        assertThat(ip(canonical)).isEqualTo(ip(text)).hasSameHashCodeAs(ip(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                ":::",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.+1",
                "1.2.3.4 ",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.0004",
                "1.2.3.a",
                "1.2.3.\u0661",
                "::1%eth0",
                "::1/64",
                "[::1]",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:::2",
                ":1::2",
                "1::2:",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4.5",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "::-1",
                "::\uff11",
                "1:2:3:4:5:6:7:",
                ":2:3:4:5:6:7:8",
                "localhost",
                "::1\n",
                "1.2.3.4\0"
            })
    void isNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void agreesWithTheJdk() {
        Property.check(20_000, samples -> {
            byte[] octets = samples.octets(samples.pick(4, 16));
            IpAddress address = IpAddress.of(octets);
            assertThat(address.octets()).isEqualTo(octets);
            assertThat(IpAddress.parse(address.toString())).contains(address);
            assertThat(jdk(address.toString())).isEqualTo(jdkOf(octets));
            if (address.v6()) {
                String longForm = InetAddress.ofLiteral(address.toString()) instanceof Inet6Address v6
                        ? v6.getHostAddress()
                        : address.toString();
                assertThat(IpAddress.parse(longForm)).contains(address);
                assertThat(address.toString()).hasSizeLessThanOrEqualTo(longForm.length());
            }
        });
    }

    private static byte[] jdk(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }

    /** The JDK turns an IPv4-mapped address into an IPv4 address; we keep what was written. */
    private static byte[] jdkOf(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noTextThrowsAndWhatIsReadIsWrittenAlike() {
        Property.check(50_000, samples -> {
            String text = samples.oneIn(2)
                    ? samples.text(50)
                    : samples.damaged(samples.ip().toString());
            Optional<IpAddress> address = IpAddress.parse(text);
            address.ifPresent(a -> {
                assertThat(IpAddress.parse(a.toString())).contains(a);
                assertThat(InetAddress.ofLiteral(text).getAddress()).isEqualTo(jdkOf(a.octets()));
            });
        });
    }

    @Test
    void sortsAsItsSortKeyDoes() {
        Property.check(5_000, samples -> {
            IpAddress a = samples.ip();
            IpAddress b = samples.oneIn(5) ? a : samples.ip();
            int keys = Arrays.compareUnsigned(a.sortKey(), b.sortKey());
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(keys));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        });
        assertThat(ip("255.255.255.255")).isLessThan(ip("::"));
        assertThat(ip("127.255.255.255")).isLessThan(ip("128.0.0.0"));
        assertThat(ip("7fff::")).isLessThan(ip("8000::"));
    }

    @Test
    void otherLengthsAreRefused() {
        for (int length : new int[] {0, 3, 5, 15, 17}) {
            assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[length]));
        }
        assertThat(IpAddress.v4(-1)).hasToString("255.255.255.255");
        assertThat(ip("1.2.3.4").bits()).isEqualTo(32);
        assertThat(ip("::").bits()).isEqualTo(128);
        assertThat(ip("::1.2.3.4")).isNotEqualTo(ip("1.2.3.4"));
    }
}
