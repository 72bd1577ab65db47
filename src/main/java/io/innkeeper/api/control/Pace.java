package io.innkeeper.api.control;

/**
 * So many a second, as many at once. Tells how long to wait before the next; counts it as done. Pure: time comes in.
 */
final class Pace {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long stepNanos;

    /** When all that were counted so far would have been done at an even pace, less the second that may be saved up. */
    private long dueNanos;

    private boolean begun;

    /** @param perSecond 1 or more */
    Pace(int perSecond) {
        this.stepNanos = Math.max(1, SECOND_NANOS / perSecond);
    }

    /** How long to wait, in nanoseconds; 0 for not at all. */
    long waitNanos(long nowNanos) {
        long earliest = nowNanos - SECOND_NANOS + stepNanos;
        if (!begun || dueNanos - earliest < 0) {
            dueNanos = earliest;
            begun = true;
        }
        long wait = Math.max(0, dueNanos - nowNanos);
        dueNanos += stepNanos;
        return wait;
    }
}
