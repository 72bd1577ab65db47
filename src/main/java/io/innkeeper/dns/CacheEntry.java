package io.innkeeper.dns;

import org.jspecify.annotations.Nullable;

/**
 * One kept answer: the message as it came, without OPT record, and where its times to live are. It is patched on its way out:
 * id, flags, the case of the name, times. Names of the records point to the question, so they have the asker's case too.
 */
final class CacheEntry {
    /** What an entry takes besides its bytes: the object, its arrays' headers, its place in the table. */
    static final int OVERHEAD = 168;

    final long hash;
    final int type;
    final int dnsClass;
    final int flags;

    /** Header, question, records; no OPT. */
    final byte[] message;

    final int nameLength;

    /** Where the times to live are in {@link #message}. */
    final int[] ttls;

    final long storedAtMs;

    /** From then on it is stale. */
    final long expiresAtMs;

    final boolean positive;

    /** A number for the caller: what he knew of the name when he looked at it under a version of his rules. */
    long checkedVersion;

    boolean clean;

    /** How often it was given since it was stored. */
    int hits;

    /** True from when it is asked for anew until it is. */
    boolean renewing;

    @Nullable
    CacheEntry next;

    @Nullable
    CacheEntry older;

    @Nullable
    CacheEntry newer;

    CacheEntry(CacheKey key, byte[] message, int[] ttls, boolean positive, long storedAtMs, long expiresAtMs) {
        this.hash = key.hash();
        this.type = key.type();
        this.dnsClass = key.dnsClass();
        this.flags = key.flags();
        this.nameLength = key.nameLength();
        this.message = message;
        this.ttls = ttls;
        this.positive = positive;
        this.storedAtMs = storedAtMs;
        this.expiresAtMs = expiresAtMs;
    }

    int size() {
        return OVERHEAD + message.length + 4 * ttls.length;
    }

    /** Whether it is the answer to this question; the hashes are the same already. */
    boolean matches(byte[] bytes, int nameAt, int length, int askedType, int askedClass, int askedFlags) {
        if (type != askedType || dnsClass != askedClass || flags != askedFlags || nameLength != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(message[Reply.HEADER + i]) != lower(bytes[nameAt + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }
}
