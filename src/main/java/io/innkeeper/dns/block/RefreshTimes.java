package io.innkeeper.dns.block;

import java.time.Duration;
import java.time.Instant;

/** When a source is looked at again. */
final class RefreshTimes {
    private static final int MAX_DOUBLINGS = 20;

    private RefreshTimes() {}

    /**
     * After a look.
     *
     * @param failures how many looks in a row failed, this one included; 0 where it did not
     * @param refresh the time between looks that succeed
     * @param firstRetry after the first failure; twice as long after each further one, never longer than {@code refresh}
     */
    static Instant next(Instant now, int failures, Duration refresh, Duration firstRetry) {
        if (failures == 0) {
            return now.plus(refresh);
        }
        Duration doubled = firstRetry.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return now.plus(doubled.compareTo(refresh) < 0 ? doubled : refresh);
    }
}
