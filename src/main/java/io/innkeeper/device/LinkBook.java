package io.innkeeper.device;

import io.innkeeper.device.DeviceLink.State;
import io.innkeeper.wire.net.MacAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which hardware addresses are thought to be one device, and which are known not to be. Belongs to one thread. */
public final class LinkBook {
    /** How many addresses it knows something of; those entered longest ago are forgotten first. */
    public static final int MOST = 50_000;

    private final LinkedHashMap<MacAddress, Map<MacAddress, DeviceLink>> links = new LinkedHashMap<>();
    private final Map<MacAddress, Set<MacAddress>> suggestedTo = new HashMap<>();

    /** Holds what was stored. */
    public LinkBook(Collection<DeviceLink> stored) {
        stored.forEach(this::enter);
    }

    /** Enters a link in place of what was said of the same two addresses. */
    public void enter(DeviceLink link) {
        links.computeIfAbsent(link.mac(), _ -> new HashMap<>()).put(link.to(), link);
        if (link.state() == State.SUGGESTED) {
            suggestedTo.computeIfAbsent(link.to(), _ -> new HashSet<>()).add(link.mac());
        } else {
            forget(link);
        }
        if (links.size() > MOST) {
            links.pollFirstEntry().getValue().values().forEach(this::forget);
        }
    }

    private void forget(DeviceLink link) {
        suggestedTo.computeIfPresent(link.to(), (_, macs) -> {
            macs.remove(link.mac());
            return macs.isEmpty() ? null : macs;
        });
    }

    /** The link of an address that counts: the confirmed one, else the suggested one; null for none. */
    public @Nullable DeviceLink of(MacAddress mac) {
        return links.getOrDefault(mac, Map.of()).values().stream()
                .filter(link -> link.state() != State.REJECTED)
                .max(Comparator.comparing((DeviceLink link) -> link.state() == State.CONFIRMED)
                        .thenComparing(DeviceLink::at))
                .orElse(null);
    }

    /** What was said of these two; empty for nothing. */
    public Optional<DeviceLink> between(MacAddress mac, MacAddress to) {
        return Optional.ofNullable(links.getOrDefault(mac, Map.of()).get(to));
    }

    /** The addresses that are suggested to be this device. */
    public Set<MacAddress> suggestedTo(MacAddress to) {
        return Set.copyOf(suggestedTo.getOrDefault(to, Set.of()));
    }

    /** The device behind an address: where confirmed links lead. */
    public MacAddress root(MacAddress mac) {
        MacAddress root = mac;
        Set<MacAddress> met = new HashSet<>();
        DeviceLink link = of(root);
        while (link != null && link.state() == State.CONFIRMED && met.add(root)) {
            root = link.to();
            link = of(root);
        }
        return root;
    }
}
