package io.innkeeper.dns;

import io.innkeeper.dns.Step.Next;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.dns.block.RuleSet;
import io.innkeeper.dns.forward.Asked;
import io.innkeeper.dns.forward.Forwarder;
import io.innkeeper.dns.forward.Outcome;
import io.innkeeper.dns.forward.Security;
import io.innkeeper.dns.forward.Settled;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.ExtendedError;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is answered: access → local names → block → rewrite → cache → forward, the first that knows an answer gives it.
 *
 * <p>A name that no rule of any kind touches is found in the cache at once; the steps before the cache are then not taken,
 * since they were when the answer was kept, and the rules are the same still ({@link CacheEntry#clean}).
 *
 * <p>Pure; for one thread. Time comes in; what is to be sent and what has ended is in {@link #forwarder}.
 */
public final class DnsEngine {
    /** How long a client waits before it gets a stale answer (RFC 8767 §5). */
    private static final long STALE_AFTER_MS = 1_800;

    /** An answer that was given so often is renewed before its time. */
    private static final int POPULAR = 3;

    /** Gets the answers to questions that had to wait. */
    interface Outlet {
        /** The answer is written, or it was {@link Next#DROPPED}: then its length is 0. */
        void answered(Ask ask, Waiting waiting);
    }

    private final DnsCache cache;
    private final LocalNames names;
    private final Visitors visitors;
    private final Reply reply = new Reply();
    private final AccessStep access = new AccessStep(reply);
    private final BlockStep block;
    private final RewriteStep rewrite;
    private final Delivery delivery;
    private final Intake intake;
    private final List<Step> steps;
    private final IntSupplier random;
    private final Deque<Waiting> staleWaiters = new ArrayDeque<>();
    private final Ask later = new Ask();
    private final DnsCounts counts = new DnsCounts();
    private Forwarder<Waiting> forwarder;
    private DnsPlan plan;
    private long rulesVersion = 1;

    /**
     * An engine that nobody has asked yet.
     *
     * @param random 32 bits each time, hard to guess
     */
    public DnsEngine(DnsPlan plan, Cookies cookies, IntSupplier random) {
        this.plan = plan;
        this.visitors = new Visitors(plan, cookies);
        this.random = random;
        this.cache = new DnsCache(plan.cache());
        this.intake = new Intake(cache, counts);
        this.names = new LocalNames(plan.local());
        this.block = new BlockStep(reply, names);
        this.rewrite = new RewriteStep(reply, names);
        this.delivery = new Delivery(reply, block);
        this.steps = List.of(access, new LocalStep(names, reply), block, rewrite, this::fromCache, this::forward);
        this.forwarder = new Forwarder<>(plan.forward(), random);
        adopt(plan);
    }

    /**
     * Takes another plan. Where upstreams are others, questions that wait end. Answers are forgotten that others gave, or that
     * were looked at by other rules: a name that was nowhere may be somewhere now.
     *
     * @return whether upstreams are others; then {@link #renewForwarder} follows
     */
    boolean plan(DnsPlan next) {
        boolean elsewhere = !next.forward().equals(plan.forward());
        if (elsewhere) {
            intake.changing(true);
            forwarder.giveUp("the configuration changed");
        }
        names.settings(next.local());
        cache.settings(next.cache());
        if (!next.answersAs(plan)) {
            cache.flush(DnsName.ROOT);
        }
        adopt(next);
        return elsewhere;
    }

    /** After {@link #plan}, and after what had waited was settled: the upstreams of the new plan. */
    void renewForwarder() {
        forwarder = new Forwarder<>(plan.forward(), random);
        intake.changing(false);
    }

    private void adopt(DnsPlan next) {
        plan = next;
        reply.answerSize(next.answerSize());
        access.perClient(next.perClient());
        block.blocked(next.block());
        rewrite.rules(new Rewrites(next.rewrites()), next.local().ttlS());
        delivery.dns64(next.dns64());
        intake.plan(next);
        visitors.plan(next);
        rulesVersion++;
    }

    /**
     * Other block lists, and when they count.
     *
     * @param lists for each group, and at the end for devices in none, a bit for each list that counts now
     */
    public void rules(RuleSet rules, long[] lists) {
        block.rules(rules);
        visitors.lists(lists);
        rulesVersion++;
    }

    /** Names that are let through for a while. */
    public void exceptions(Exceptions some) {
        block.exceptions(some);
    }

    /** Which device has an address; null for one that nobody knows. */
    public void device(IpAddress address, @Nullable MacAddress mac) {
        visitors.device(address, mac);
    }

    /** An address is no more that of this device; of another that has it meanwhile, it stays. */
    public void left(IpAddress address, MacAddress mac) {
        visitors.left(address, mac);
    }

    /** Which devices have which addresses; others are known no more. */
    public void devices(Map<IpAddress, MacAddress> all) {
        visitors.devices(all);
    }

    /** The names of this network. */
    public LocalNames names() {
        return names;
    }

    /** What is kept. */
    public DnsCache cache() {
        return cache;
    }

    Forwarder<Waiting> forwarder() {
        return forwarder;
    }

    private long version() {
        return rulesVersion + names.version();
    }

    /**
     * Takes one question, which {@link Ask#query} has read.
     *
     * @return ANSWERED: the answer is in the ask; WAITS: it comes by {@link Outlet}; DROPPED
     */
    Next handle(Ask ask, QueryView.Verdict verdict, long high, long low) {
        Next next = switch (verdict) {
            case DROP -> Next.DROPPED;
            case FORMAT_ERROR -> unreadable(ask, Rcode.FORMERR, high, low);
            case NOT_IMPLEMENTED -> unreadable(ask, Rcode.NOTIMP, high, low);
            case BAD_VERSION -> unreadable(ask, Rcode.BADVERS, high, low);
            case ANSWER -> question(ask, high, low);
        };
        counts.count(ask, next);
        return next;
    }

    /** What cannot be read is answered by a short error, within the rate of those who may ask; strangers get nothing. */
    private Next unreadable(Ask ask, int rcode, long high, long low) {
        visitors.identify(ask, high, low);
        if (!AccessStep.mayAsk(ask) || !access.withinRate(ask)) {
            return Next.DROPPED;
        }
        return error(ask, rcode);
    }

    private Next error(Ask ask, int rcode) {
        ask.step = QueryStep.REFUSED;
        reply.error(ask, rcode);
        return Next.ANSWERED;
    }

    private Next question(Ask ask, long high, long low) {
        visitors.identify(ask, high, low);
        visitors.cookie(ask);
        ask.version = version();
        CacheEntry entry = cache.find(ask.query);
        if (entry != null
                && entry.isFresh(ask.nowMs)
                && entry.isPlainFor(ask)
                && AccessStep.mayAsk(ask)
                && access.withinRate(ask)) {
            return hit(ask, entry);
        }
        if (forwarder.isOwn(ask.query)) {
            ask.note("the question is one of our own that came back: a loop");
            return error(ask, Rcode.REFUSED);
        }
        return steps(ask);
    }

    private Next hit(Ask ask, CacheEntry entry) {
        ask.step = QueryStep.CACHED;
        reply.cached(ask, entry);
        entry.hits++;
        prefetch(ask, entry);
        return Next.ANSWERED;
    }

    private Next steps(Ask ask) {
        for (int i = 0; i < steps.size(); i++) {
            Next next = steps.get(i).take(ask);
            if (next != Next.GO_ON) {
                return next;
            }
        }
        return error(ask, Rcode.SERVFAIL);
    }

    /** The fifth step. */
    private Next fromCache(Ask ask) {
        CacheEntry entry = kept(ask, ask.query.type());
        if (entry == null || !entry.isFresh(ask.nowMs)) {
            ask.note(entry == null ? "cache: nothing is kept" : "cache: what is kept is too old");
            return Next.GO_ON;
        }
        if (ask.isExplained()) {
            ask.keptMs = ask.nowMs - entry.storedAtMs;
            ask.note("cache: kept for " + (ask.nowMs - entry.storedAtMs) / 1000 + " s, good for "
                    + (entry.expiresAtMs - ask.nowMs + 999) / 1000 + " s more");
        }
        entry.hits++;
        return give(ask, entry, QueryStep.CACHED);
    }

    private @Nullable CacheEntry kept(Ask ask, int type) {
        QueryView query = ask.query;
        return ask.target == null && type == query.type()
                ? cache.find(query)
                : cache.find(ask.lookup(), type, query.dnsClass(), DnsCache.flags(query));
    }

    /** Gives an entry; where that needs IPv4 addresses first, finds them. */
    private Next give(Ask ask, CacheEntry entry, QueryStep step) {
        boolean ownStep = ask.step == QueryStep.DROPPED || ask.step == QueryStep.FORWARDED;
        ask.step = ownStep ? step : ask.step;
        ask.stale = step == QueryStep.STALE;
        int hops = ask.hops;
        Next next = delivery.give(ask, entry);
        if (next == Next.GO_ON) {
            return ask.hops > hops ? redirected(ask) : synthesize(ask);
        }
        if (ask.target == null && !ask.synthesizes && ask.policy().modifies()) {
            entry.checkedVersion = ask.version;
            entry.clean = ask.clean;
        }
        return next;
    }

    /** A rule for one of the aliases leads to another name, or an alias that came alone does. */
    private Next redirected(Ask ask) {
        ask.synthesizes = false;
        if (ask.hops > plan.chain()) {
            return failed(ask, null, QueryStep.FAILED);
        }
        Next next = fromCache(ask);
        return next == Next.GO_ON ? forward(ask) : next;
    }

    private Next synthesize(Ask ask) {
        ask.synthesizes = true;
        CacheEntry v4 = kept(ask, RecordType.A);
        if (v4 != null && v4.isFresh(ask.nowMs)) {
            return delivery.give(ask, v4);
        }
        return forward(ask);
    }

    /** The last step, the only one that waits. */
    private Next forward(Ask ask) {
        if (!ask.query.recursionDesired()) {
            ask.step = QueryStep.REFUSED;
            ask.extendedError = ExtendedError.NOT_AUTHORITATIVE;
            reply.error(ask, Rcode.REFUSED);
            return Next.ANSWERED;
        }
        Client client = ask.client();
        Ask.ReplyPlace place = ask.place;
        int type = ask.synthesizes ? RecordType.A : ask.query.type();
        CacheEntry stale = stale(ask, type);
        if (place == null) {
            ask.step = QueryStep.FORWARDED;
            ask.note("forward: an upstream would be asked for " + ask.lookup() + " now");
            return Next.WAITS;
        }
        if (stale != null && ask.nowMs < stale.troubledUntilMs) {
            refresh(ask, stale);
            return give(ask, stale, QueryStep.STALE);
        }
        if (client.waiting >= plan.waitingPerClient()) {
            return failed(ask, stale, QueryStep.LIMITED);
        }
        Waiting waiting = new Waiting(ask, place.keep(), stale);
        if (!forwarder.ask(asked(ask, type), waiting, ask.nowMs)) {
            return failed(ask, stale, QueryStep.LIMITED);
        }
        client.waiting++;
        if (stale != null) {
            waiting.staleAtMs = ask.nowMs + STALE_AFTER_MS;
            staleWaiters.add(waiting);
        }
        ask.step = QueryStep.FORWARDED;
        return Next.WAITS;
    }

    /**
     * Goes through the steps for somebody who asks why, without asking an upstream.
     *
     * @param high with {@code low} the address of the client, IPv4 in its IPv6 form
     */
    public Explanation explain(DnsName name, int type, long high, long low, int listener, long nowMs) {
        Ask ask = new Ask();
        byte[] query = Explanation.query(name, type);
        QueryView.Verdict verdict = ask.query.read(query, 0, query.length);
        ask.begin(nowMs, 0, listener, Transport.TCP);
        ask.explain();
        Next next = verdict == QueryView.Verdict.ANSWER ? question(ask, high, low) : Next.DROPPED;
        return Explanation.of(ask, next);
    }

    private static Asked asked(Ask ask, int type) {
        QueryView query = ask.query;
        return new Asked(ask.lookup(), type, query.dnsClass(), query.dnssecOk(), query.checkingDisabled());
    }

    private @Nullable CacheEntry stale(Ask ask, int type) {
        CacheEntry entry = kept(ask, type);
        return entry != null && !entry.isFresh(ask.nowMs) && cache.isServable(entry, ask.nowMs) ? entry : null;
    }

    private Next failed(Ask ask, @Nullable CacheEntry stale, QueryStep step) {
        if (stale != null) {
            return give(ask, stale, QueryStep.STALE);
        }
        ask.step = step;
        reply.error(ask, Rcode.SERVFAIL);
        return Next.ANSWERED;
    }

    /** Asks anew for what is popular, shortly before its time is over. */
    private void prefetch(Ask ask, CacheEntry entry) {
        long left = entry.expiresAtMs - ask.nowMs;
        boolean soon = left * 10 < entry.expiresAtMs - entry.storedAtMs;
        if (plan.prefetch() && soon && !entry.renewing && entry.hits >= POPULAR) {
            refresh(ask, entry);
        }
    }

    private void refresh(Ask ask, CacheEntry entry) {
        if (!entry.renewing) {
            entry.renewing = forwarder.ask(asked(ask, entry.type), null, ask.nowMs);
            counts.prefetched++;
        }
    }

    /** Takes what has ended at the forwarder. */
    void settle(long nowMs, Outlet outlet) {
        for (List<Settled<Waiting>> ended = forwarder.settled(); !ended.isEmpty(); ended = forwarder.settled()) {
            ended.forEach(one -> settle(one, nowMs, outlet));
        }
    }

    private void settle(Settled<Waiting> settled, long nowMs, Outlet outlet) {
        CacheEntry entry = intake.keep(settled, nowMs);
        for (Waiting waiting : settled.waiters()) {
            waiting.client.waiting--;
            if (!waiting.answered) {
                resume(waiting, settled, entry, nowMs, outlet);
            }
        }
    }

    private void resume(
            Waiting waiting, Settled<Waiting> settled, @Nullable CacheEntry entry, long nowMs, Outlet outlet) {
        Ask ask = taken(waiting, nowMs);
        ask.detail = settled.upstream();
        ask.security = Intake.number(settled.security());
        Next next;
        if (entry != null) {
            ask.step = waiting.step == QueryStep.DROPPED ? QueryStep.FORWARDED : waiting.step;
            next = give(ask, entry, QueryStep.FORWARDED);
        } else {
            ask.extendedError = settled.outcome() == Outcome.TIMED_OUT
                    ? ExtendedError.NO_REACHABLE_AUTHORITY
                    : settled.security() == Security.BOGUS ? ExtendedError.DNSSEC_BOGUS : ExtendedError.NETWORK_ERROR;
            next = failed(ask, usable(waiting, nowMs), QueryStep.FAILED);
        }
        finish(ask, waiting, next, outlet);
    }

    private @Nullable CacheEntry usable(Waiting waiting, long nowMs) {
        CacheEntry stale = waiting.stale;
        return stale != null && cache.isServable(stale, nowMs) ? stale : null;
    }

    /** The question as it was when it began to wait. */
    private Ask taken(Waiting waiting, long nowMs) {
        Ask ask = later;
        QueryView.Verdict _ = ask.query.read(waiting.query, 0, waiting.query.length);
        ask.begin(nowMs, waiting.askedNanos, waiting.listener, waiting.transport);
        visitors.identify(ask, waiting.client.high, waiting.client.low);
        visitors.cookie(ask);
        ask.target = waiting.target;
        ask.synthesizes = waiting.synthesizes;
        ask.hops = waiting.hops;
        ask.place = () -> waiting.replyTo;
        // What the steps before the cache found: the rules may have changed meanwhile.
        ask.clean = waiting.clean;
        ask.version = waiting.version;
        return ask;
    }

    private void finish(Ask ask, Waiting waiting, Next next, Outlet outlet) {
        waiting.answered = true;
        if (next == Next.WAITS) {
            // It asks on, for IPv4 addresses: whoever waits now does so anew.
            return;
        }
        if (next == Next.DROPPED) {
            ask.outLength = 0;
        }
        counts.count(ask, next);
        outlet.answered(ask, waiting);
    }

    /** Gives stale answers to those who have waited long enough, and lets the forwarder do what is due. */
    void tick(long nowMs, Outlet outlet) {
        while (!staleWaiters.isEmpty() && staleWaiters.peek().staleAtMs <= nowMs) {
            Waiting waiting = staleWaiters.poll();
            CacheEntry stale = usable(waiting, nowMs);
            if (!waiting.answered && stale != null) {
                stale.troubledUntilMs = nowMs + Intake.TROUBLED_MS;
                Ask ask = taken(waiting, nowMs);
                finish(ask, waiting, give(ask, stale, QueryStep.STALE), outlet);
            }
        }
        forwarder.tick(nowMs);
    }

    /** When {@link #tick} is to be called next, at the latest. */
    long nextTickMs() {
        Waiting first = staleWaiters.peek();
        return Math.min(first == null ? Long.MAX_VALUE : first.staleAtMs, forwarder.nextTick());
    }

    /** How it is now. */
    public DnsStatus status() {
        return new DnsStatus(
                counts.answered(),
                counts.dropped,
                cache.count(),
                cache.bytes(),
                cache.evicted(),
                counts.prefetched,
                counts.rebinds,
                names.leaseCount(),
                visitors.count(),
                forwarder.upstreams(),
                forwarder.counts());
    }
}
