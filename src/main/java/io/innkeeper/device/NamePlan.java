package io.innkeeper.device;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose name is asked for next, how, and when: each device without a name by each way in turn, twice, then not again for hours.
 * Never faster than its rate, whatever happens. Pure; belongs to one thread.
 */
public final class NamePlan {
    /** How often a question is asked in one way before the next: packets get lost. */
    static final int TRIES = 2;

    /** Between two questions about one device. */
    static final long SPACING_MS = 2_000;

    /** How many devices are remembered as asked; of further ones those asked longest ago are forgotten, and asked again. */
    static final int MOST = 10_000;

    /**
     * How it asks.
     *
     * @param ways in this order; empty for not at all
     * @param questionsASecond at most
     * @param againMs after so long a device that nobody knew a name of is asked for again
     */
    public record Settings(List<NameWay> ways, int questionsASecond, long againMs) {
        /** Copies the list. */
        public Settings {
            ways = List.copyOf(ways);
        }
    }

    /** A device that has an address and no name. */
    public record Nameless(MacAddress mac, IpAddress address) {}

    /**
     * A question to ask now.
     *
     * @param attempt 0 for the first in this way
     */
    public record Question(MacAddress mac, IpAddress address, NameWay way, int attempt) {}

    private static final class Entry {
        final IpAddress address;
        int asked;
        long dueMs;

        Entry(IpAddress address, long dueMs) {
            this.address = address;
            this.dueMs = dueMs;
        }
    }

    private Settings settings;

    /** Those asked for longest ago first. */
    private final LinkedHashMap<MacAddress, Entry> entries = new LinkedHashMap<>();

    private Set<MacAddress> nameless = new HashSet<>();
    private long freeMs = Long.MIN_VALUE;

    /** Knows nobody. */
    public NamePlan(Settings settings) {
        this.settings = settings;
    }

    /** Asks otherwise from now on. */
    public void settings(Settings next) {
        if (!next.ways().equals(settings.ways())) {
            entries.clear();
        }
        settings = next;
    }

    /** How many devices it remembers. */
    public int size() {
        return entries.size();
    }

    /** Those that have no name now; whoever is not among them is not asked for. One at a new address is asked for anew. */
    public void look(Collection<Nameless> now, long nowMs) {
        nameless = new HashSet<>();
        for (Nameless one : now) {
            if (nameless.size() == MOST) {
                break;
            }
            nameless.add(one.mac());
            Entry known = entries.get(one.mac());
            if (known == null || !known.address.equals(one.address())) {
                entries.remove(one.mac());
                entries.put(one.mac(), new Entry(one.address(), nowMs));
            }
        }
        while (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
    }

    /** The question whose time has come; empty where there is none, or it would be too fast. */
    public Optional<Question> next(long nowMs) {
        if (nowMs < freeMs || settings.ways().isEmpty()) {
            return Optional.empty();
        }
        MacAddress mac = due(nowMs);
        if (mac == null) {
            return Optional.empty();
        }
        Entry entry = Objects.requireNonNull(entries.remove(mac), "it was found among them");
        int total = settings.ways().size() * TRIES;
        if (entry.asked == total) {
            entry.asked = 0;
        }
        int asked = entry.asked++;
        entry.dueMs = nowMs + (entry.asked == total ? settings.againMs() : SPACING_MS);
        entries.put(mac, entry);
        freeMs = nowMs + 1_000 / Math.max(1, settings.questionsASecond());
        return Optional.of(new Question(mac, entry.address, settings.ways().get(asked / TRIES), asked % TRIES));
    }

    private @Nullable MacAddress due(long nowMs) {
        for (Map.Entry<MacAddress, Entry> each : entries.entrySet()) {
            if (each.getValue().dueMs <= nowMs && nameless.contains(each.getKey())) {
                return each.getKey();
            }
        }
        return null;
    }

    /** Its name is known, or whoever was asked says that there is none: this way needs no second try. */
    public void answered(MacAddress mac, boolean named, long nowMs) {
        Entry entry = entries.get(mac);
        if (entry == null) {
            return;
        }
        if (named) {
            nameless.remove(mac);
            return;
        }
        int total = settings.ways().size() * TRIES;
        entry.asked = Math.min(total, (entry.asked + TRIES - 1) / TRIES * TRIES);
        entry.dueMs = entry.asked == total ? nowMs + settings.againMs() : nowMs;
    }
}
