package io.innkeeper.dns.log;

/** How many answers took how long: four buckets for each doubling, so that a percentile is at most a quarter too large. */
final class MicrosHistogram {
    /** For 0 to 2^31 − 1. */
    static final int BUCKETS = 4 * 30;

    final int[] counts = new int[BUCKETS];
    long sum;
    long count;

    void add(int micros) {
        counts[bucket(micros)]++;
        sum += micros;
        count++;
    }

    void add(MicrosHistogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        sum += other.sum;
        count += other.count;
    }

    /** 0 to 3 have a bucket each; from there on the two bits behind the highest one say which quarter. */
    static int bucket(int micros) {
        if (micros < 4) {
            return Math.max(0, micros);
        }
        int highest = 31 - Integer.numberOfLeadingZeros(micros);
        return 4 * (highest - 1) + (micros >>> (highest - 2) & 3);
    }

    /** The greatest value of a bucket. */
    static long most(int bucket) {
        if (bucket < 4) {
            return bucket;
        }
        int highest = bucket / 4 + 1;
        return ((4L + bucket % 4 + 1) << (highest - 2)) - 1;
    }

    /** So many of a hundred took no longer; 0 where there is none. */
    long percentile(int percent) {
        long rank = (count * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return most(i);
            }
        }
        return 0;
    }

    long average() {
        return count == 0 ? 0 : sum / count;
    }
}
