package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one fact of what several witnesses say of the same thing. Each witness tells what happens to an address in the order in
 * which it happened, so the first of them opens a fact and the others find it: the oldest one that says the same and comes after
 * the last that they confirmed. A fact goes out when all who are awaited have spoken, or its time is up; who speaks after that
 * changes nothing.
 *
 * <p>Facts go out in the order in which they were opened. Those of one piece of a log go out with its {@link Mark}, together:
 * whoever stores them stores the place behind the piece in the same transaction.
 *
 * <p>A witness that was awaited in vain {@value #FORGIVEN} times is not waited for until it speaks again: a log without lines about
 * DHCP, a bus that another dnsmasq is on, would hold up everything for ever.
 *
 * <p>Pure: time goes in, on a clock that only goes forward. Belongs to the thread of its source.
 */
final class Gathering {
    /** How long the lease file has to show what somebody said, before that is believed without it. */
    static final Duration FILE_FIRST = Duration.ofSeconds(1);

    /** For how long a fact is remembered after it went out, so that who comes late is known to be late. */
    static final Duration LATE = Duration.ofSeconds(10);

    /** How often a witness may be awaited in vain. */
    static final int FORGIVEN = 3;

    /** How many facts may wait; where there are more, none waits. */
    static final int MAX_WAITING = 10_000;

    private static final long SOON_NANOS = 5_000_000;
    private static final int MAX_TRACKS = 20_000;
    private static final int MAX_FACTS_OF_ADDRESS = 16;
    private static final int MAX_WORDS = 8;

    /**
     * What a witness says of an address.
     *
     * @param gone true where it says that the lease ended
     * @param holder of the lease, as far as it is told; null where it is not
     * @param line of the lease file; null from all others
     * @param word null from the lease file
     */
    record Statement(
            IpAddress address,
            boolean gone,
            @Nullable Object holder,
            Witness by,
            @Nullable LeaseLine line,
            @Nullable Word word) {
        private boolean isSame(Fact fact) {
            return fact.gone == gone && (holder == null || fact.holder == null || holder.equals(fact.holder));
        }
    }

    /** What goes out, in order. */
    sealed interface Element permits Fact, Mark {}

    /** The end of a piece of a log: all that its lines say stands before it. */
    record Mark(LogBatch batch, long piece) implements Element {}

    /** Something that happened to the lease of an address. */
    static final class Fact implements Element {
        final IpAddress address;
        final boolean gone;
        final Witness first;
        final EnumSet<Witness> by;
        final List<Word> words = new ArrayList<>(2);
        private final @Nullable Object holder;
        private final EnumSet<Witness> awaited;
        private final long order;
        private final long piece;
        private final long dueNanos;
        private final long fileDueNanos;
        private final boolean counts;
        private @Nullable LeaseLine line;
        private boolean out;

        private Fact(Statement opens, Awaited awaited, long order, long piece, long gatherNanos, long nanos) {
            this.address = opens.address();
            this.gone = opens.gone();
            this.holder = opens.holder();
            this.first = opens.by();
            this.by = EnumSet.of(opens.by());
            this.awaited = EnumSet.noneOf(Witness.class);
            this.awaited.addAll(awaited.by());
            this.awaited.remove(opens.by());
            this.counts = awaited.counts();
            this.order = order;
            this.piece = piece;
            this.dueNanos = nanos + gatherNanos;
            this.fileDueNanos =
                    awaited.fileFirst() ? nanos + Math.max(gatherNanos, FILE_FIRST.toNanos()) : this.dueNanos;
            take(opens);
        }

        private void take(Statement statement) {
            by.add(statement.by());
            line = statement.line() == null ? line : statement.line();
            if (statement.word() != null && words.size() < MAX_WORDS) {
                words.add(statement.word());
            }
        }

        /** The line of the lease file that shows it; null for none so far. */
        @Nullable
        LeaseLine line() {
            return line;
        }

        private long due() {
            if (by.containsAll(awaited)) {
                return Long.MIN_VALUE;
            }
            return awaited.contains(Witness.FILE) && !by.contains(Witness.FILE) ? fileDueNanos : dueNanos;
        }

        private boolean isReady(long nanos) {
            long due = due();
            return due == Long.MIN_VALUE || due - nanos <= 0;
        }
    }

    /**
     * Who should say the same.
     *
     * @param by the witnesses
     * @param fileFirst true where the lease file must show it, and has longer than the others for that
     * @param counts true where each of them surely tells such a thing, so that silence says something of the witness
     */
    record Awaited(Set<Witness> by, boolean fileFirst, boolean counts) {
        static final Awaited NOBODY = new Awaited(Set.of(), false, false);
    }

    /** What became of a statement that found its fact. */
    enum Found {
        /** There is none: it is news. */
        NONE,
        JOINED,
        /** It went out already, and nothing has happened to the address since. */
        LATE,
        /** It went out already, and more has happened since. */
        OUTDATED
    }

    /** What happened lately to an address, and how far each witness has told it. */
    private static final class Track {
        final Deque<Fact> facts = new ArrayDeque<>(2);
        final Map<Witness, Long> told = new EnumMap<>(Witness.class);
        long heardNanos;
    }

    private final long gatherNanos;
    private final Deque<Element> waiting = new ArrayDeque<>();
    private final Map<IpAddress, Track> tracks = new LinkedHashMap<>();
    private final Map<Witness, Integer> missed = new EnumMap<>(Witness.class);
    private long orders;
    private long pieces;
    private boolean inPiece;

    /** @param gather how long a fact waits for those who should say the same */
    Gathering(Duration gather) {
        this.gatherNanos = gather.toNanos();
    }

    /** Lets a statement find its fact. */
    Found find(Statement statement, long nanos) {
        missed.remove(statement.by());
        Track track = tracks.get(statement.address());
        if (track == null) {
            return Found.NONE;
        }
        long told = track.told.getOrDefault(statement.by(), -1L);
        for (Fact fact : track.facts) {
            if (fact.order > told && statement.isSame(fact)) {
                track.told.put(statement.by(), fact.order);
                touch(statement.address(), track, nanos);
                if (!fact.out) {
                    fact.take(statement);
                    return Found.JOINED;
                }
                return fact == track.facts.peekLast() ? Found.LATE : Found.OUTDATED;
            }
        }
        return Found.NONE;
    }

    /** Opens a fact: this statement is news. */
    void open(Statement statement, Awaited awaited, long nanos) {
        EnumSet<Witness> patient = EnumSet.noneOf(Witness.class);
        for (Witness witness : awaited.by()) {
            if (missed.getOrDefault(witness, 0) < FORGIVEN) {
                patient.add(witness);
            }
        }
        Awaited left = new Awaited(patient, awaited.fileFirst(), awaited.counts());
        Fact fact = new Fact(statement, left, ++orders, inPiece ? pieces : 0, gatherNanos, nanos);
        waiting.add(fact);
        Track track = tracks.computeIfAbsent(statement.address(), _ -> new Track());
        if (track.facts.size() >= MAX_FACTS_OF_ADDRESS) {
            track.facts.removeFirst();
        }
        track.facts.add(fact);
        track.told.put(statement.by(), fact.order);
        touch(statement.address(), track, nanos);
    }

    /** Addresses lie in the order in which something was last said of them. */
    private void touch(IpAddress address, Track track, long nanos) {
        track.heardNanos = nanos;
        tracks.remove(address);
        tracks.put(address, track);
    }

    /** A piece of a log begins: what is opened until {@link #mark} goes out with it. */
    void begin() {
        pieces++;
        inPiece = true;
    }

    /** The piece ends. */
    void mark(LogBatch batch) {
        waiting.add(new Mark(batch, pieces));
        inPiece = false;
    }

    /** True where something is waiting to go out about this address. */
    boolean holds(IpAddress address) {
        Track track = tracks.get(address);
        Fact last = track == null ? null : track.facts.peekLast();
        return last != null && !last.out;
    }

    /** What goes out now, in order. */
    List<Element> settle(long nanos) {
        List<Element> ready = new ArrayList<>();
        boolean crowded = waiting.size() > MAX_WAITING;
        for (Element element : waiting) {
            if (!crowded && element instanceof Fact fact && !fact.isReady(nanos)) {
                break;
            }
            ready.add(element);
        }
        keepPiecesWhole(ready);
        for (Element element : ready) {
            waiting.removeFirst();
            if (element instanceof Fact fact) {
                goOut(fact);
            }
        }
        forget(nanos);
        return ready;
    }

    /** A piece of which not all is ready stays, with all that was said after it began. */
    private static void keepPiecesWhole(List<Element> ready) {
        if (ready.isEmpty() || !(ready.getLast() instanceof Fact last) || last.piece == 0) {
            return;
        }
        int from = ready.size() - 1;
        while (from > 0 && ready.get(from - 1) instanceof Fact before && before.piece == last.piece) {
            from--;
        }
        ready.subList(from, ready.size()).clear();
    }

    private void goOut(Fact fact) {
        fact.out = true;
        if (fact.counts) {
            for (Witness witness : fact.awaited) {
                if (!fact.by.contains(witness)) {
                    missed.merge(witness, 1, Integer::sum);
                }
            }
        }
    }

    private void forget(long nanos) {
        Iterator<Track> eldest = tracks.values().iterator();
        while (eldest.hasNext()) {
            Track track = eldest.next();
            boolean over = nanos - track.heardNanos > LATE.toNanos() || tracks.size() > MAX_TRACKS;
            Fact last = track.facts.peekLast();
            if (!over || (last != null && !last.out)) {
                return;
            }
            eldest.remove();
        }
    }

    /** After how long something will go out; null where nothing waits. */
    @Nullable
    Duration next(long nanos) {
        if (!(waiting.peekFirst() instanceof Fact head)) {
            return null;
        }
        // The head may be ready and wait for the rest of its piece, all of which was opened at the same time.
        long due = head.due() == Long.MIN_VALUE ? head.fileDueNanos : head.due();
        return Duration.ofNanos(Math.max(SOON_NANOS, due - nanos));
    }

    /** Those who were awaited in vain so often that nobody waits for them now. */
    Set<Witness> silent() {
        EnumSet<Witness> silent = EnumSet.noneOf(Witness.class);
        missed.forEach((witness, times) -> {
            if (times >= FORGIVEN) {
                silent.add(witness);
            }
        });
        return Collections.unmodifiableSet(silent);
    }
}
