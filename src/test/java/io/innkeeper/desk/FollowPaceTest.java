package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rests, in milliseconds of a made-up clock. */
class FollowPaceTest {
    private static final long MS = 1_000_000;

    private final FollowPace pace = new FollowPace();
    private long nowMs = 1_000;
    private long committed;

    /** One transaction after another, each with all that waits. */
    private long rest(long tookMs, int came, int done, boolean busy, double fill) {
        committed += came;
        return pace.restMs(nowMs * MS, tookMs * MS, done, committed, busy, fill);
    }

    @Test
    void whereNobodyWaitsItOnlyGathersWhatComesTogether() {
        assertThat(rest(5, 10, 10, false, 0)).isEqualTo(FollowPace.SHORTEST_MS - 5);
        nowMs += 100;
        assertThat(rest(300, 10_000, 1_000, false, 0)).isZero();
    }

    @Test
    void aStreamThatItCanKeepUpWithGetsTwiceTheShareItNeeds() {
        rest(10, 100, 100, true, 0);
        nowMs += 100;
        // 100 changes in 100 ms, for which it takes 10 ms: a tenth of the time, so it works a fifth of it.
        assertThat(rest(10, 100, 100, true, 0)).isEqualTo(40);
    }

    @Test
    void aTrickleIsToldSoon() {
        rest(3, 1, 1, true, 0);
        nowMs += 1_000;
        assertThat(rest(3, 1, 1, true, 0)).isEqualTo(147);
    }

    @Test
    void aFloodGetsAFiftieth() {
        rest(20, 2_000, 1_000, true, 0);
        nowMs += 30;
        assertThat(rest(20, 2_000, 1_000, true, 0)).isEqualTo(980);
    }

    @Test
    void noRestIsLongerThanNewsMayBeLate() {
        rest(500, 10_000, 1_000, true, 0);
        nowMs += 500;
        assertThat(rest(500, 10_000, 1_000, true, 0)).isEqualTo(FollowPace.LONGEST_MS);
    }

    @Test
    void aJournalThatFillsUpIsNotKeptWaiting() {
        rest(100, 10_000, 1_000, true, 0.5);
        nowMs += 100;
        assertThat(rest(100, 10_000, 1_000, true, 0.5)).isEqualTo(100);
        nowMs += 100;
        assertThat(rest(100, 10_000, 1_000, true, 0.8)).isZero();
    }

    @Test
    void theFirstTransactionIsAFloodWhereItHadMoreThanItCouldFollow() {
        assertThat(rest(20, 1_000, 1_000, true, 0)).isEqualTo(980);
    }
}
