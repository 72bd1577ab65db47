package io.innkeeper.dns;

/**
 * An answer of the cache, as it is written down.
 *
 * @param type of the question
 * @param dnsClass of the question
 * @param flags see {@link DnsCache#flags}
 * @param storedAtMs when it came
 * @param expiresAtMs from then on it is stale
 * @param message header, question, records; no OPT
 */
@SuppressWarnings("ArrayRecordComponent") // shared with the cache, which never changes it
public record KeptAnswer(int type, int dnsClass, int flags, long storedAtMs, long expiresAtMs, byte[] message) {
    /** The octets of it in a file, beside the message. */
    static final int OVERHEAD = 2 + 2 + 1 + 8 + 8 + 2;
}
