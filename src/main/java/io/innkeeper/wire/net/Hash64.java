package io.innkeeper.wire.net;

/** Hashes of 64 bits for tables of our own: well spread, and not to be foreseen by those who do not know the seed. */
public final class Hash64 {
    private Hash64() {}

    /** The hash of some octets. */
    static long of(byte[] octets, long seed) {
        long hash = mix(seed ^ octets.length);
        for (int i = 0; i < octets.length; i += 8) {
            hash = mix(hash ^ word(octets, i)) + seed;
        }
        return mix(hash);
    }

    /** Up to eight octets from an offset on as a number, the first one uppermost, zeros behind the last. */
    static long word(byte[] octets, int from) {
        long word = 0;
        for (int i = from; i < Math.min(from + 8, octets.length); i++) {
            word |= (octets[i] & 0xffL) << (56 - 8 * (i - from));
        }
        return word;
    }

    /** Spreads a number over 64 bits, reversibly (the finalizer of SplitMix64). */
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
