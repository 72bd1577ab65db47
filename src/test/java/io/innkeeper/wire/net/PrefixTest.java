package io.innkeeper.wire.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.innkeeper.property.Property;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow(() -> new AssertionError("not a prefix: " + text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.77/24, 192.168.1.0/24",
        "192.168.1.77, 192.168.1.77/32",
        "255.255.255.255/0, 0.0.0.0/0",
        "255.255.255.255/1, 128.0.0.0/1",
        "255.255.255.255/31, 255.255.255.254/31",
        "10.1.2.3/032, 10.1.2.3/32",
        "fd00:1:2:3:4:5:6:7/64, fd00:1:2:3::/64",
        "fd00::1, fd00::1/128",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/0, ::/0",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/63, ffff:ffff:ffff:fffe::/63",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/65, ffff:ffff:ffff:ffff:8000::/65",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127"
    })
    void reads(String text, String written) {
        assertThat(prefix(text)).hasToString(written).isEqualTo(prefix(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "1.2.3.4/",
                "1.2.3.4/33",
                "::/129",
                "1.2.3.4/-1",
                "1.2.3.4/+1",
                "1.2.3.4/ 8",
                "1.2.3.4/8/8",
                "1.2.3.4/\u0668",
                "1.2.3.4/1000",
                "1.2.3.4/255.0.0.0",
                "x/8",
                "::1%lo/64"
            })
    void isNoPrefix(String text) {
        assertThat(Prefix.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.77, 255.255.255.0, 192.168.1.0/24",
        "192.168.1.77, 0.0.0.0, 0.0.0.0/0",
        "192.168.1.77, 255.255.255.255, 192.168.1.77/32",
        "192.168.1.77, 255.255.0.255,",
        "192.168.1.77, 0.0.0.1,",
        "192.168.1.77, ::,",
        "::1, 255.255.255.0,"
    })
    void ofAMask(String address, String mask, String written) {
        assertThat(Prefix.ofMask(ip(address), ip(mask)).map(Prefix::toString).orElse(null))
                .isEqualTo(written);
    }

    @Test
    void containsWhatSharesItsFirstBits() {
        Property.check(20_000, samples -> {
            IpAddress network = samples.ip();
            int length = samples.below(network.bits() + 1);
            Prefix prefix = new Prefix(network, length);
            byte[] near = network.octets();
            int flipped = samples.below(network.bits());
            near[flipped / 8] ^= (byte) (0x80 >> (flipped % 8));
            assertThat(prefix.contains(network)).isTrue();
            assertThat(prefix.contains(prefix.network())).isTrue();
            assertThat(prefix.contains(IpAddress.of(near))).isEqualTo(flipped >= length);
            assertThat(first(prefix.network(), length)).isEqualTo(first(network, length));
            assertThat(new BigInteger(1, prefix.network().octets()).getLowestSetBit())
                    .satisfiesAnyOf(
                            bit -> assertThat(bit).isEqualTo(-1),
                            bit -> assertThat(bit).isGreaterThanOrEqualTo(network.bits() - length));
            assertThat(Prefix.parse(prefix.toString())).contains(prefix);
        });
        assertThat(prefix("0.0.0.0/0").contains(ip("::"))).isFalse();
        assertThat(prefix("::/0").contains(ip("1.2.3.4"))).isFalse();
    }

    private static BigInteger first(IpAddress address, int bits) {
        return new BigInteger(1, address.octets()).shiftRight(address.bits() - bits);
    }

    @Test
    void noTextThrows() {
        Property.check(30_000, samples -> {
            String legal = new Prefix(samples.ip(), samples.below(33)).toString();
            String text = samples.oneIn(2) ? samples.text(50) : samples.damaged(legal);
            Prefix.parse(text)
                    .ifPresent(p -> assertThat(Prefix.parse(p.toString())).contains(p));
        });
    }

    @Test
    void refusesALengthThatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Prefix(ip("1.2.3.4"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> new Prefix(ip("1.2.3.4"), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Prefix(ip("::"), 129));
        assertThat(Arrays.asList(new Prefix(ip("::"), 128).length(), new Prefix(ip("::"), 0).length()))
                .containsExactly(128, 0);
    }
}
