package io.innkeeper.device;

import io.innkeeper.device.Presence.State;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is there: the verdict over all signs of life of a device. Heard lately it is <i>online</i>, silent for a while <i>idle</i>,
 * and <i>offline</i> once it was silent for longer and did not answer when it was asked. Where it cannot be asked, it is not
 * offline as long as it holds a lease: a client need not be heard between two renewals. docs/presence.md tells it for people.
 *
 * <p>Silence counts only while we watch. A clock that jumps, a machine that slept, a start: nobody is gone because we were.
 *
 * <p>Pure. Changes at once; what it returns is to be stored and told. Belongs to one thread. A sign of life costs a look into a
 * map; time is a queue of who is to be looked at next.
 */
public final class PresenceBook {
    /** How many devices it watches unless told otherwise. */
    public static final int MOST = 50_000;

    /** Questions that are open at a time: whoever asks them has a rate to keep. */
    static final int OPEN_QUESTIONS = 256;

    /** Between two looks there was a longer break only where we did not watch. */
    static final long LONGEST_LOOK_MS = 30_000;

    /** How many devices one look takes, so that nobody waits for it. */
    private static final int AT_ONCE = 1_000;

    private static final long SHORTEST_PATIENCE_MS = 10_000;

    /** How often a device that only its lease keeps from being offline is looked at. */
    private static final long LEASE_LOOK_MS = 60_000;

    /**
     * What a look says.
     *
     * @param changes to be stored and told
     * @param questions to be asked after that
     */
    public record Look(List<PresenceChange> changes, List<Question> questions) {}

    /** Is this device still there? */
    public record Question(MacAddress mac, IpAddress address) {}

    private record Due(long watched, PresenceEntry entry) {}

    private final int most;
    private PresenceSettings settings;
    private final Map<MacAddress, PresenceEntry> here = new HashMap<>();

    /** Those longest gone first; they make room. */
    private final LinkedHashMap<MacAddress, PresenceEntry> gone = new LinkedHashMap<>();

    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::watched));

    /** How long we have watched, in milliseconds. */
    private long watched;

    private long nowMs = Long.MIN_VALUE;
    private int open;

    /** An empty book. */
    public PresenceBook(PresenceSettings settings) {
        this(settings, MOST);
    }

    /**
     * An empty book.
     *
     * @param most how many devices it watches; further ones have no verdict until there is room
     */
    public PresenceBook(PresenceSettings settings, int most) {
        this.settings = settings;
        this.most = most;
    }

    /** Other times from now on. */
    public void settings(PresenceSettings next) {
        if (!next.equals(settings)) {
            settings = next;
            here.values().forEach(entry -> schedule(entry, watched));
        }
    }

    /** How many devices are watched and not offline. */
    public int size() {
        return here.size();
    }

    /** True where there is no need to look into the store for this device: it is here, or there is no room for it. */
    public boolean holds(MacAddress mac) {
        return here.containsKey(mac) || gone.containsKey(mac) || here.size() >= most;
    }

    /** How it stands with a device; null where there is no verdict. */
    public @Nullable Presence get(MacAddress mac) {
        PresenceEntry entry = find(mac);
        return entry == null ? null : entry.presence();
    }

    private @Nullable PresenceEntry find(MacAddress mac) {
        PresenceEntry entry = here.get(mac);
        return entry == null ? gone.get(mac) : entry;
    }

    /** Brings in what was stored. One that was there counts as heard now: how long it was silent before nobody watched. */
    public void load(Presence stored) {
        if (find(stored.mac()) == null && room()) {
            PresenceEntry entry = PresenceEntry.of(stored);
            entry.heardWatched = watched;
            enter(entry);
        }
    }

    private boolean room() {
        if (here.size() + gone.size() >= most && !gone.isEmpty()) {
            Iterator<PresenceEntry> eldest = gone.values().iterator();
            eldest.next();
            eldest.remove();
        }
        return here.size() + gone.size() < most;
    }

    private void enter(PresenceEntry entry) {
        if (entry.state == State.OFFLINE) {
            here.remove(entry.mac);
            gone.put(entry.mac, entry);
            entry.dueWatched = Long.MAX_VALUE;
        } else {
            gone.remove(entry.mac);
            here.put(entry.mac, entry);
            schedule(entry, dueAt(entry));
        }
    }

    /** Time goes by; only a plausible step of the clock is time in which we watched. */
    private void step(Instant now) {
        long ms = now.toEpochMilli();
        if (nowMs != Long.MIN_VALUE) {
            watched += Math.clamp(ms - nowMs, 0, LONGEST_LOOK_MS);
        }
        nowMs = ms;
    }

    /**
     * A sign of life.
     *
     * @param address where, if that was told
     * @param at when it was; not after {@code now}, else taken as now
     * @return what is to be stored: a new verdict, or no more than once a minute the time of the sign
     */
    public Optional<PresenceChange> seen(
            MacAddress mac, @Nullable IpAddress address, Evidence kind, Instant at, Instant now) {
        step(now);
        long atMs = Math.min(at.toEpochMilli(), nowMs);
        PresenceEntry entry = find(mac);
        if (entry == null) {
            return room() ? Optional.of(first(mac, address, kind, atMs)) : Optional.empty();
        }
        entry.evidence(kind, atMs, nowMs);
        long ageMs = nowMs - atMs;
        if (watched - ageMs >= entry.heardWatched) {
            entry.heardWatched = watched - ageMs;
            entry.at(address);
        }
        State before = entry.state;
        if (ageMs <= settings.idleAfter().toMillis()) {
            alive(entry, kind, atMs);
        }
        return before != entry.state || entry.lastSeenMs() / 60_000 != entry.writtenMinute
                ? Optional.of(changed(entry, before))
                : Optional.empty();
    }

    private PresenceChange first(MacAddress mac, @Nullable IpAddress address, Evidence kind, long atMs) {
        long ageMs = nowMs - atMs;
        long idleMs = settings.idleAfter().toMillis();
        PresenceEntry entry = new PresenceEntry(mac, ageMs > idleMs ? State.IDLE : State.ONLINE, atMs, atMs);
        entry.evidence(kind, atMs, nowMs);
        entry.at(address);
        // Nobody begins by being gone: one of whom only old news came has the time that any idle one has.
        entry.heardWatched = watched - Math.min(ageMs, idleMs);
        enter(entry);
        return changed(entry, null);
    }

    private void alive(PresenceEntry entry, Evidence kind, long atMs) {
        boolean answer = entry.isOpen() && (kind == Evidence.ARP || kind == Evidence.NDP);
        calm(entry);
        switch (entry.state) {
            case ONLINE -> {}
            case IDLE -> {
                if (answer) {
                    schedule(entry, dueAt(entry)); // it is there, but it did not speak by itself
                } else {
                    entry.state = State.ONLINE;
                    entry.sinceMs = atMs;
                    schedule(entry, dueAt(entry));
                }
            }
            case OFFLINE -> {
                entry.state = State.ONLINE;
                entry.sinceMs = atMs;
                entry.hereSinceMs = atMs;
                enter(entry);
            }
        }
    }

    private void calm(PresenceEntry entry) {
        close(entry);
        entry.silences = 0;
        entry.lost = 0;
        entry.nextAskWatched = watched;
    }

    private void close(PresenceEntry entry) {
        if (entry.isOpen()) {
            entry.closeQuestion();
            open--;
        }
    }

    private PresenceChange changed(PresenceEntry entry, @Nullable State before) {
        entry.writtenMinute = entry.lastSeenMs() / 60_000;
        return new PresenceChange(entry.presence(), before);
    }

    /** The device holds a lease of this address until then. */
    public void held(MacAddress mac, IpAddress address, Instant until) {
        PresenceEntry entry = find(mac);
        if (entry != null) {
            entry.hold(address, until.toEpochMilli());
        }
    }

    /** The device no longer holds a lease of this address. */
    public void left(MacAddress mac, IpAddress address) {
        PresenceEntry entry = find(mac);
        if (entry != null) {
            entry.release(address);
            if (entry.state == State.IDLE) {
                schedule(entry, watched);
            }
        }
    }

    /** A question was not answered. */
    public void silent(MacAddress mac, Instant now) {
        step(now);
        PresenceEntry entry = here.get(mac);
        if (entry != null && entry.isOpen()) {
            entry.nextAskWatched = entry.askedWatched + settings.spacing().toMillis();
            close(entry);
            entry.silences++;
            schedule(entry, entry.silences < settings.tries() ? Math.max(watched, entry.nextAskWatched) : watched);
        }
    }

    /**
     * Looks at those whose time has come.
     *
     * @param askable true for an address that can be asked from here
     */
    public Look look(Instant now, Predicate<IpAddress> askable) {
        step(now);
        Look look = new Look(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < AT_ONCE && !queue.isEmpty() && queue.peek().watched() <= watched; i++) {
            Due due = queue.remove();
            PresenceEntry entry = due.entry();
            if (due.watched() == entry.dueWatched) {
                entry.dueWatched = Long.MAX_VALUE;
                consider(entry, askable, look);
            }
        }
        return look;
    }

    private void consider(PresenceEntry entry, Predicate<IpAddress> askable, Look look) {
        State before = entry.state;
        if (before == State.ONLINE && watched >= dueAt(entry)) {
            entry.state = State.IDLE;
            entry.sinceMs = entry.lastSeenMs();
            look.changes().add(changed(entry, before));
        } else if (before == State.IDLE && watched >= dueAt(entry)) {
            idle(entry, askable, look);
            return;
        }
        schedule(entry, dueAt(entry));
    }

    /** When an online one becomes idle, when questions to an idle one begin. */
    private long dueAt(PresenceEntry entry) {
        return entry.heardWatched
                + (entry.state == State.ONLINE ? settings.idleAfter().toMillis() : settings.askAfterMs());
    }

    private void idle(PresenceEntry entry, Predicate<IpAddress> askable, Look look) {
        long goneAt = entry.heardWatched + settings.offlineAfter().toMillis();
        long patienceMs = Math.max(SHORTEST_PATIENCE_MS, 3 * settings.spacing().toMillis());
        if (entry.isOpen() && watched >= entry.askedWatched + patienceMs) {
            close(entry);
            entry.lost++;
        }
        IpAddress address = entry.askAt(askable);
        if (address == null || entry.lost >= settings.tries()) {
            unasked(entry, goneAt, look);
        } else if (entry.isOpen()) {
            schedule(entry, entry.askedWatched + patienceMs);
        } else if (entry.silences >= settings.tries()) {
            goneOr(entry, goneAt, look);
        } else if (watched < entry.nextAskWatched || open >= OPEN_QUESTIONS) {
            schedule(entry, Math.max(watched + 1_000, entry.nextAskWatched));
        } else {
            entry.askedWatched = watched;
            open++;
            look.questions().add(new Question(entry.mac, address));
            schedule(entry, watched + patienceMs);
        }
    }

    /** Nobody can ask it: its lease speaks for it. */
    private void unasked(PresenceEntry entry, long goneAt, Look look) {
        calm(entry);
        if (entry.holds(nowMs)) {
            schedule(entry, watched + LEASE_LOOK_MS);
        } else {
            goneOr(entry, goneAt, look);
        }
    }

    private void goneOr(PresenceEntry entry, long goneAt, Look look) {
        if (watched < goneAt) {
            schedule(entry, goneAt);
            return;
        }
        State before = entry.state;
        calm(entry);
        entry.state = State.OFFLINE;
        entry.sinceMs = entry.lastSeenMs();
        enter(entry);
        look.changes().add(changed(entry, before));
    }

    private void schedule(PresenceEntry entry, long due) {
        if (entry.dueWatched != due) {
            // A later time waits until the earlier one comes: signs of life by the thousand must not fill the queue.
            if (entry.dueWatched == Long.MAX_VALUE || due < entry.dueWatched) {
                entry.dueWatched = due;
                queue.add(new Due(due, entry));
            }
        }
    }
}
