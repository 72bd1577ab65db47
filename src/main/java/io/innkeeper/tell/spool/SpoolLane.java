package io.innkeeper.tell.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of one interface waits, and what became of the rest. Belongs to its {@link SpoolBook}. */
final class SpoolLane {
    /** How many ends are remembered that were other than usual. */
    static final int MAX_ENDS = 16;

    private final String name;
    private final TreeMap<Long, Entry.Waiting> waiting = new TreeMap<>();
    private final Deque<Entry.Ended> unusual = new ArrayDeque<>();
    private Tally tally = Tally.NONE;
    private long last;

    SpoolLane(String name) {
        this.name = name;
    }

    long nextSequence() {
        return last + 1;
    }

    Collection<Entry.Waiting> waiting() {
        return Collections.unmodifiableCollection(waiting.values());
    }

    /** How messages ended last that a monitor did not simply store, the oldest first. */
    List<Entry.Ended> unusual() {
        return List.copyOf(unusual);
    }

    Tally tally() {
        return tally;
    }

    boolean waits(long sequence) {
        return waiting.containsKey(sequence);
    }

    /** Whether such an end would change anything. */
    boolean endsAnything(long sequence, End end) {
        return end.coversEarlier() ? !waiting.headMap(sequence, true).isEmpty() : waits(sequence);
    }

    void enter(Entry.Waiting message) {
        waiting.put(message.sequence(), message);
        last = Math.max(last, message.sequence());
    }

    /** Ends messages; returns those that waited until now. */
    List<Entry.Waiting> end(Entry.Ended ended) {
        last = Math.max(last, ended.sequence());
        List<Entry.Waiting> gone = gone(ended);
        int count = ended.end().coversEarlier() ? gone.size() : 1;
        for (int i = 0; i < count; i++) {
            tally = tally.plus(ended.end());
        }
        if (!ended.end().coversEarlier()) {
            unusual.addLast(ended);
            if (unusual.size() > MAX_ENDS) {
                unusual.removeFirst();
            }
        }
        return gone;
    }

    private List<Entry.Waiting> gone(Entry.Ended ended) {
        if (ended.end().coversEarlier()) {
            var covered = waiting.headMap(ended.sequence(), true);
            List<Entry.Waiting> gone = List.copyOf(covered.values());
            covered.clear();
            return gone;
        }
        Entry.Waiting one = waiting.remove(ended.sequence());
        return one == null ? List.of() : List.of(one);
    }

    void turnAway(long count) {
        tally = tally.plusTurnedAway(count);
    }

    void stand(Entry.Standing standing) {
        last = Math.max(last, standing.last());
        tally = standing.tally();
    }

    /** Entries that say all that is known, the numbers of what is long gone included. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        // The ends that are told one by one count themselves when they are read again.
        Tally told = unusual.stream().map(Entry.Ended::end).reduce(Tally.NONE, Tally::plus, Tally::plus);
        entries.add(new Entry.Standing(name, last, tally.minus(told)));
        entries.addAll(unusual);
        entries.addAll(waiting.values());
        return entries;
    }

    /** The messages that the next one of the same interface repeats: renewals of a lease that was renewed again. */
    List<Entry.Waiting> repeated() {
        List<Entry.Waiting> repeated = new ArrayList<>();
        Entry.Waiting before = null;
        for (Entry.Waiting message : waiting.values()) {
            if (before != null && repeats(message, before)) {
                repeated.add(before);
            }
            before = message;
        }
        return repeated;
    }

    /** The last message, where one that is to follow repeats it. */
    Optional<Entry.Waiting> repeatedBy(Entry.Waiting next) {
        return Optional.ofNullable(waiting.lastEntry())
                .map(Map.Entry::getValue)
                .filter(newest -> repeats(next, newest));
    }

    private static boolean repeats(Entry.Waiting later, Entry.Waiting earlier) {
        long topic = later.said().topic();
        return topic != 0 && topic == earlier.said().topic();
    }
}
