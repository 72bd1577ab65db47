package io.innkeeper.dhcp;

/**
 * How many packets a second somebody may send: a token bucket each, that holds one second's worth. The table has a fixed
 * size; where it is full, the bucket that was used least recently among a few neighbours goes. Somebody who is new, or
 * whose bucket went, starts with a full one: strangers cannot take a known client's right away, only forget its sins.
 */
final class RateLimits {
    /** Buckets, at about 24 octets each. */
    static final int BUCKETS = 16_384;

    private static final int WAYS = 8;

    /** Tokens are counted in thousandths, so that a slow refill loses nothing. */
    private static final long TOKEN = 1_000;

    private final int perSecond;
    private final long[] keys;
    private final long[] usedAtMs;
    private final long[] tokens;

    /** Limits for a rate of packets a second; 0 for no limit. */
    RateLimits(int perSecond) {
        this.perSecond = perSecond;
        int size = perSecond == 0 ? 0 : BUCKETS;
        keys = new long[size];
        usedAtMs = new long[size];
        tokens = new long[size];
    }

    /** The rate this was made for. */
    int perSecond() {
        return perSecond;
    }

    /**
     * Takes a token.
     *
     * @param who any number that means one sender
     * @return false where there is none left
     */
    boolean take(long who, long nowMs) {
        if (perSecond == 0) {
            return true;
        }
        long key = mixed(who);
        int bucket = bucket(key, nowMs);
        long elapsedMs = Math.max(0, nowMs - usedAtMs[bucket]);
        usedAtMs[bucket] = nowMs;
        long full = perSecond * TOKEN;
        long refill = elapsedMs >= 1_000 ? full : elapsedMs * perSecond;
        tokens[bucket] = Math.min(full, tokens[bucket] + refill);
        if (tokens[bucket] < TOKEN) {
            return false;
        }
        tokens[bucket] -= TOKEN;
        return true;
    }

    /** The bucket of this key, perhaps taken from another. */
    private int bucket(long key, long nowMs) {
        int first = (int) ((key >>> 32) & (BUCKETS / WAYS - 1)) * WAYS;
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                return i;
            }
            if (usedAtMs[i] < usedAtMs[oldest]) {
                oldest = i;
            }
        }
        keys[oldest] = key;
        usedAtMs[oldest] = nowMs;
        tokens[oldest] = perSecond * TOKEN;
        return oldest;
    }

    /** Spreads the bits (the finalizer of SplitMix64); 0 is the mark of an unused bucket. */
    private static long mixed(long who) {
        long z = who + 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        z ^= (z >>> 31);
        return z == 0 ? 1 : z;
    }
}
