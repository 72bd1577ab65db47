package io.innkeeper.arp;

/** Turns that come at even distances, which may change. Somebody who comes late catches up with a tenth of a second. */
final class Ticks {
    private static final long CATCH_UP = 100_000_000L;

    private long last = Long.MIN_VALUE / 2;

    /** When the next turn is, at this distance from the last one. */
    long nextAt(long gap) {
        return last + gap;
    }

    /** Takes a turn that is due. */
    void take(long gap, long now) {
        last = Math.max(last + gap, now - Math.max(gap, CATCH_UP));
    }
}
