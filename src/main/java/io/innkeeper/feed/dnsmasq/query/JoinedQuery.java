package io.innkeeper.feed.dnsmasq.query;

import io.innkeeper.wire.net.IpAddress;

/**
 * A question to a dnsmasq, and what became of it.
 *
 * @param atMs when it came, in milliseconds since 1970
 * @param client who asked
 * @param name what was asked for, as dnsmasq wrote it
 * @param type the type, such as {@code A}
 * @param tcp true where it is told that it came by TCP
 * @param outcome what became of it
 * @param detail the upstream that answered, or the file that blocks; empty for none
 * @param answer what the first line of the answer says: an address, {@code NXDOMAIN}, {@code <MX>} …; empty for none
 * @param tookMs from question to answer, as fine as the times in the log
 * @param signed what the signatures said
 */
public record JoinedQuery(
        long atMs,
        IpAddress client,
        String name,
        String type,
        boolean tcp,
        Outcome outcome,
        String detail,
        String answer,
        long tookMs,
        Signed signed) {
    /** What became of a question. */
    public enum Outcome {
        /** dnsmasq knew: its configuration, its leases, a file of hosts. */
        LOCAL,
        /** It answered with nothing, on purpose. */
        BLOCKED,
        CACHED,
        /** From the cache although it was too old. */
        STALE,
        /** An upstream answered. */
        FORWARDED,
        /** The log has no answer. */
        UNANSWERED
    }

    /** What the signatures said. */
    public enum Signed {
        UNCHECKED,
        SECURE,
        INSECURE,
        BOGUS
    }
}
