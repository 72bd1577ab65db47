package io.innkeeper.wire.rdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.net.Prefix;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options 94 and 95 as dibbler prints them (RFC 7598). */
class SoftwireOptionTest {
    private static final String MAPT = "00:59:00:15:00:10:18:c0:00:02:00:28:20:01:0d:b8:00:00:5d:00:04:06:08:34:00"
            + ":00:5b:00:09:40:20:01:0d:b8:00:64:ff:9b";
    private static final String MAPE = "00:59:00:0e:01:10:18:c0:00:02:00:28:20:01:0d:b8:00:00"
            + ":00:5a:00:10:20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:fe";

    private static SoftwireOption read(String printed) {
        return SoftwireOption.parse(printed).orElseThrow();
    }

    private static SoftwireOption.Rule rule(String printed) {
        return Objects.requireNonNull(read(printed).rule());
    }

    @Test
    void translationHasARuleAndADefaultMapping() {
        assertThat(read(MAPT).border()).hasToString("2001:db8:64:ff9b::/64");
        SoftwireOption.Rule rule = rule(MAPT);
        assertThat(rule.v4()).hasToString("192.0.2.0/24");
        assertThat(rule.v6()).hasToString("2001:db8::/40");
        assertThat(rule.eaLength()).isEqualTo(16);
        assertThat(rule.isForwarding()).isFalse();
        assertThat(rule.psidOffset()).isEqualTo(6);
        assertThat(rule.psidLength()).isEqualTo(8);
        assertThat(rule.psid(null)).isEqualTo(0x34);
        assertThat(rule.ratio()).isEqualTo(256);
    }

    @Test
    void encapsulationHasABorderRelayAndPortsOfThePrefix() {
        assertThat(read(MAPE).border()).hasToString("2001:db8::fe/128");
        SoftwireOption.Rule rule = rule(MAPE);
        assertThat(rule.isForwarding()).isTrue();
        assertThat(rule.ports()).isNull();
        assertThat(rule.psidLength()).isEqualTo(8);
        // 40 bits of the rule, then 16 of the embedded address: the last 8 of them are the set of ports.
        Prefix delegated = Prefix.parse("2001:db8:0012:3400::/56").orElseThrow();
        assertThat(rule.psid(delegated)).isEqualTo(0x34);
        assertThat(rule.psid(null)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "00:59:00:0d:00:08:18:c0:00:02:00:28:20:01:0d:b8:00, 0, 1", // no bits left: the address is not shared
        "00:59:00:0d:00:00:20:c0:00:02:01:28:20:01:0d:b8:00, 0, 1",
        "0059000d001018c000020028 20010db800, 8, 256", // without colons
    })
    void theRatioFollowsFromTheBits(String printed, int bits, int ratio) {
        assertThat(rule(printed).psidLength()).isEqualTo(bits);
        assertThat(rule(printed).ratio()).isEqualTo(ratio);
    }

    @Test
    void whatIsCutIsMissing() {
        assertThat(read(MAPT.substring(0, 90)).border()).isNull();
        assertThat(SoftwireOption.parse(MAPT.substring(0, 30))).isEmpty();
        assertThat(SoftwireOption.parse("")).isEmpty();
        assertThat(SoftwireOption.parse("00:59:00:0d:00:10:21:c0:00:02:00:28:20:01:0d:b8:00"))
                .isEmpty(); // 33 bits of IPv4
    }

    @Test
    void anyTextIsReadOrIsNothing() {
        SplittableRandom random = new SplittableRandom(95);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder((i & 1) == 0 ? MAPT : MAPE);
            for (int change = random.nextInt(6); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), "0123456789abcdef:".charAt(random.nextInt(17)));
            }
            SoftwireOption.parse(text.toString()).map(SoftwireOption::rule).ifPresent(rule -> {
                assertThat(rule.psid(Prefix.parse("2001:db8::/48").orElseThrow()))
                        .isBetween(0, 0xffff);
                assertThat(rule.ratio()).isBetween(1, 1 << 16);
            });
        }
    }
}
