package io.innkeeper.feed.dnsmasq;

import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.feed.HeardMessage;
import io.innkeeper.feed.HeardMessage.Kind;
import io.innkeeper.wire.dnsmasq.ScriptNotice;
import io.innkeeper.wire.dnsmasq.log.DhcpKind;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.Trouble;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Understands what a dnsmasq's log tells of DHCP: which messages there were, and what they mean for leases. With {@code log-dhcp}
 * a message takes many lines, which are joined by the number of their transaction: it is complete when the next message begins
 * (dnsmasq writes all lines of a packet in one go, so one of another transaction by the same process ends it too), or nothing was
 * added for {@link #OPEN}.
 *
 * <p>Pure: entries and times go in. One carrier of lines has one transcript.
 */
final class Transcript {
    /** For how long a message stays open. dnsmasq writes all of its lines in one go. */
    static final Duration OPEN = Duration.ofMillis(100);

    /** How many messages may be open; the oldest is complete where there are more. */
    static final int MAX_OPEN = 1_000;

    /** Of how many clients it is remembered what they asked last, where the log tells no transactions. */
    static final int MAX_ASKED = 10_000;

    /** For so long a trouble that is written again is no news. */
    static final Duration REPEATED = Duration.ofHours(1);

    private static final int MAX_TROUBLES = 1_000;
    private static final int MAX_PROCESSES = 100;

    private static final Set<DhcpKind> ASK_FOR_LEASES =
            EnumSet.of(DhcpKind.DISCOVER, DhcpKind.REQUEST, DhcpKind.SOLICIT, DhcpKind.RENEW, DhcpKind.REBIND);
    private static final Set<DhcpKind> OTHER_QUESTIONS = EnumSet.of(
            DhcpKind.INFORM, DhcpKind.CONFIRM, DhcpKind.INFORMATION_REQUEST, DhcpKind.RELEASE, DhcpKind.DECLINE);

    /** They go on every few seconds and say nothing that is not told once. */
    private static final Set<Trouble> NO_PROBLEM = EnumSet.of(Trouble.IGNORED, Trouble.UNKNOWN_LEASE);

    /** Old lines are no sign of life. */
    private static final Duration LIVE = Duration.ofMinutes(1);

    /** Takes what lines come to, each with the number of the piece of the log that the line of the message itself is in. */
    interface Ear {
        void hear(Word word, long piece);

        void hear(HeardMessage message, long piece);

        void hear(Sighting sighting, long piece);
    }

    /**
     * Where and when a line was read.
     *
     * @param pid of the process that wrote it; -1 where that is not known
     * @param at when it was written
     * @param now when it is read
     * @param nanos the same, on a clock that only goes forward
     * @param piece the number of the piece of the log that it is in
     */
    record Reading(int pid, Instant at, Instant now, long nanos, long piece) {}

    private record Key(int pid, long xid) {}

    private final String source;
    private final Witness by;
    private final Predicate<Kind> wanted;
    private final Ear ear;

    /** In the order in which something was last added. */
    private final Map<Key, OpenMessage> open = new LinkedHashMap<>();

    /** Of which transaction each process wrote last. */
    private final Map<Integer, Key> latest = new LinkedHashMap<>();

    /** When a trouble was told last, by its words. */
    private final Map<String, Instant> troubles = new LinkedHashMap<>();

    /** What clients asked last, by hardware address or DUID. */
    private final Map<Object, DhcpKind> asked = new LinkedHashMap<>();

    /**
     * A transcript of nothing.
     *
     * @param source whose log, such as {@code dnsmasq/home}
     * @param wanted which messages are told of
     * @param ear takes what comes of lines
     */
    Transcript(String source, Witness by, Predicate<Kind> wanted, Ear ear) {
        this.source = source;
        this.by = by;
        this.wanted = wanted;
        this.ear = ear;
    }

    /** Takes what a line says. */
    void hear(LogEntry entry, Reading reading) {
        settle(reading.nanos());
        switch (entry) {
            case LogEntry.DhcpLine line -> hearMessage(line, reading);
            case LogEntry.DhcpDetail detail -> {
                if (detail.xid() != LogEntry.NO_NUMBER) {
                    hearDetail(detail, reading);
                }
            }
            case LogEntry.DhcpTrouble trouble -> hearTrouble(trouble, reading);
            case LogEntry.QueryLine _, LogEntry.AnswerLine _, LogEntry.TftpLine _, LogEntry.Other _ -> {
                // Others care for names; the rest says nothing.
            }
        }
    }

    /** Completes what this process wrote of another transaction before. */
    private void turnTo(Key key) {
        Key before = latest.put(key.pid(), key);
        if (before != null && !before.equals(key) && key.pid() >= 0) {
            OpenMessage message = open.get(before);
            if (message != null && message.line() != null) {
                open.remove(before);
                complete(message);
            }
        }
        if (latest.size() > MAX_PROCESSES) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    private void hearDetail(LogEntry.DhcpDetail detail, Reading reading) {
        Key key = new Key(reading.pid(), detail.xid());
        turnTo(key);
        OpenMessage message = open.remove(key);
        if (message != null && message.isAnotherPacket(detail.topic())) {
            complete(message);
            message = null;
        }
        if (message == null) {
            message = new OpenMessage(reading);
        }
        message.add(detail, reading);
        put(key, message);
    }

    private void hearMessage(LogEntry.DhcpLine line, Reading reading) {
        if (line.xid() == LogEntry.NO_NUMBER) {
            OpenMessage alone = new OpenMessage(reading);
            begin(alone, line, reading);
            complete(alone);
            return;
        }
        Key key = new Key(reading.pid(), line.xid());
        turnTo(key);
        OpenMessage before = open.remove(key);
        OpenMessage message = new OpenMessage(reading);
        if (before != null) {
            if (before.line() == null) {
                message = before;
            } else {
                message.inherit(before);
                complete(before);
            }
        }
        begin(message, line, reading);
        put(key, message);
    }

    /** An answer is one to what its client asked last, whatever he asks before the answer is complete. */
    private void begin(OpenMessage message, LogEntry.DhcpLine line, Reading reading) {
        MacAddress mac = line.mac() != null ? line.mac() : message.clientMac();
        Object client = line.duid() != null ? line.duid() : mac;
        DhcpKind question = null;
        if (client != null) {
            if (ASK_FOR_LEASES.contains(line.kind()) || OTHER_QUESTIONS.contains(line.kind())) {
                noteAsked(client, line.kind());
            }
            question = asked.get(client);
        }
        message.begin(line, question, reading);
    }

    private void put(Key key, OpenMessage message) {
        open.put(key, message);
        if (open.size() > MAX_OPEN) {
            Iterator<OpenMessage> eldest = open.values().iterator();
            OpenMessage complete = eldest.next();
            eldest.remove();
            complete(complete);
        }
    }

    /** Completes the messages to which nothing was added for a while. */
    void settle(long nanos) {
        Iterator<OpenMessage> eldest = open.values().iterator();
        while (eldest.hasNext()) {
            OpenMessage message = eldest.next();
            if (nanos - message.addedNanos() < OPEN.toNanos()) {
                return;
            }
            eldest.remove();
            complete(message);
        }
    }

    /** Completes all messages: no more lines will come. */
    void finish() {
        open.values().forEach(this::complete);
        open.clear();
    }

    /** True while messages are open. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /** The oldest piece of which a line is still part of an open message; the largest number where none is. */
    long oldestOpenPiece() {
        return open.values().stream().mapToLong(OpenMessage::piece).min().orElse(Long.MAX_VALUE);
    }

    private void complete(OpenMessage message) {
        LogEntry.DhcpLine line = message.line();
        if (line == null) {
            return; // only details, of a message of which nothing is said
        }
        MacAddress mac = line.mac() != null ? line.mac() : message.clientMac();
        lease(message, line, mac);
        Kind kind = kind(line.kind());
        Trouble trouble = line.trouble();
        if (kind != null) {
            tell(kind, message, line, mac, trouble);
        }
        boolean problem = trouble != null && !NO_PROBLEM.contains(trouble);
        if (problem) {
            tell(Kind.PROBLEM, message, line, mac, trouble);
        }
        boolean unserved = problem || line.kind() == DhcpKind.INFORM || line.kind() == DhcpKind.CONFIRM;
        if (unserved && mac != null) {
            sight(mac, message.at(), message.readAt(), message.wordDetails(), message.linePiece());
        }
    }

    private void noteAsked(Object client, DhcpKind kind) {
        asked.remove(client);
        asked.put(client, kind);
        if (asked.size() > MAX_ASKED) {
            asked.remove(asked.keySet().iterator().next());
        }
    }

    /** What a message means for a lease. An acknowledgement of anything but a request for a lease grants none (RFC 2131 §3.4). */
    private void lease(OpenMessage message, LogEntry.DhcpLine line, @Nullable MacAddress mac) {
        boolean declined = line.trouble() == Trouble.DECLINED;
        if (line.trouble() != null && !declined) {
            return;
        }
        switch (line.kind()) {
            case ACK, REPLY -> {
                DhcpKind question = message.question();
                boolean grants = question == null || ASK_FOR_LEASES.contains(question);
                if (grants && line.address() != null && line.reason() == null) {
                    word(ScriptNotice.Action.ADD, message, line, mac);
                }
            }
            case BOOTP -> {
                if (line.address() != null && line.reason() == null) {
                    word(ScriptNotice.Action.ADD, message, line, mac);
                }
            }
            // Of DHCPv6 the log tells only who gave something back: whatever he has.
            case RELEASE, DECLINE -> {
                if (line.address() != null || line.duid() != null) {
                    word(ScriptNotice.Action.DEL, message, line, mac);
                }
            }
            default -> {
                // Says nothing about leases.
            }
        }
    }

    private void word(
            ScriptNotice.Action action, OpenMessage message, LogEntry.DhcpLine line, @Nullable MacAddress mac) {
        Long length = message.lifetimeSeconds();
        Long expires = null;
        if (line.kind() == DhcpKind.BOOTP || (length != null && length == OpenMessage.FOR_EVER)) {
            expires = 0L; // dnsmasq's own way to say that it never ends
        } else if (length != null) {
            expires = message.at().getEpochSecond() + length;
        }
        ear.hear(
                new Word(
                        new ScriptNotice(
                                action,
                                mac,
                                line.duid(),
                                line.address(),
                                line.hostname(),
                                null,
                                expires,
                                length,
                                null,
                                null,
                                false,
                                message.wordDetails()),
                        by,
                        message.at()),
                message.linePiece());
    }

    private static @Nullable Kind kind(DhcpKind kind) {
        return switch (kind) {
            case DISCOVER -> Kind.DISCOVER;
            case OFFER -> Kind.OFFER;
            case REQUEST -> Kind.REQUEST;
            case ACK -> Kind.ACK;
            case NAK -> Kind.NAK;
            case DECLINE -> Kind.DECLINE;
            case RELEASE -> Kind.RELEASE;
            case INFORM -> Kind.INFORM;
            case SOLICIT -> Kind.SOLICIT;
            case ADVERTISE -> Kind.ADVERTISE;
            case CONFIRM -> Kind.CONFIRM;
            case RENEW -> Kind.RENEW;
            case REBIND -> Kind.REBIND;
            case REPLY -> Kind.REPLY;
            case INFORMATION_REQUEST -> Kind.INFORMATION_REQUEST;
            case RTR_SOLICIT -> Kind.ROUTER_SOLICIT;
            case RTR_ADVERT -> Kind.ROUTER_ADVERT;
            case LEASEQUERY, LEASEACTIVE, LEASEUNASSIGNED, LEASEUNKNOWN, BOOTP, PXE, SLAAC_CONFIRM -> null;
        };
    }

    private void tell(
            Kind kind,
            OpenMessage message,
            LogEntry.DhcpLine line,
            @Nullable MacAddress mac,
            @Nullable Trouble trouble) {
        if (!wanted.test(kind)) {
            return;
        }
        Map<String, String> details = message.details();
        if (trouble != null) {
            details.put("trouble", text(trouble));
            if (kind == Kind.PROBLEM) {
                details.put("message", line.kind().word());
            }
        }
        ear.hear(
                new HeardMessage(
                        kind,
                        message.at(),
                        mac,
                        line.duid(),
                        line.address(),
                        line.hostname(),
                        line.iface().isEmpty() ? null : line.iface(),
                        line.xid() == LogEntry.NO_NUMBER ? null : line.xid(),
                        line.reason(),
                        details),
                message.linePiece());
    }

    private static String text(Trouble trouble) {
        return trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A line that tells of nothing but trouble. Of a lease that dnsmasq drops before its end nothing else is written. */
    private void hearTrouble(LogEntry.DhcpTrouble trouble, Reading reading) {
        IpAddress address = trouble.address();
        if (trouble.what() == Trouble.LEASE_ABANDONED && address != null) {
            ScriptNotice end = new ScriptNotice(
                    ScriptNotice.Action.DEL,
                    trouble.mac(),
                    null,
                    address,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    Map.of());
            ear.hear(new Word(end, by, reading.at()), reading.piece());
        }
        if (trouble.mac() != null) {
            sight(trouble.mac(), reading.at(), reading.now(), Map.of(), reading.piece());
        }
        if (wanted.test(Kind.PROBLEM) && isNews(trouble, reading.at())) {
            ear.hear(
                    new HeardMessage(
                            Kind.PROBLEM,
                            reading.at(),
                            trouble.mac(),
                            null,
                            address,
                            trouble.name(),
                            trouble.iface(),
                            trouble.xid() == LogEntry.NO_NUMBER ? null : trouble.xid(),
                            trouble.text(),
                            Map.of("trouble", text(trouble.what()))),
                    reading.piece());
        }
    }

    /** What has to do with no transaction, such as a name that two want, dnsmasq writes again at every lease. */
    private boolean isNews(LogEntry.DhcpTrouble trouble, Instant at) {
        if (trouble.xid() != LogEntry.NO_NUMBER) {
            return true;
        }
        Instant before = troubles.get(trouble.text());
        if (before != null && Duration.between(before, at).abs().compareTo(REPEATED) < 0) {
            return false;
        }
        troubles.remove(trouble.text());
        troubles.put(trouble.text(), at);
        if (troubles.size() > MAX_TROUBLES) {
            troubles.remove(troubles.keySet().iterator().next());
        }
        return true;
    }

    /** Those who get a lease are seen by it; the others are there too. */
    private void sight(MacAddress mac, Instant at, Instant now, Map<String, String> details, long piece) {
        if (at.plus(LIVE).isAfter(now)) {
            ear.hear(new Sighting(mac, null, null, source, Evidence.DNSMASQ, details), piece);
        }
    }
}
