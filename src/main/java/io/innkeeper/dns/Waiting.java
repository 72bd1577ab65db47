package io.innkeeper.dns;

import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A question that waits for an upstream: all that is needed to take it up again. */
final class Waiting {
    final byte[] query;
    final Client client;
    final Transport transport;
    final int listener;
    final ReplyTo replyTo;

    /** Which step had a hand in it before; {@link QueryStep#DROPPED} for none. */
    final QueryStep step;

    final long askedNanos;

    /** The name whose answer is given instead; null for the name that was asked for. */
    @Nullable
    final DnsName target;

    /** True while IPv4 addresses are asked for, to be written as IPv6 ones (RFC 6147). */
    final boolean synthesizes;

    /** What is answered where no upstream answers in time; null for nothing. */
    @Nullable
    final CacheEntry stale;

    /** From then on the stale answer goes out; {@link Long#MAX_VALUE} for never. */
    long staleAtMs = Long.MAX_VALUE;

    /** True once the client has its answer. */
    boolean answered;

    /** See {@link Ask#clean}. */
    final boolean clean;

    /** See {@link Ask#version}. */
    final long version;

    /** How many aliases were followed. */
    final int hops;

    Waiting(Ask ask, ReplyTo replyTo, @Nullable CacheEntry stale) {
        int from = ask.query.from();
        this.query = Arrays.copyOfRange(ask.query.bytes(), from, from + ask.query.length());
        this.client = ask.client();
        this.transport = ask.transport;
        this.listener = ask.listener;
        this.askedNanos = ask.startedNanos;
        this.replyTo = replyTo;
        this.step = ask.step;
        this.target = ask.target;
        this.synthesizes = ask.synthesizes;
        this.stale = stale;
        this.hops = ask.hops;
        this.clean = ask.clean;
        this.version = ask.version;
    }
}
