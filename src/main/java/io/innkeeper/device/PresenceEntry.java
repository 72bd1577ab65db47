package io.innkeeper.device;

import io.innkeeper.device.Presence.State;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link PresenceBook} knows of one device. Times are by the wall clock, except those "watched". */
final class PresenceEntry {
    private static final long NONE = Long.MIN_VALUE;
    private static final int MAX_LEASES = 8;

    /** A lease of the device. */
    private record Held(IpAddress address, long untilMs) {}

    final MacAddress mac;
    State state;
    long sinceMs;
    long hereSinceMs;

    /** The newest sign of life, watched. */
    long heardWatched;

    /** When it is to be looked at again, watched; what else the queue has of it is void. */
    long dueWatched = Long.MAX_VALUE;

    /** Since when a question is open, watched. */
    long askedWatched = NONE;

    /** When it may be asked again, watched. */
    long nextAskWatched;

    /** Questions that nobody answered. */
    int silences;

    /** Questions of which nothing was heard again, not even that nobody answered. */
    int lost;

    /** The minute of the newest sign of life that is stored. */
    long writtenMinute;

    private final Map<Evidence, Long> evidenceMs = new EnumMap<>(Evidence.class);
    private @Nullable IpAddress v4;
    private @Nullable IpAddress v6;
    private @Nullable IpAddress newest;
    private List<Held> leases = List.of();

    PresenceEntry(MacAddress mac, State state, long sinceMs, long hereSinceMs) {
        this.mac = mac;
        this.state = state;
        this.sinceMs = sinceMs;
        this.hereSinceMs = hereSinceMs;
    }

    static PresenceEntry of(Presence stored) {
        PresenceEntry entry = new PresenceEntry(
                stored.mac(),
                stored.state(),
                stored.since().toEpochMilli(),
                stored.hereSince().toEpochMilli());
        stored.evidence().forEach((kind, at) -> entry.evidenceMs.put(kind, at.toEpochMilli()));
        entry.at(stored.address());
        entry.writtenMinute = entry.lastSeenMs() / 60_000;
        return entry;
    }

    Presence presence() {
        Map<Evidence, Instant> evidence = new EnumMap<>(Evidence.class);
        evidenceMs.forEach((kind, at) -> evidence.put(kind, Instant.ofEpochMilli(at)));
        return new Presence(
                mac, state, Instant.ofEpochMilli(sinceMs), Instant.ofEpochMilli(hereSinceMs), newest, evidence);
    }

    /** A time in the future is one of a clock that was turned back since. */
    void evidence(Evidence kind, long atMs, long nowMs) {
        evidenceMs.replaceAll((_, at) -> Math.min(at, nowMs));
        evidenceMs.merge(kind, atMs, Math::max);
    }

    long lastSeenMs() {
        return evidenceMs.values().stream().mapToLong(Long::longValue).max().orElse(hereSinceMs);
    }

    void at(@Nullable IpAddress address) {
        if (address == null) {
            return;
        }
        newest = address;
        if (address.v6()) {
            v6 = address;
        } else {
            v4 = address;
        }
    }

    /** Where it can be asked, one address after the other. */
    @Nullable
    IpAddress askAt(Predicate<IpAddress> askable) {
        IpAddress first = v4 != null && askable.test(v4) ? v4 : null;
        IpAddress second = v6 != null && askable.test(v6) ? v6 : null;
        boolean turn = (silences + lost) % 2 == 0;
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return turn ? first : second;
    }

    boolean isOpen() {
        return askedWatched != NONE;
    }

    void closeQuestion() {
        askedWatched = NONE;
    }

    void hold(IpAddress address, long untilMs) {
        List<Held> next = new ArrayList<>(leases);
        next.removeIf(held -> held.address().equals(address));
        next.addFirst(new Held(address, untilMs));
        leases = List.copyOf(next.subList(0, Math.min(MAX_LEASES, next.size())));
    }

    void release(IpAddress address) {
        leases = leases.stream().filter(held -> !held.address().equals(address)).toList();
    }

    boolean holds(long nowMs) {
        return leases.stream().anyMatch(held -> held.untilMs() > nowMs);
    }
}
