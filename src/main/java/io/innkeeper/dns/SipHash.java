package io.innkeeper.dns;

/** SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF"), which RFC 9018 §4.4 asks for. */
final class SipHash {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** The hash of the first octets of an array; both halves of the key as little-endian numbers. */
    static long of(long k0, long k1, byte[] bytes, int length) {
        SipHash hash = new SipHash(k0, k1);
        int whole = length & ~7;
        for (int i = 0; i < whole; i += 8) {
            hash.word(word(bytes, i, 8));
        }
        hash.word(((long) length << 56) | word(bytes, whole, length - whole));
        hash.v2 ^= 0xff;
        for (int i = 0; i < 4; i++) {
            hash.round();
        }
        return hash.v0 ^ hash.v1 ^ hash.v2 ^ hash.v3;
    }

    private static long word(byte[] bytes, int at, int octets) {
        long word = 0;
        for (int i = 0; i < octets; i++) {
            word |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return word;
    }

    private void word(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
