package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final long NOW = 1_767_268_800_000L;

    private static int taken(RateLimits limits, long who, int tries, long nowMs) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limits.take(who, nowMs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aSecondsWorthAtOnceAndThenAsTimeGoesOn() {
        RateLimits limits = new RateLimits(10);
        assertThat(taken(limits, 1, 100, NOW)).isEqualTo(10);
        assertThat(taken(limits, 1, 100, NOW + 250)).isEqualTo(2);
        assertThat(taken(limits, 1, 100, NOW + 350)).isEqualTo(1);
        assertThat(taken(limits, 1, 100, NOW + 60_000)).isEqualTo(10);
    }

    @Test
    void eachHasItsOwn() {
        RateLimits limits = new RateLimits(5);
        assertThat(taken(limits, 1, 9, NOW)).isEqualTo(5);
        assertThat(taken(limits, 2, 9, NOW)).isEqualTo(5);
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        RateLimits limits = new RateLimits(5);
        assertThat(taken(limits, 1, 9, NOW)).isEqualTo(5);
        assertThat(taken(limits, 1, 9, NOW - 10_000)).isZero();
        assertThat(taken(limits, 1, 9, NOW - 9_000)).isEqualTo(5);
    }

    @Test
    void noLimit() {
        assertThat(taken(new RateLimits(0), 1, 1_000, NOW)).isEqualTo(1_000);
    }

    @Test
    void amongMoreThanFitTheOneThatSpeaksMostStaysLimited() {
        RateLimits limits = new RateLimits(50);
        int loud = 0;
        for (int stranger = 0; stranger < 4 * RateLimits.BUCKETS; stranger++) {
            assertThat(limits.take(1_000 + stranger, NOW)).isTrue();
            loud += limits.take(1, NOW) ? 1 : 0;
        }
        // Its bucket is among the youngest, but for those that were used in the same millisecond.
        assertThat(loud).isLessThan(RateLimits.BUCKETS / 4);
    }
}
