package io.innkeeper.outbound;

import java.time.Duration;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and a part of it by chance, so that many who
 * failed together do not come back together.
 *
 * @param first after the first failure
 * @param last at most
 */
record BackOff(Duration first, Duration last) {
    /** A second to five minutes. */
    static final BackOff USUAL = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final int MAX_DOUBLINGS = 20;

    /**
     * Milliseconds to wait.
     *
     * @param failures how often it failed in a row, at least 1
     * @param chance from 0 to below 1: between half of the wait and all of it
     */
    long waitMs(int failures, double chance) {
        long doubled = first.toMillis() << Math.clamp(failures - 1, 0, MAX_DOUBLINGS);
        long whole = Math.min(doubled, last.toMillis());
        return whole / 2 + (long) (chance * (whole - whole / 2));
    }
}
