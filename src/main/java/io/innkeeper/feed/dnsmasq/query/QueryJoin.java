package io.innkeeper.feed.dnsmasq.query;

import io.innkeeper.wire.dnsmasq.log.AnswerSource;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Joins the lines about one question. With {@code log-queries=extra} they have the number of the question. Without, answers are
 * joined by the name to what was asked for last; where several asked for the same name at a time, what was answered from the
 * cache and what was handed on may be confused. Pure: times come in.
 */
public final class QueryJoin {
    /** How many questions may be open; the oldest counts as unanswered then. */
    public static final int MAX_OPEN = 10_000;

    /** How long an answer is waited for, in milliseconds: dnsmasq itself gives up after that time. */
    public static final long PATIENCE_MS = 10_000;

    /** dnsmasq's word for an answer that is none, in the place of the name. */
    private static final String ERROR = "error";

    /** What all lines about a question have in common. */
    private sealed interface Key {
        /** Its number, of one process. */
        record Numbered(int pid, long serial) implements Key {}

        /** One without a number: counted by us. */
        record Counted(long number) implements Key {}
    }

    private final Consumer<JoinedQuery> joined;
    private final Map<Key, OpenQuery> open = new LinkedHashMap<>();

    /** Questions without numbers, by name in small letters, the oldest first. */
    private final Map<String, List<Key.Counted>> byName = new LinkedHashMap<>();

    private long counted;
    private long unreadable;

    /** @param joined takes each question once, when its answer is known or is not waited for any more */
    public QueryJoin(Consumer<JoinedQuery> joined) {
        this.joined = joined;
    }

    /** How many questions could not be read: without an address of who asked. */
    public long unreadable() {
        return unreadable;
    }

    /**
     * Takes a line; others than about questions mean nothing.
     *
     * @param atMs when it was written, in milliseconds since 1970
     * @param pid which process wrote it; -1 for unknown
     * @param nowMs when it is read
     */
    public void heard(LogEntry entry, long atMs, int pid, long nowMs) {
        switch (entry) {
            case LogEntry.QueryLine query -> asked(query, atMs, pid, nowMs);
            case LogEntry.AnswerLine answer
            when answer.serial() != LogEntry.NO_NUMBER -> told(new Key.Numbered(pid, answer.serial()), answer, atMs);
            case LogEntry.AnswerLine answer -> toldByName(answer, atMs);
            default -> {
                // Not about questions.
            }
        }
    }

    private void asked(LogEntry.QueryLine query, long atMs, int pid, long nowMs) {
        IpAddress client = query.client();
        if (client == null) {
            unreadable++;
            return;
        }
        if (open.size() >= MAX_OPEN) {
            end(open.keySet().iterator().next());
        }
        OpenQuery asked = new OpenQuery(query, client, atMs, nowMs);
        if (query.serial() != LogEntry.NO_NUMBER) {
            Key key = new Key.Numbered(pid, query.serial());
            end(key); // Another dnsmasq of the same process number, which began to count anew.
            open.put(key, asked);
        } else {
            Key.Counted key = new Key.Counted(counted++);
            open.put(key, asked);
            byName.computeIfAbsent(name(query), _ -> new ArrayList<>(1)).add(key);
        }
    }

    /** Answers to questions for the name of an address are told under the address. */
    private static String name(LogEntry.QueryLine query) {
        String name = query.name().toLowerCase(Locale.ROOT);
        return query.type().equals("PTR")
                ? ReverseName.address(name).map(IpAddress::toString).orElse(name)
                : name;
    }

    private void told(Key key, LogEntry.AnswerLine answer, long atMs) {
        OpenQuery query = open.get(key);
        if (query != null && query.take(answer, atMs)) {
            end(key);
        }
    }

    private void toldByName(LogEntry.AnswerLine answer, long atMs) {
        if (answer.name().equals(ERROR)) {
            failed(answer, atMs);
            return;
        }
        String name = IpAddress.parse(answer.name())
                .map(IpAddress::toString)
                .orElse(answer.name().toLowerCase(Locale.ROOT));
        List<Key.Counted> keys = byName.get(name);
        if (keys == null && answer.source() == AnswerSource.FORWARDED) {
            // This one is told under the name in the question.
            keys = byName.get(ReverseName.address(name).map(IpAddress::toString).orElse(name));
        }
        if (keys == null) {
            return;
        }
        boolean toAll = answer.source() == AnswerSource.REPLY;
        List<Key.Counted> newestFirst = List.copyOf(keys).reversed();
        for (Key.Counted key : newestFirst) {
            OpenQuery query = open.get(key);
            if (query != null && fits(query, answer)) {
                told(key, answer, atMs);
                if (!toAll) {
                    return;
                }
            }
        }
    }

    /** An upstream's answer is to what was handed on, all else to what was not. */
    private static boolean fits(OpenQuery query, LogEntry.AnswerLine answer) {
        boolean reply = answer.source() == AnswerSource.REPLY;
        boolean forwarded = answer.source() == AnswerSource.FORWARDED;
        return (forwarded || query.isForwarded() == reply) && fitsType(query.line.type(), answer);
    }

    private static boolean fitsType(String type, LogEntry.AnswerLine answer) {
        String value = answer.value();
        if (answer.source() == AnswerSource.FORWARDED || type.equals("ANY")) {
            return true;
        }
        boolean v4 = value.equals("NODATA-IPv4");
        boolean v6 = value.equals("NODATA-IPv6");
        if (v4 || v6) {
            return type.equals(v4 ? "A" : "AAAA");
        }
        return IpAddress.parse(value)
                .map(address -> type.equals(address.v6() ? "AAAA" : "A"))
                .orElse(true);
    }

    /** An error without a name is told to the only one that waits for an upstream; of several nobody knows which is meant. */
    private void failed(LogEntry.AnswerLine answer, long atMs) {
        Key.Counted only = null;
        for (List<Key.Counted> keys : byName.values()) {
            for (Key.Counted key : keys) {
                OpenQuery query = open.get(key);
                if (query != null && query.isForwarded() == (answer.source() == AnswerSource.REPLY)) {
                    if (only != null) {
                        return;
                    }
                    only = key;
                }
            }
        }
        if (only != null) {
            told(only, answer, atMs);
        }
    }

    /** Ends a question, if there is one. */
    private void end(Key key) {
        OpenQuery query = open.remove(key);
        if (query == null) {
            return;
        }
        if (key instanceof Key.Counted) {
            String name = name(query.line);
            List<Key.Counted> keys = byName.get(name);
            if (keys != null) {
                keys.remove(key);
                if (keys.isEmpty()) {
                    byName.remove(name);
                }
            }
        }
        joined.accept(query.joined());
    }

    /** Time goes by: those that waited too long are ended. */
    public void tick(long nowMs) {
        List<Key> late = new ArrayList<>();
        for (Iterator<Map.Entry<Key, OpenQuery>> all = open.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, OpenQuery> next = all.next();
            // A clock that went back must not keep them for ever.
            if (Math.abs(nowMs - next.getValue().heardMs) < PATIENCE_MS) {
                break;
            }
            late.add(next.getKey());
        }
        late.forEach(this::end);
    }

    /** Nothing more comes: all that are open are ended. */
    public void finish() {
        List.copyOf(open.keySet()).forEach(this::end);
    }
}
