package io.innkeeper.dns;

import io.innkeeper.dns.forward.Asked;
import io.innkeeper.dns.forward.Outcome;
import io.innkeeper.dns.forward.Security;
import io.innkeeper.dns.forward.Settled;
import io.innkeeper.wire.dns.DnsMessage;
import io.innkeeper.wire.dns.Question;
import io.innkeeper.wire.dns.Rcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings what upstreams say into the cache: looked through first, failures too. */
final class Intake {
    /** After a failure, how long stale answers are given at once. */
    static final long TROUBLED_MS = 30_000;

    private final DnsCache cache;
    private final DnsCounts counts;
    private final Answers answers = new Answers();
    private int chain;
    private boolean changing;

    Intake(DnsCache cache, DnsCounts counts) {
        this.cache = cache;
        this.counts = counts;
    }

    void plan(DnsPlan next) {
        answers.protect(next.rebindProtection(), next.rebindAllow());
        chain = next.chain();
    }

    /** True while questions end because upstreams are others now: that says nothing about names. */
    void changing(boolean now) {
        changing = now;
    }

    /** Keeps the answer to a question; null where there is none that could be given. */
    @Nullable
    CacheEntry keep(Settled<Waiting> settled, long nowMs) {
        Asked question = settled.question();
        int flags = DnsCache.flags(question.dnssecOk(), question.checkingDisabled());
        CacheEntry before = cache.find(question.name(), question.type(), question.dnsClass(), flags);
        if (before != null) {
            before.renewing = false;
        }
        byte[] response = settled.response();
        Answers.Looked looked =
                settled.outcome() == Outcome.ANSWERED && response != null ? answers.look(question, response) : null;
        if (looked == null || looked.aliases().size() > chain) {
            failure(question, flags, before, nowMs);
            return null;
        }
        counts.rebinds += looked.rebinds();
        return cache.put(
                        question.name(),
                        question.type(),
                        question.dnsClass(),
                        flags,
                        looked.response(),
                        looked.aliases(),
                        nowMs)
                .orElse(null);
    }

    /** A failure too is remembered for a while (RFC 9520 §3.2), but never in place of something better. */
    private void failure(Asked question, int flags, @Nullable CacheEntry before, long nowMs) {
        if (changing) {
            return;
        }
        if (before != null) {
            before.troubledUntilMs = nowMs + TROUBLED_MS;
        }
        Question asked = new Question(question.name(), question.type(), question.dnsClass());
        byte[] failed = DnsMessage.query(0, 0, asked, null)
                .answer(0, Rcode.SERVFAIL, null)
                .write(DnsMessage.MIN_UDP_LENGTH);
        cache.put(question.name(), question.type(), question.dnsClass(), flags, failed, List.of(), nowMs);
    }

    /** As the query log has it. */
    static int number(Security security) {
        return switch (security) {
            case UNCHECKED -> 0;
            case SECURE -> 1;
            case INSECURE -> 2;
            case BOGUS -> 3;
            case INDETERMINATE -> 4;
        };
    }
}
