package io.innkeeper.feed.rdk.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.wire.rdk.Dhcpv4PluginMessage;
import io.innkeeper.wire.rdk.Dhcpv6PluginMessage;
import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told late. */
class AgingTest {
    private static final PluginMessage FOUR = TestingReports.sample("v4-bound");
    private static final PluginMessage SIX = TestingReports.sample("v6-add-both");

    @Test
    void whatIsToldLateHasLessLeft() {
        Dhcpv4PluginMessage before = (Dhcpv4PluginMessage) FOUR;
        Dhcpv4PluginMessage four = (Dhcpv4PluginMessage) Aging.later(FOUR, Duration.ofMillis(600_900));
        assertThat(four.leaseTime()).isEqualTo(before.leaseTime() - 600);
        assertThat(four.renewalTime()).isEqualTo(before.renewalTime() - 600);
        assertThat(four.rebindingTime()).isEqualTo(before.rebindingTime() - 600);
        assertThat(four.lasting(before.leaseTime(), before.rebindingTime(), before.renewalTime()))
                .isEqualTo(before);
        Dhcpv6PluginMessage six = (Dhcpv6PluginMessage) Aging.later(SIX, Duration.ofSeconds(10));
        Dhcpv6PluginMessage told = (Dhcpv6PluginMessage) SIX;
        assertThat(six.address().times().valid())
                .isEqualTo(told.address().times().valid() - 10);
        assertThat(six.prefix().times().preferred())
                .isEqualTo(told.prefix().times().preferred() - 10);
        assertThat(six.prefix().times().iaid()).isEqualTo(told.prefix().times().iaid());
    }

    @Test
    void whatIsOverHasASecondLeft() {
        Dhcpv4PluginMessage four = (Dhcpv4PluginMessage) Aging.later(FOUR, Duration.ofDays(30));
        assertThat(four.leaseTime()).isEqualTo(1);
        assertThat(four.address()).isEqualTo(((Dhcpv4PluginMessage) FOUR).address());
    }

    @Test
    void whatIsNewWhatEndsAndWhatLastsForEverStaysAsItIs() {
        assertThat(Aging.later(FOUR, Duration.ofMillis(999))).isSameAs(FOUR);
        PluginMessage end = TestingReports.sample("v4-deconfig");
        assertThat(Aging.later(end, Duration.ofDays(1))).isSameAs(end);
        Dhcpv4PluginMessage forEver = ((Dhcpv4PluginMessage) FOUR).lasting(Dhcpv6PluginMessage.INFINITE, 0, 0);
        assertThat(Aging.later(forEver, Duration.ofDays(1))).isEqualTo(forEver);
    }
}
