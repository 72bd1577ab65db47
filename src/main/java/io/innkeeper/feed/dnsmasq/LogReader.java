package io.innkeeper.feed.dnsmasq;

import io.innkeeper.feed.HeardMessage;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import io.innkeeper.wire.dnsmasq.log.LogLines;
import io.innkeeper.wire.dnsmasq.log.LogProgram;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one dnsmasq, whoever carries it: what its lines say of leases goes to the feed as words, what they say of DHCP
 * messages becomes events, what they say of names that were asked for goes to whom that concerns. Safe for any thread.
 *
 * <p>Where several carry the same log, all of them say what happened to leases (the feed makes one fact of that), but one of them
 * speaks for messages and questions, so that each comes once: the first in {@link #SPEAKERS} that listens.
 *
 * <p><b>Exactly once.</b> A place goes on together with what the lines before it said, all of it and no more, and never while a line
 * before it is part of a message that is still open; what messages behind it say waits for the next place. What is handed to the feed keeps its order up to the store, which takes a piece and its
 * place in one transaction. Lines that said nothing move the place only now and then: to read them again does no harm.
 */
public final class LogReader implements LogIntake {
    /** Which lines about DHCP become events of their own. */
    public enum Messages {
        ALL,
        /** Only what went wrong. */
        PROBLEMS,
        NONE;

        boolean wants(HeardMessage.Kind kind) {
            return this == ALL || (this == PROBLEMS && kind == HeardMessage.Kind.PROBLEM);
        }
    }

    /**
     * How a log is read.
     *
     * @param name of the dnsmasq
     * @param messages which lines about DHCP become events of their own
     * @param zone the time zone of lines that do not name theirs
     */
    public record Settings(String name, Messages messages, ZoneId zone) {}

    /** Who carries lines; those who can go back to a place come first. */
    static final List<Witness> SPEAKERS = List.of(Witness.LOG, Witness.JOURNAL, Witness.SYSLOG);

    /** How often a place is stored behind lines that said nothing. */
    private static final long PLACE_NANOS = 1_000_000_000;

    private final Settings settings;
    private final DnsmasqFeed feed;
    private final InstantSource clock;
    private final @Nullable QueryLineSink queries;
    private final Map<Witness, Carrier> carriers = new EnumMap<>(Witness.class);

    /** The newest line that somebody told while the one before him in {@link #SPEAKERS} did not listen. */
    private volatile long deputyToldMs = Long.MIN_VALUE;

    /** @param queries who is told of DNS queries; null for nobody */
    public LogReader(Settings settings, DnsmasqFeed feed, InstantSource clock, @Nullable QueryLineSink queries) {
        this.settings = settings;
        this.feed = feed;
        this.clock = clock;
        this.queries = queries;
        SPEAKERS.forEach(by -> carriers.put(by, new Carrier(by)));
    }

    /** What is known of one who carries lines. Guarded by its lock. */
    private final class Carrier {
        private record Place(long piece, String text) {}

        final ReentrantLock lock = new ReentrantLock();
        final Witness by;
        private final LogLines lines = new LogLines();
        private final HeardPieces heard = new HeardPieces();
        private final Deque<Place> places = new ArrayDeque<>();
        private Transcript transcript;
        private long piece;

        /** The newest piece behind which there is no place to go back to. */
        private long placeless;

        private long handedOnNanos;
        private volatile long linesRead;
        private volatile @Nullable String handedOn;

        Carrier(Witness by) {
            this.by = by;
            this.transcript = transcript();
        }

        private Transcript transcript() {
            return new Transcript("dnsmasq/" + settings.name(), by, settings.messages()::wants, heard);
        }

        void read(byte[] bytes, int from, int to, @Nullable String place, long nanos) {
            Instant now = clock.instant();
            piece++;
            if (place == null) {
                placeless = piece;
            } else {
                places.add(new Place(piece, place));
            }
            boolean speaks = speaks(by);
            long silentUntilMs = by == SPEAKERS.getFirst() ? deputyToldMs : Long.MIN_VALUE;
            lines.reset(bytes, from, to);
            while (lines.next()) {
                line(now, nanos, speaks, silentUntilMs);
            }
            linesRead = lines.lines();
            transcript.settle(nanos);
        }

        private void line(Instant now, long nanos, boolean speaks, long silentUntilMs) {
            boolean dns = lines.program() == LogProgram.DNS && queries != null && speaks;
            if (lines.program() != LogProgram.DHCP && !dns) {
                return;
            }
            long nowMs = now.toEpochMilli();
            long told = lines.atMs(nowMs, settings.zone());
            long atMs = told == LogLines.NO_TIME ? nowMs : Math.min(told, nowMs);
            boolean repeats = atMs <= silentUntilMs;
            LogEntry entry = LogEntry.parse(lines);
            if (lines.program() == LogProgram.DHCP) {
                heard.takeMessages(speaks && !repeats);
                transcript.hear(
                        entry, new Transcript.Reading(lines.pid(), Instant.ofEpochMilli(atMs), now, nanos, piece));
            } else if (queries != null && !repeats && isAboutNames(entry)) {
                queries.heard(entry, atMs, lines.pid());
            }
            if (speaks && by != SPEAKERS.getFirst()) {
                deputyToldMs = Math.max(deputyToldMs, atMs);
            }
        }

        private static boolean isAboutNames(LogEntry entry) {
            return entry instanceof LogEntry.QueryLine || entry instanceof LogEntry.AnswerLine;
        }

        /** The newest place before which no line is part of an open message; null for none. */
        private @Nullable Place reached() {
            long open = transcript.oldestOpenPiece();
            Place reached = null;
            for (Place place : places) {
                if (place.piece() >= open) {
                    break;
                }
                reached = place;
            }
            return reached;
        }

        /**
         * Hands on what there is: a place, and what the lines before it said; no less, or it would be lost, and no more, or it
         * would be told again.
         *
         * @param atOnce whether a place is handed on now behind which nothing was said
         */
        void handOn(long nanos, boolean atOnce, Handing handing) throws InterruptedException {
            Place reached = reached();
            long upTo = Math.max(placeless, reached == null ? 0 : reached.piece());
            boolean due = atOnce || nanos - handedOnNanos >= PLACE_NANOS;
            if (!heard.isAnyUpTo(upTo) && (reached == null || !due)) {
                return;
            }
            LogBatch batch = heard.upTo(upTo, by, reached == null ? null : reached.text());
            if (handing.to(batch)) {
                heard.forget(upTo);
                if (reached != null) {
                    handedOnNanos = nanos;
                    handedOn = reached.text();
                    places.removeIf(place -> place.piece() <= upTo);
                }
            }
        }

        /** As if nothing had been read behind the place that was handed on last. */
        void reset() {
            heard.forget(Long.MAX_VALUE);
            places.clear();
            transcript = transcript();
        }

        @Nullable
        Duration next(long nanos) {
            if (transcript.isOpen()) {
                return Transcript.OPEN;
            }
            return places.isEmpty() ? null : Duration.ofNanos(Math.max(0, PLACE_NANOS - (nanos - handedOnNanos)));
        }
    }

    /** Takes a batch; false where there is no room for it now. */
    private interface Handing {
        boolean to(LogBatch batch) throws InterruptedException;
    }

    private boolean wait(LogBatch batch) throws InterruptedException {
        feed.take(batch);
        return true;
    }

    private Carrier carrier(Witness by) {
        Carrier carrier = carriers.get(by);
        if (carrier == null) {
            throw new IllegalArgumentException(by + " carries no lines");
        }
        return carrier;
    }

    /** True where nobody who comes before listens. */
    private boolean speaks(Witness by) {
        Set<Witness> listening = feed.listening();
        for (Witness before : SPEAKERS) {
            if (before == by) {
                return true;
            }
            if (listening.contains(before)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void take(Witness by, byte[] bytes, int from, int to, @Nullable String place) throws InterruptedException {
        Carrier carrier = carrier(by);
        carrier.lock.lockInterruptibly();
        boolean taken = false;
        try {
            long nanos = System.nanoTime();
            carrier.read(bytes, from, to, place, nanos);
            // A place without lines is where reading begins: lines that come then must not be passed over after a
            // restart.
            carrier.handOn(nanos, from == to, this::wait);
            taken = true;
        } finally {
            if (!taken) {
                carrier.reset();
            }
            carrier.lock.unlock();
        }
        feed.wake();
    }

    /**
     * Completes messages to which nothing was added for a while, and hands on what that comes to. Called on the feed's thread; never
     * waits for one who carries lines, who may be waiting for that thread.
     *
     * @return after how long there may be more to do; null where only lines can bring it
     */
    @Nullable
    Duration settle(long nanos) throws InterruptedException {
        Duration next = null;
        for (Carrier carrier : carriers.values()) {
            if (!carrier.lock.tryLock()) {
                continue;
            }
            try {
                carrier.transcript.settle(nanos);
                carrier.handOn(nanos, false, feed::offer);
                Duration own = carrier.next(nanos);
                next = own == null || (next != null && next.compareTo(own) < 0) ? next : own;
            } finally {
                carrier.lock.unlock();
            }
        }
        return next;
    }

    /**
     * One who carried lines has stopped, and another may take its place: what was read is handed on.
     *
     * @return how far it came, for the one who goes on; empty where it told no place
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<String> finish(Witness by) throws InterruptedException {
        Carrier carrier = carrier(by);
        carrier.lock.lockInterruptibly();
        boolean taken = false;
        try {
            carrier.transcript.finish();
            carrier.handOn(System.nanoTime(), true, this::wait);
            taken = true;
            return Optional.ofNullable(carrier.handedOn);
        } finally {
            if (!taken) {
                carrier.reset();
            }
            carrier.lock.unlock();
        }
    }

    /** How many lines were read, with those of other programs, by who carried them. */
    public Map<Witness, Long> lines() {
        Map<Witness, Long> lines = new EnumMap<>(Witness.class);
        carriers.forEach((by, carrier) -> {
            if (carrier.linesRead > 0) {
                lines.put(by, carrier.linesRead);
            }
        });
        return lines;
    }
}
