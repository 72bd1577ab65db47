package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsName;
import org.jspecify.annotations.Nullable;

/** A question that waits for an upstream: all that is needed to take it up again. */
final class Waiting {
    final byte[] query;
    final Client client;
    final Transport transport;
    final int listener;
    final ReplyTo replyTo;
    final long askedAtMs;
    final long askedNanos;

    /** The name whose answer is given instead; null for the name that was asked for. */
    @Nullable
    DnsName target;

    /** True while IPv4 addresses are asked for, to be written as IPv6 ones (RFC 6147). */
    boolean synthesizes;

    /** What is answered where no upstream answers in time; null for nothing. */
    @Nullable
    CacheEntry stale;

    /** From then on the stale answer goes out; {@link Long#MAX_VALUE} for never. */
    long staleAtMs = Long.MAX_VALUE;

    /** True once the client has its answer. */
    boolean answered;

    /** See {@link Ask#clean}. */
    boolean clean;

    /** How many aliases were followed. */
    int hops;

    Waiting(byte[] query, Ask ask, ReplyTo replyTo) {
        this.query = query;
        this.client = ask.client();
        this.transport = ask.transport;
        this.listener = ask.listener;
        this.askedAtMs = ask.nowMs;
        this.askedNanos = ask.startedNanos;
        this.replyTo = replyTo;
        this.clean = ask.clean;
    }
}
