package io.innkeeper.tell.spool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a spool holds, as its entries tell it. The deciding methods return entries and change nothing: they count when they are on
 * stable storage and {@linkplain #apply applied}. Belongs to one thread.
 */
public final class SpoolBook {
    /** What an entry of a waiting message takes beside its name and the message itself. */
    private static final int OVERHEAD = 64;

    private final SpoolLimits limits;
    private final Map<String, SpoolLane> lanes = new TreeMap<>();
    private int messages;
    private long octets;

    /** One without any message. */
    public SpoolBook(SpoolLimits limits) {
        this.limits = limits;
    }

    /** Whether a message is taken. */
    public sealed interface Admission {}

    /**
     * It is taken once these entries are written, in this order.
     *
     * @param message the message, with its number
     * @param entries it, and before it the renewals that make room for it
     */
    public record Admitted(Entry.Waiting message, List<Entry> entries) implements Admission {}

    /**
     * There is no room.
     *
     * @param entry counts it
     */
    public record Full(Entry.TurnedAway entry) implements Admission {}

    /**
     * Decides about a new message. Where the spool is full, renewals that were renewed again make room. That is safe: only a message
     * whose next one of the same interface says the same lease for a later time is left out, so that what a monitor knows in the end
     * is the same; it only hears of fewer renewals. If it was sent already, it is stored too, before the later one. What began or ended
     * a lease is never left out.
     *
     * @param nowMs milliseconds since 1970
     */
    public Admission admit(Said said, long nowMs) {
        SpoolLane lane = lanes.getOrDefault(said.interfaceName(), new SpoolLane(said.interfaceName()));
        Entry.Waiting message = new Entry.Waiting(lane.nextSequence(), said);
        if (fits(1, weight(message))) {
            return new Admitted(message, List.of(message));
        }
        List<Entry> entries = new ArrayList<>();
        long freed = 0;
        for (Entry.Waiting one : repeated(lane, message)) {
            freed += weight(one);
            entries.add(new Entry.Ended(one.interfaceName(), one.sequence(), End.SUPERSEDED, "", nowMs));
        }
        if (!fits(1 - entries.size(), weight(message) - freed)) {
            return new Full(new Entry.TurnedAway(said.interfaceName(), 1));
        }
        entries.add(message);
        return new Admitted(message, entries);
    }

    private boolean fits(int moreMessages, long moreOctets) {
        return messages + moreMessages <= limits.messages() && octets + moreOctets <= limits.octets();
    }

    /** What need not be sent where this message follows in its lane. */
    private List<Entry.Waiting> repeated(SpoolLane its, Entry.Waiting message) {
        Stream<Entry.Waiting> before = lanes.values().stream().flatMap(lane -> lane.repeated().stream());
        return Stream.concat(before, its.repeatedBy(message).stream()).toList();
    }

    private static long weight(Entry.Waiting message) {
        int name = message.interfaceName().getBytes(StandardCharsets.UTF_8).length;
        return (long) OVERHEAD + name + message.said().message().length();
    }

    /** Those of the ends that change something. */
    public List<Entry.Ended> ending(Collection<Entry.Ended> ends) {
        return ends.stream()
                .filter(end -> lanes.containsKey(end.interfaceName()))
                .filter(end -> lane(end.interfaceName()).endsAnything(end.sequence(), end.end()))
                .toList();
    }

    /** Enters what is on stable storage. */
    public void apply(Entry entry) {
        SpoolLane lane = lane(entry.interfaceName());
        switch (entry) {
            case Entry.Waiting waiting -> {
                lane.enter(waiting);
                messages++;
                octets += weight(waiting);
            }
            case Entry.Ended ended -> {
                for (Entry.Waiting gone : lane.end(ended)) {
                    messages--;
                    octets -= weight(gone);
                }
            }
            case Entry.TurnedAway away -> lane.turnAway(away.count());
            case Entry.Standing standing -> lane.stand(standing);
        }
    }

    private SpoolLane lane(String interfaceName) {
        return lanes.computeIfAbsent(interfaceName, SpoolLane::new);
    }

    /** Entries that say all that is known, in as few octets as it takes. */
    public List<Entry> entries() {
        return lanes.values().stream().flatMap(lane -> lane.entries().stream()).toList();
    }

    /** How many messages wait. */
    public int messages() {
        return messages;
    }

    /** Octets of what waits, as the limit counts them. */
    public long octets() {
        return octets;
    }

    /** All that waits: interfaces by name, their messages in order. */
    public List<Entry.Waiting> waiting() {
        return lanes.values().stream().flatMap(lane -> lane.waiting().stream()).toList();
    }

    /** Whether a message waits. */
    public boolean waits(String interfaceName, long sequence) {
        SpoolLane lane = lanes.get(interfaceName);
        return lane != null && lane.waits(sequence);
    }

    /** How a message ended that a monitor did not simply store; empty where it did, or where that is long ago. */
    public Optional<Entry.Ended> unusualEnd(String interfaceName, long sequence) {
        SpoolLane lane = lanes.get(interfaceName);
        return lane == null
                ? Optional.empty()
                : lane.unusual().stream()
                        .filter(one -> one.sequence() == sequence)
                        .findFirst();
    }

    /** Each interface that was ever spoken of, by name. */
    public List<LaneView> lanes() {
        return lanes.entrySet().stream()
                .map(lane -> LaneView.of(lane.getKey(), lane.getValue()))
                .toList();
    }

    /** How all messages ended. */
    public Tally tally() {
        return lanes.values().stream().map(SpoolLane::tally).reduce(Tally.NONE, Tally::plus);
    }
}
