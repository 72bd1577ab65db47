package io.innkeeper.feed.dnsmasq.query;

import io.innkeeper.feed.dnsmasq.query.JoinedQuery.Outcome;
import io.innkeeper.feed.dnsmasq.query.JoinedQuery.Signed;
import io.innkeeper.wire.dnsmasq.log.AnswerSource;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.net.IpAddress;
import java.util.Locale;
import java.util.Set;

/** A question whose answer is not known yet. */
final class OpenQuery {
    /** Answers by which block lists in the form of hosts or configuration lead nowhere. */
    private static final Set<String> NOWHERE = Set.of("0.0.0.0", "::");

    private static final String ALIAS = "<CNAME>";

    final LogEntry.QueryLine line;
    final IpAddress client;
    final long atMs;

    /** When it was read: lines of the past are read long after they were written. */
    final long heardMs;

    private String upstream = "";
    private Signed signed = Signed.UNCHECKED;
    private Outcome outcome = Outcome.UNANSWERED;
    private String detail = "";
    private String answer = "";
    private long tookMs;

    OpenQuery(LogEntry.QueryLine line, IpAddress client, long atMs, long heardMs) {
        this.line = line;
        this.client = client;
        this.atMs = atMs;
        this.heardMs = heardMs;
    }

    /** True once it was handed on to an upstream. */
    boolean isForwarded() {
        return !upstream.isEmpty();
    }

    /** What a line says of it; true where that is its answer, and the rest of no account. */
    boolean take(LogEntry.AnswerLine said, long saidMs) {
        return switch (said.source()) {
            case FORWARDED -> {
                upstream = said.value();
                yield false;
            }
            case VALIDATION -> {
                signed = signed(said.value());
                yield false;
            }
            case DNSSEC_QUERY, FIREWALL_SET -> false;
            case REPLY -> answered(said, Outcome.FORWARDED, upstream, saidMs);
            case CACHED -> answered(said, Outcome.CACHED, "", saidMs);
            case CACHED_STALE -> answered(said, Outcome.STALE, "", saidMs);
            case BLOCKED -> answered(said, Outcome.BLOCKED, text(said), saidMs);
            case CONFIG, HOSTS, DHCP, AUTH ->
                NOWHERE.contains(said.value())
                        ? answered(said, Outcome.BLOCKED, said.source() == AnswerSource.HOSTS ? text(said) : "", saidMs)
                        : answered(said, Outcome.LOCAL, "", saidMs);
        };
    }

    private static String text(LogEntry.AnswerLine said) {
        String file = said.file();
        return file == null ? "" : file;
    }

    private static Signed signed(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "SECURE" -> Signed.SECURE;
            case "INSECURE" -> Signed.INSECURE;
            case "BOGUS" -> Signed.BOGUS;
            default -> Signed.UNCHECKED;
        };
    }

    /** Behind an alias comes what it leads to, which may be that there is nothing. */
    private boolean answered(LogEntry.AnswerLine said, Outcome by, String how, long saidMs) {
        if (outcome == Outcome.UNANSWERED) {
            outcome = by;
            detail = how;
            tookMs = Math.max(0, saidMs - atMs);
        }
        answer = said.value();
        return !answer.equals(ALIAS);
    }

    /** What is known of it now. */
    JoinedQuery joined() {
        String protocol = line.protocol();
        return new JoinedQuery(
                atMs,
                client,
                line.name(),
                line.type(),
                protocol != null && protocol.equals("TCP"),
                outcome,
                detail,
                answer,
                tookMs,
                signed);
    }
}
