package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces that are served, as they were when last looked at. {@link #refresh} looks again; everything else is quick.
 * Safe for any thread.
 */
public final class ServedLinks {
    /**
     * An interface.
     *
     * @param mac its hardware address; null where it has none
     */
    public record Served(Arrival.Link link, @Nullable MacAddress mac) {}

    private final Set<String> names;
    private final Arrival.@Nullable Link instead;
    private final Supplier<List<Served>> read;
    private volatile Map<Integer, Served> byIndex = Map.of();
    private volatile List<Arrival.Link> all = List.of();

    /**
     * Serves the interfaces of these names.
     *
     * @param read all interfaces of this machine
     */
    public static ServedLinks named(List<String> names, Supplier<List<Served>> read) {
        ServedLinks links = new ServedLinks(Set.copyOf(names), null, read);
        links.refresh();
        return links;
    }

    /** Serves whatever comes to an address, by whichever interface: relayed requests. */
    public static ServedLinks address(int address) {
        List<Integer> addresses = address == 0 ? List.of() : List.of(address);
        ServedLinks links = new ServedLinks(Set.of(), new Arrival.Link(0, "", addresses), List::of);
        links.all = List.of(new Arrival.Link(0, "", addresses));
        return links;
    }

    private ServedLinks(Set<String> names, Arrival.@Nullable Link instead, Supplier<List<Served>> read) {
        this.names = names;
        this.instead = instead;
        this.read = read;
    }

    /** Looks at the interfaces again: they come and go. */
    public void refresh() {
        if (instead == null) {
            Map<Integer, Served> next = new HashMap<>();
            for (Served one : read.get()) {
                if (names.contains(one.link().name())) {
                    next.put(one.link().index(), one);
                }
            }
            if (!next.equals(byIndex)) {
                byIndex = Map.copyOf(next);
                all = byIndex.values().stream().map(Served::link).toList();
            }
        }
    }

    /** All that are served and there; the same list until that changes. */
    public List<Arrival.Link> all() {
        return all;
    }

    /** Their addresses, as 32 bits. */
    public List<Integer> addresses() {
        return all.stream().flatMap(link -> link.addresses().stream()).toList();
    }

    /** The interface of this index; null where it is not served. */
    public @Nullable Served served(int index) {
        return byIndex.get(index);
    }

    /** How a packet that came by this interface arrived; null where it is not served. */
    Arrival.@Nullable Link link(int index) {
        if (instead != null) {
            return instead;
        }
        Served one = byIndex.get(index);
        return one == null ? null : one.link();
    }

    /** The names that are to be served and are not there, or have no address. */
    public List<String> missing() {
        Set<String> there = byIndex.values().stream()
                .filter(one -> !one.link().addresses().isEmpty())
                .map(one -> one.link().name())
                .collect(Collectors.toSet());
        return names.stream().filter(name -> !there.contains(name)).sorted().toList();
    }
}
