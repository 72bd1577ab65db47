package io.innkeeper.device;

import io.innkeeper.device.Device.SeenAddress;
import io.innkeeper.device.Device.SeenName;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The devices, by hardware address, and which of them has which address now. Holds the newest ones only: the rest is in the
 * store, and whoever asks for a decision first brings in, by {@link #load}, those it is about. Pure; {@code decide…} returns
 * changes, {@link #apply} enters them after they are on disk. Belongs to one thread.
 */
public final class DeviceTable {
    private int maxDevices;
    private int total;

    /** Those used last at the end. */
    private final LinkedHashMap<MacAddress, Device> devices = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<IpAddress, MacAddress> holders = new HashMap<>();
    private final Contests contests = new Contests();

    /** What a sighting at an address means for who has it. */
    private enum Move {
        /** Nobody else had it. */
        NONE,
        /** Another one had it until now. */
        MOVED,
        /** Another one had it, and before that, a moment ago, the one that is seen now. */
        CONTESTED,
        /** It was fought for, and now is where the events do not say it is. */
        SETTLED
    }

    /**
     * A table that holds what the store held.
     *
     * @param maxDevices how many devices it takes; sightings of further ones change nothing
     */
    public DeviceTable(Collection<Device> stored, int maxDevices) {
        this(stored, stored.size(), maxDevices);
    }

    /**
     * A table that holds a part of what the store holds.
     *
     * @param newest those seen last, oldest first
     * @param total how many the store holds
     * @param maxDevices how many devices there may be in all; sightings of further ones change nothing
     */
    public DeviceTable(Collection<Device> newest, int total, int maxDevices) {
        this.maxDevices = maxDevices;
        this.total = total;
        newest.forEach(this::enter);
    }

    /** True where every device is in memory, so that none needs to be brought in. */
    public boolean isWhole() {
        return devices.size() == total;
    }

    /** True where the device is in memory. */
    public boolean holds(MacAddress mac) {
        return devices.containsKey(mac);
    }

    /** Brings in a device from the store; one that is here already stays as it is. */
    public void load(Device stored) {
        if (!devices.containsKey(stored.mac())) {
            enter(stored);
        }
    }

    /** Lets go of those used longest ago until so many are left in memory. What they are in the store they stay. */
    public void trim(int inMemory) {
        Iterator<Device> eldest = devices.values().iterator();
        while (devices.size() > inMemory) {
            Device device = eldest.next();
            eldest.remove();
            device.addresses().forEach(seen -> holders.remove(seen.address(), device.mac()));
        }
    }

    /** Takes so many devices from now on; those it has stay. */
    public void limit(int devicesAtMost) {
        maxDevices = devicesAtMost;
    }

    /** How many devices there are, in memory or in the store. */
    public int size() {
        return total;
    }

    /** The device with this address, or null. */
    public @Nullable Device get(MacAddress mac) {
        return devices.get(mac);
    }

    /**
     * What a sighting changes: first the device that loses the address, then the one that was seen. Empty where the table
     * is full. An address that comes back to a device which had it a moment ago moves without being told of: two that fight for
     * it would fill the stream, and a finding of the roll call tells of the fight.
     */
    public List<DeviceChange> decideSeen(Sighting sighting, Instant now) {
        Device before = devices.get(sighting.mac());
        if (before == null && total >= maxDevices) {
            return List.of();
        }
        IpAddress address = sighting.address();
        Move move = address == null ? Move.NONE : move(sighting.mac(), address, now);
        List<DeviceChange> changes = new ArrayList<>();
        if (address != null) {
            decideLost(move, sighting.mac(), address, now).ifPresent(changes::add);
        }
        changes.add(before == null ? discovered(sighting, now) : seenAgain(before, sighting, move, now));
        return changes;
    }

    private Move move(MacAddress to, IpAddress address, Instant now) {
        MacAddress holder = holders.get(address);
        if (holder == null) {
            return Move.NONE;
        }
        if (holder.equals(to)) {
            return contests.wronglyTold(address, to, now) == null ? Move.NONE : Move.SETTLED;
        }
        Device device = devices.get(to);
        return device != null && device.hadJustNow(address, now) ? Move.CONTESTED : Move.MOVED;
    }

    /** What it means for the device that does not have the address any more. */
    private Optional<DeviceChange> decideLost(Move move, MacAddress to, IpAddress address, Instant now) {
        return switch (move) {
            case NONE -> Optional.empty();
            case MOVED -> {
                Device holder = holder(address);
                yield Optional.of(new DeviceChange.Changed(holder, holder.without(address), Set.of("addresses")));
            }
            case CONTESTED ->
                Optional.of(new DeviceChange.Contested(holder(address).without(address), address, now));
            case SETTLED ->
                Optional.ofNullable(contests.wronglyTold(address, to, now))
                        .map(devices::get)
                        .map(told -> new DeviceChange.Changed(told.holding(address), told, Set.of("addresses")));
        };
    }

    private Device holder(IpAddress address) {
        return Objects.requireNonNull(devices.get(holders.get(address)), "every holder is a device");
    }

    private static DeviceChange discovered(Sighting sighting, Instant now) {
        Device blank = new Device(sighting.mac(), null, null, List.of(), List.of(), now, now, Map.of());
        return new DeviceChange.Discovered(updated(blank, sighting, now));
    }

    private static DeviceChange seenAgain(Device before, Sighting sighting, Move move, Instant now) {
        Device after = updated(before, sighting, now);
        IpAddress address = sighting.address();
        Set<String> fields = new TreeSet<>();
        boolean isNew =
                move == Move.NONE && address != null && isNewAddress(before, address) && !before.hasAsManyAsAreKept();
        if (isNew || move == Move.MOVED || move == Move.SETTLED) {
            fields.add("addresses");
        }
        if (!Objects.equals(before.hostname(), after.hostname())) {
            fields.add("hostname");
        }
        Device asTold = move == Move.SETTLED && address != null ? before.without(address) : before;
        return fields.isEmpty() ? new DeviceChange.Touched(after) : new DeviceChange.Changed(asTold, after, fields);
    }

    /** A device that comes back to the address it had last has not changed its address. */
    private static boolean isNewAddress(Device before, IpAddress address) {
        return before.addresses().stream()
                .filter(seen -> seen.address().v6() == address.v6())
                .findFirst()
                .map(newest -> !newest.address().equals(address) && !before.has(address))
                .orElse(true);
    }

    private static Device updated(Device device, Sighting sighting, Instant now) {
        List<SeenAddress> addresses = new ArrayList<>(device.addresses());
        IpAddress address = sighting.address();
        if (address != null) {
            SeenAddress known = addresses.stream()
                    .filter(seen -> seen.address().equals(address))
                    .findFirst()
                    .orElse(new SeenAddress(address, sighting.source(), now, now, true));
            addresses.remove(known);
            addresses.addFirst(known.seen(sighting.source(), now));
        }
        Map<String, String> details = new HashMap<>(device.details());
        sighting.details().forEach((key, value) -> {
            if (details.size() < Device.MAX_DETAILS || details.containsKey(key)) {
                details.put(key, value);
            }
        });
        return device.with(
                atMost(Device.MAX_NAMES, named(device, sighting, now)),
                atMost(Device.MAX_ADDRESSES, addresses),
                now,
                details);
    }

    /** A name said again keeps its place, or two sources that disagree would change the device at every sighting. */
    private static List<SeenName> named(Device device, Sighting sighting, Instant now) {
        String hostname = sighting.hostname();
        return hostname == null ? device.names() : named(device, hostname, sighting.source(), now);
    }

    private static List<SeenName> named(Device device, String hostname, String source, Instant now) {
        List<SeenName> names = new ArrayList<>(device.names());
        SeenName said = new SeenName(hostname, source, now);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).source().equals(source)) {
                if (names.get(i).name().equals(hostname)) {
                    names.set(i, said);
                    return names;
                }
                names.remove(i);
                break;
            }
        }
        names.addFirst(said);
        return names;
    }

    private static <T> List<T> atMost(int count, List<T> items) {
        return items.size() <= count ? items : items.subList(0, count);
    }

    /** What the end of a lease changes: the address is no longer current. Empty where it was not. */
    public Optional<DeviceChange> decideLeft(MacAddress mac, IpAddress address) {
        Device device = devices.get(mac);
        return device == null || !device.has(address)
                ? Optional.empty()
                : Optional.of(new DeviceChange.Touched(device.without(address)));
    }

    /**
     * What it changes that somebody knew the name of a device when asked: no sign of life. Empty for an unknown device, for one
     * that does not have the address any more, and where nothing is new.
     */
    public Optional<DeviceChange> decideNamed(
            MacAddress mac, IpAddress address, String hostname, String source, Instant now) {
        Device before = devices.get(mac);
        if (before == null
                || !before.has(address)
                || before.names().stream()
                        .anyMatch(seen ->
                                seen.source().equals(source) && seen.name().equals(hostname))) {
            return Optional.empty();
        }
        Device after = before.with(
                atMost(Device.MAX_NAMES, named(before, hostname, source, now)),
                before.addresses(),
                before.lastSeenAt(),
                before.details());
        return Optional.of(
                Objects.equals(before.hostname(), after.hostname())
                        ? new DeviceChange.Touched(after)
                        : new DeviceChange.Changed(before, after, Set.of("hostname")));
    }

    /**
     * What it changes that somebody who knows tells of a device: no sign of life. An address that another device has now stays
     * there.
     *
     * @return empty where nothing is new, or the table is full
     */
    public Optional<DeviceChange> decideRegistered(
            MacAddress mac, @Nullable IpAddress address, String source, Instant now) {
        Device before = devices.get(mac);
        boolean isFree = address != null && mac.equals(holders.getOrDefault(address, mac));
        Sighting told = new Sighting(mac, isFree ? address : null, null, source, Evidence.DHCP, Map.of());
        if (before == null) {
            return total >= maxDevices ? Optional.empty() : Optional.of(discovered(told, now));
        }
        DeviceChange change = seenAgain(before, told, Move.NONE, now);
        Device after = change.device();
        Device still = after.with(after.names(), after.addresses(), before.lastSeenAt(), after.details());
        if (still.sameButForTimes(before)) {
            return Optional.empty();
        }
        return Optional.of(
                change instanceof DeviceChange.Changed changed
                        ? new DeviceChange.Changed(before, still, changed.fields())
                        : new DeviceChange.Touched(still));
    }

    /** What the owner's words change; empty for an unknown device or no difference. */
    public Optional<DeviceChange> decideCalled(MacAddress mac, @Nullable String name, @Nullable String notes) {
        Device before = devices.get(mac);
        if (before == null) {
            return Optional.empty();
        }
        Set<String> fields = new TreeSet<>();
        if (!Objects.equals(before.name(), name)) {
            fields.add("name");
        }
        if (!Objects.equals(before.notes(), notes)) {
            fields.add("notes");
        }
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeviceChange.Changed(before, before.called(name, notes), fields));
    }

    /** Enters what was decided and committed. */
    public void apply(List<DeviceChange> changes) {
        for (DeviceChange change : changes) {
            if (change instanceof DeviceChange.Discovered found
                    && !devices.containsKey(found.device().mac())) {
                total++;
            }
            enter(change.device());
            remember(change);
        }
    }

    private void remember(DeviceChange change) {
        switch (change) {
            case DeviceChange.Contested(Device loser, IpAddress address, Instant at) ->
                contests.lost(loser.mac(), address, at);
            case DeviceChange.Changed changed
            when changed.fields().contains("addresses") -> contests.told(changed.device());
            case DeviceChange.Changed _, DeviceChange.Discovered _, DeviceChange.Touched _ -> {}
        }
    }

    private void enter(Device device) {
        Device before = devices.put(device.mac(), device);
        if (before != null) {
            before.addresses().forEach(seen -> holders.remove(seen.address(), device.mac()));
        }
        device.addresses().stream()
                .filter(SeenAddress::current)
                .forEach(seen -> holders.put(seen.address(), device.mac()));
    }
}
