package io.innkeeper.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE, -7})
    void aSecondsWorthAtOnceThenOneAfterTheOther(long start) {
        Pace pace = new Pace(10);
        for (int i = 0; i < 10; i++) {
            assertThat(pace.waitNanos(start)).as("%d at once", i).isZero();
        }
        long now = start;
        for (int i = 0; i < 100; i++) {
            long wait = pace.waitNanos(now);
            assertThat(wait).isEqualTo(SECOND / 10);
            now += wait;
        }
    }

    @Test
    void neverMoreThanTheRateInASecondAfterTheFirst() {
        Pace pace = new Pace(3);
        long now = 0;
        int done = 0;
        while (now < 60 * SECOND) {
            now += pace.waitNanos(now);
            done++;
        }
        assertThat(done).isBetween(60 * 3, 60 * 3 + 4);
    }

    @Test
    void whoRestsSavesASecondsWorthAtMost() {
        Pace pace = new Pace(2);
        for (int i = 0; i < 2; i++) {
            pace.waitNanos(0);
        }
        long later = 3_600 * SECOND;
        assertThat(pace.waitNanos(later)).isZero();
        assertThat(pace.waitNanos(later)).isZero();
        assertThat(pace.waitNanos(later)).isEqualTo(SECOND / 2);
    }
}
