package io.innkeeper.arp;

/**
 * How fast questions may leave: evenly, and in no 100 ms more than 105 % of the rate. A packet counts from the moment it was
 * decided until {@link #sent} says that it has left, so that a loop that was held up between both cannot send a burst after.
 */
final class Pace {
    /** No limit. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = 100_000_000L;
    private static final int WINDOWS_A_SECOND = 10;
    private static final int TOLERANCE_PERCENT = 105;
    /** What a loop that wakes late may catch up with. */
    private static final long SLACK = 5_000_000L;

    private int rate;
    private long spacing;
    /** When the packets of the last window left, the oldest at {@link #oldest}. */
    private long[] left = new long[1];

    private int count;
    private int oldest;
    private int unconfirmed;
    private long nextAt = Long.MIN_VALUE;

    Pace(int rate) {
        rate(rate);
    }

    /** Another rate, in packets a second, from now on; what has left still counts. */
    void rate(int next) {
        if (next == rate) {
            return;
        }
        long[] before = new long[count];
        for (int i = 0; i < count; i++) {
            before[i] = left[(oldest + i) % left.length];
        }
        rate = next;
        spacing = next == UNLIMITED ? 0 : SECOND / next;
        long inWindow = (long) next * TOLERANCE_PERCENT / 100 / WINDOWS_A_SECOND;
        left = new long[next == UNLIMITED ? 1 : (int) Math.max(1, inWindow)];
        int kept = Math.min(count, left.length);
        System.arraycopy(before, before.length - kept, left, 0, kept);
        oldest = 0;
        count = kept;
        unconfirmed = Math.min(unconfirmed, count);
    }

    int rate() {
        return rate;
    }

    /** When the next one may leave. */
    long nextAt() {
        if (rate == UNLIMITED) {
            return Long.MIN_VALUE;
        }
        return count < left.length ? nextAt : Math.max(nextAt, left[oldest] + WINDOW + 1);
    }

    /** One leaves now; only where {@link #nextAt} allows it. */
    void take(long now) {
        if (rate == UNLIMITED) {
            return;
        }
        nextAt = Math.max(nextAt, now - SLACK) + spacing;
        if (count == left.length) {
            oldest = (oldest + 1) % left.length;
            count--;
        }
        left[(oldest + count) % left.length] = now;
        count++;
        unconfirmed = Math.min(unconfirmed + 1, count);
    }

    /** All that were taken have left by now. */
    void sent(long now) {
        for (int i = 1; i <= unconfirmed; i++) {
            left[(oldest + count - i) % left.length] = now;
        }
        unconfirmed = 0;
    }
}
