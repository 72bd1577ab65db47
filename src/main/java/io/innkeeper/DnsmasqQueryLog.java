package io.innkeeper;

import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.feed.dnsmasq.QueryLineSink;
import io.innkeeper.feed.dnsmasq.query.JoinedQuery;
import io.innkeeper.feed.dnsmasq.query.QueryJoin;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The query log of one dnsmasq: joins the lines of its log and writes the tape. Whoever carries the lines calls; one at a time gets
 * through.
 */
final class DnsmasqQueryLog implements QueryLineSink, AutoCloseable {
    /** How many upstreams and files that block are told apart; of others it is not told which. */
    private static final int MAX_NAMES = 1_000;

    private static final int TCP = 1;
    private static final int NONE = -1;
    private static final Map<String, Integer> RCODES = Map.of(
            "FORMERR", Rcode.FORMERR,
            "SERVFAIL", Rcode.SERVFAIL,
            "NXDOMAIN", Rcode.NXDOMAIN,
            "NOTIMP", Rcode.NOTIMP,
            "REFUSED", Rcode.REFUSED);

    private final QueryTape tape;
    private final QueryLog log;
    private final InstantSource clock;
    private final QueryJoin join = new QueryJoin(this::write);
    private final List<String> blockers = new ArrayList<>();
    private final List<String> upstreams = new ArrayList<>();

    /** @param log reads the tape; runs already */
    DnsmasqQueryLog(QueryTape tape, QueryLog log, InstantSource clock) {
        this.tape = tape;
        this.log = log;
        this.clock = clock;
    }

    /** What it writes. */
    QueryLog log() {
        return log;
    }

    @Override
    public synchronized void heard(LogEntry entry, long atMs, int pid) {
        join.heard(entry, atMs, pid, clock.millis());
    }

    /** Time went by; called about once a second. */
    synchronized void tick() {
        join.tick(clock.millis());
        tape.flush();
    }

    private void write(JoinedQuery query) {
        DnsName name = DnsName.parse(query.name()).orElse(DnsName.ROOT).lower();
        byte[] wire = name.wire();
        QueryStep step = step(query.outcome());
        tape.add(
                query.atMs(),
                query.client().high(),
                query.client().mappedLow(),
                wire,
                0,
                wire.length,
                RecordType.parse(query.type()).orElse(0),
                RCODES.getOrDefault(firstWord(query.answer()), Rcode.NOERROR),
                step,
                detail(step, query.detail()),
                (int) Math.min(query.tookMs() * 1_000, Integer.MAX_VALUE),
                query.tcp() ? TCP : 0,
                security(query.signed()));
    }

    private static String firstWord(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? text : text.substring(0, blank);
    }

    private static QueryStep step(JoinedQuery.Outcome outcome) {
        return switch (outcome) {
            case LOCAL -> QueryStep.LOCAL;
            case BLOCKED -> QueryStep.BLOCKED;
            case CACHED -> QueryStep.CACHED;
            case STALE -> QueryStep.STALE;
            case FORWARDED -> QueryStep.FORWARDED;
            case UNANSWERED -> QueryStep.FAILED;
        };
    }

    /** As a row has it ({@code QueryRow.security}). */
    private static int security(JoinedQuery.Signed signed) {
        return switch (signed) {
            case UNCHECKED -> 0;
            case SECURE -> 1;
            case INSECURE -> 2;
            case BOGUS -> 3;
        };
    }

    /** The tape carries numbers; what they mean is told to the log before the first row that has one. */
    private int detail(QueryStep step, String detail) {
        if (detail.isEmpty() || (step != QueryStep.FORWARDED && step != QueryStep.BLOCKED)) {
            return NONE;
        }
        List<String> names = step == QueryStep.BLOCKED ? blockers : upstreams;
        int number = names.indexOf(detail);
        if (number < 0 && names.size() < MAX_NAMES) {
            number = names.size();
            names.add(detail);
            log.names(List.copyOf(blockers), List.copyOf(upstreams));
        }
        return number;
    }

    @Override
    public void close() {
        synchronized (this) {
            join.finish();
        }
        log.close();
    }
}
