package io.innkeeper.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.IpAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
    /** The secret of RFC 9018 appendix A.1 to A.3: e5e973e5a6b2a43f48e7dc849e37bfcf. */
    private static final Cookies FIRST = new Cookies(0x3fa4b2a6e573e9e5L, 0xcfbf379e84dce748L);

    /** That of A.4: dd3bdf9344b678b185a6f5cb60fca715, then 445536bcd2513298075a5d379663c962. */
    private static final Cookies BEFORE = new Cookies(0xb178b64493df3bddL, 0x15a7fc60cbf5a685L);

    private static final Cookies AFTER = new Cookies(0x983251d2bc365544L, 0x62c96396375d5a07L);

    private static long high(IpAddress address) {
        return address.v6() ? address.high() : 0;
    }

    private static long low(IpAddress address) {
        return address.v6() ? address.low() : 0xffff_0000_0000L | address.low();
    }

    private static String cookie(Cookies cookies, String client, String address, long nowS) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        byte[] out = new byte[Cookies.WHOLE];
        cookies.write(HexFormat.of().parseHex(client), 0, high(ip), low(ip), nowS, out);
        return HexFormat.of().formatHex(out);
    }

    private static boolean good(Cookies cookies, String cookie, String address, long nowS) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        byte[] bytes = HexFormat.of().parseHex(cookie);
        return cookies.isGood(bytes, 0, bytes.length, high(ip), low(ip), nowS);
    }

    @Test
    void theVectorsOfTheStandard() {
        assertThat(cookie(FIRST, "2464c4abcf10c957", "198.51.100.100", 1_559_731_985))
                .isEqualTo("2464c4abcf10c957010000005cf79f111f8130c3eee29480");
        assertThat(cookie(FIRST, "fc93fc62807ddb86", "203.0.113.203", 1_559_734_700))
                .isEqualTo("fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e");
        assertThat(cookie(AFTER, "22681ab97d52c298", "2001:db8:220:1:59de:d0f4:8769:82b8", 1_559_741_961))
                .isEqualTo("22681ab97d52c298010000005cf7c609a6bb79d16625507a");
        assertThat(good(
                        BEFORE,
                        "22681ab97d52c298010000005cf7c57926556bd0934c72f8",
                        "2001:db8:220:1:59de:d0f4:8769:82b8",
                        1_559_741_961))
                .isTrue();
        // A.3: reserved octets that are not zero are part of what is hashed.
        assertThat(good(FIRST, "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5", "203.0.113.203", 1_559_727_985))
                .isTrue();
    }

    @Test
    void aCookieIsGoodForItsClientWithinTheHour() {
        long then = 1_800_000_000;
        String cookie = cookie(FIRST, "0102030405060708", "192.0.2.1", then);
        assertThat(good(FIRST, cookie, "192.0.2.1", then)).isTrue();
        assertThat(good(FIRST, cookie, "192.0.2.1", then + 3_600)).isTrue();
        assertThat(good(FIRST, cookie, "192.0.2.1", then + 3_601)).isFalse();
        assertThat(good(FIRST, cookie, "192.0.2.1", then - 300)).isTrue();
        assertThat(good(FIRST, cookie, "192.0.2.1", then - 301)).isFalse();
        assertThat(good(FIRST, cookie, "192.0.2.2", then)).isFalse();
        assertThat(good(FIRST, cookie, "::c000:201", then)).isFalse();
        assertThat(good(AFTER, cookie, "192.0.2.1", then)).isFalse();
        assertThat(good(FIRST, "0102030405060708", "192.0.2.1", then)).isFalse();
        for (int octet = 0; octet < Cookies.WHOLE; octet++) {
            byte[] bent = HexFormat.of().parseHex(cookie);
            bent[octet] ^= 1;
            assertThat(good(FIRST, HexFormat.of().formatHex(bent), "192.0.2.1", then))
                    .isFalse();
        }
    }

    /** From the vectors of the reference implementation: the key 00…0f, and 0, 1, 2 … octets of 00, 01, 02 … */
    @ParameterizedTest
    @CsvSource({
        "0,310e0edd47db6f72",
        "1,fd67dc93c539f874",
        "7,37d1018bf50002ab",
        "8,6224939a79f5f593",
        "15,e545be4961ca29a1",
        "16,db9bc2577fcc2a3f",
        "63,724506eb4c328a95"
    })
    void sipHashIsThatOfItsAuthors(int length, String hash) {
        byte[] octets = new byte[64];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        long found = SipHash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, octets, length);
        assertThat(HexFormat.of().toHexDigits(Long.reverseBytes(found))).isEqualTo(hash);
    }
}
