package io.innkeeper.bench;

import java.util.Arrays;

/** Times in buckets that are 1/32 of their value wide, so that any percentile is known to about 3 %. */
public final class Latencies {
    private static final int PARTS_BITS = 5;
    private static final int PARTS = 1 << PARTS_BITS;

    private final long[] counts = new long[(64 - PARTS_BITS) * PARTS];
    private long count;
    private long max;

    /** Forgets all. */
    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
    }

    /** A time in nanoseconds; less than 0 counts as 0. */
    public void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    private static int bucket(long value) {
        if (value < PARTS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - PARTS_BITS;
        return (shift + 1) * PARTS + (int) (value >>> shift) - PARTS;
    }

    private static long middle(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int shift = bucket / PARTS - 1;
        return ((long) (bucket % PARTS + PARTS) << shift) + (1L << shift) / 2;
    }

    /** The time in microseconds that this part of all times (0 to 1) stays under; 0 where there are none. */
    public double microsAt(double part) {
        long rank = (long) Math.ceil(count * part);
        long seen = 0;
        for (int i = 0; i < counts.length && count > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(middle(i), max) / 1000.0;
            }
        }
        return 0;
    }

    /** The longest, in microseconds. */
    public double maxMicros() {
        return max / 1000.0;
    }
}
