package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Presence;
import io.innkeeper.device.PresenceChange;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventType;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.EventBodies;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of work changes and which events tell of it: the book and the table asked in turn, their changes entered, the
 * events written in the order in which a follower should hear of them. Pure; belongs to the desk's thread.
 */
final class Decisions {
    /** Of a lease without an end. */
    private static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** For so long after it is looked at first, a source tells what was there before. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    /** Our own server says what it did. */
    private static final EventBodies.Seen OWN =
            new EventBodies.Seen(LeaseSource.DHCP4, new TreeSet<>(Set.of(LeaseSource.DHCP4)));

    private final Map<LeaseSource, Instant> firstLooks = new HashMap<>();
    private final LeaseBook book;
    private final DeviceTable table;
    private final Attendance attendance;
    private final Function<MacAddress, Optional<Device>> stored;
    private final IntSupplier maxDevices;
    private final Function<MacAddress, @Nullable String> vendorOf;

    /** @param stored a device that is not in memory, where the store can tell */
    Decisions(
            LeaseBook book,
            DeviceTable table,
            Attendance attendance,
            Function<MacAddress, Optional<Device>> stored,
            IntSupplier maxDevices,
            Function<MacAddress, @Nullable String> vendorOf) {
        this.maxDevices = maxDevices;
        this.book = book;
        this.table = table;
        this.attendance = attendance;
        this.stored = stored;
        this.vendorOf = vendorOf;
    }

    /** The device as the table has it now. */
    Optional<Device> device(MacAddress mac) {
        return Optional.ofNullable(table.get(mac));
    }

    Outcome report(LeaseReport report, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        report(report, now, out);
        return out;
    }

    private void report(LeaseReport report, Instant now, Outcome out) {
        List<LeaseChange> leases = book.decide(report, now);
        book.apply(leases);
        out.leases.addAll(leases);
        tell(leases, new EventBodies.Seen(report.via(), report.sources()), now, now, out);
    }

    /** What DHCP clients of this machine told: first their leases, then what is published of them. */
    Outcome clients(ClientReport report, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        report.leases().forEach(leases -> report(leases, now, out));
        report.events().forEach(event -> out.events.add(HeardEvents.of(event)));
        out.places.addAll(report.places());
        return out;
    }

    /** What was read of a log: messages, what they did to leases, who was seen; and how far it is read with that. */
    Outcome heard(LogReport report, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        report.messages().forEach(message -> out.events.add(HeardEvents.of(message, report)));
        report.leases().forEach(leases -> report(leases, now, out));
        report.sightings().forEach(sighting -> seen(sighting, now, out));
        out.places.addAll(report.places());
        return out;
    }

    /** @param at when it was, where that is known better than {@code now} */
    private void tell(List<LeaseChange> leases, EventBodies.Seen via, Instant at, Instant now, Outcome out) {
        for (LeaseChange change : leases) {
            leaseEvent(change, via, at).ifPresent(out.events::add);
            MacAddress mac = change.lease().mac();
            if (mac == null) {
                continue;
            }
            if (change instanceof LeaseChange.Ended) {
                attendance.left(mac, change.lease().address());
                List<DeviceChange> left =
                        table.decideLeft(mac, change.lease().address()).stream().toList();
                enter(left, change.lease(), at, out);
            } else {
                leaseSeen(change, mac, at, now, out);
            }
        }
    }

    private void leaseSeen(LeaseChange change, MacAddress mac, Instant at, Instant now, Outcome out) {
        Lease lease = change.lease();
        Sighting sighting = sighting(mac, lease);
        List<DeviceChange> seen = table.decideSeen(sighting, at);
        Optional<PresenceChange> presence = Optional.empty();
        if (!seen.isEmpty()) {
            Instant spoke = SignOfLife.of(change, at, isFirstLook(lease.source(), now));
            if (spoke != null) {
                presence = attendance.seen(mac, lease.address(), sighting.evidence(), spoke, now, out);
            }
            Instant end = lease.fact().expiry().at();
            attendance.held(mac, lease.address(), end == null ? FOREVER : end);
            if (lease.fact().clientId() != null) {
                attendance.client(mac, lease.fact().clientId(), out);
            }
        }
        enter(seen, lease, at, out);
        presence.ifPresent(changed -> presenceEvent(changed, now, out));
    }

    /** What a source tells as soon as it is looked at was there before; our own server tells its times itself. */
    private boolean isFirstLook(LeaseSource source, Instant now) {
        if (source.equals(LeaseSource.SERVER)) {
            return false;
        }
        Instant first = firstLooks.computeIfAbsent(source, _ -> now);
        return Duration.between(first, now).abs().compareTo(FIRST_LOOK) <= 0;
    }

    private void presenceEvent(PresenceChange change, Instant now, Outcome out) {
        if (!change.came() && !change.went()) {
            return;
        }
        Presence presence = change.presence();
        Device held = table.get(presence.mac());
        Device device = held != null ? held : stored.apply(presence.mac()).orElseGet(() -> nothingBut(presence));
        EventType type = change.came() ? EventType.DEVICE_ONLINE : EventType.DEVICE_OFFLINE;
        out.events.add(EventBodies.presence(type, now, view(device, null), DeviceView.PresenceView.of(presence)));
    }

    private static Device nothingBut(Presence presence) {
        return new Device(
                presence.mac(),
                null,
                null,
                List.of(),
                List.of(),
                presence.hereSince(),
                presence.lastSeenAt(),
                Map.of());
    }

    /**
     * What a piece of the lease journal changes, each change at its own time.
     *
     * @param own the leases of our own server that it may be about
     */
    Outcome own(OwnWork work, LeaseBook own, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        if (work.whole() != null) {
            Set<IpAddress> there = work.changes().stream()
                    .map(change -> change.fact().address())
                    .collect(Collectors.toSet());
            for (Lease lease : own.of(LeaseSource.SERVER)) {
                if (!there.contains(lease.address())) {
                    enterOwn(own, own.decideGone(lease.key(), now), now, now, out);
                }
            }
        }
        for (OwnChange change : work.changes()) {
            List<LeaseChange> decided = decide(own, change);
            enterOwn(own, decided, change.at(), now, out);
            if (decided.isEmpty() && change.state() == LeaseState.DECLINED && work.whole() == null) {
                Lease nobodys = new Lease(LeaseSource.SERVER, change.fact(), LeaseState.DECLINED, change.startedAt());
                out.events.add(
                        EventBodies.lease(EventType.LEASE_DECLINED, change.at(), OWN, view(nobodys), null, Set.of()));
            }
        }
        return out;
    }

    private static List<LeaseChange> decide(LeaseBook own, OwnChange change) {
        Lease.Key key = new Lease.Key(LeaseSource.SERVER, change.fact().address());
        return change.state() == LeaseState.ACTIVE
                ? own.decideHeld(LeaseSource.SERVER, change.fact(), change.startedAt(), change.at())
                : own.decideEnded(key, change.state(), change.at());
    }

    private void enterOwn(LeaseBook own, List<LeaseChange> decided, Instant at, Instant now, Outcome out) {
        own.apply(decided);
        out.leases.addAll(decided);
        tell(decided, OWN, at, now, out);
    }

    /** Lets go of devices that were not used lately, until so many are in memory. */
    void trim(int devicesInMemory) {
        table.trim(devicesInMemory);
        attendance.naming().trim(devicesInMemory);
    }

    private static Sighting sighting(MacAddress mac, Lease lease) {
        return new Sighting(
                mac,
                lease.address(),
                lease.fact().hostname(),
                lease.source().toString(),
                evidence(lease.source()),
                lease.fact().details());
    }

    private static Evidence evidence(LeaseSource source) {
        return switch (source.origin()) {
            case LeaseSource.DHCP4 -> Evidence.DHCP;
            case LeaseSource.RDK -> Evidence.RDK;
            default -> Evidence.DNSMASQ;
        };
    }

    private Optional<EventDraft> leaseEvent(LeaseChange change, EventBodies.Seen via, Instant now) {
        LeaseView lease = view(change.lease());
        return switch (change) {
            case LeaseChange.Added _ ->
                Optional.of(EventBodies.lease(EventType.LEASE_ADDED, now, via, lease, null, Set.of()));
            case LeaseChange.Renewed renewed ->
                Optional.of(EventBodies.lease(
                        EventType.LEASE_RENEWED, now, via, lease, view(renewed.before()), Set.of("expiresAt")));
            case LeaseChange.Changed changed ->
                Optional.of(EventBodies.lease(
                        EventType.LEASE_CHANGED, now, via, lease, view(changed.before()), changed.fields()));
            case LeaseChange.Ended ended ->
                Optional.of(
                        EventBodies.lease(EventBodies.ended(ended.lease().state()), now, via, lease, null, Set.of()));
            case LeaseChange.Completed _ -> Optional.empty();
        };
    }

    private LeaseView view(Lease lease) {
        MacAddress mac = lease.mac();
        Device device = mac == null ? null : table.get(mac);
        return LeaseView.of(lease, mac == null ? null : vendorOf.apply(mac), attendance.nameOf(device, table));
    }

    private void enter(List<DeviceChange> changes, @Nullable Lease lease, Instant now, Outcome out) {
        enter(changes, lease, null, now, out);
    }

    /** @param registered what the system that is told of was registered as; null where nothing is said of it */
    private void enter(
            List<DeviceChange> changes, @Nullable Lease lease, @Nullable String registered, Instant now, Outcome out) {
        table.apply(changes);
        out.devices.addAll(changes);
        for (DeviceChange change : changes) {
            DeviceView before = change instanceof DeviceChange.Changed changed ? view(changed.before(), lease) : null;
            Outcome named = new Outcome();
            name(change.device(), lease, registered, now, named);
            deviceEvent(change, before, lease, now).ifPresent(out.events::add);
            out.names.addAll(named.names);
            out.events.addAll(named.events);
            attendance.suggest(change, table, now).ifPresent(link -> link(List.of(link), now, out));
        }
    }

    /** Decides what a system is called of which something was heard. */
    private void name(Device device, @Nullable Lease lease, @Nullable String registered, Instant now, Outcome out) {
        boolean its = lease != null && Objects.equals(device.mac(), lease.mac());
        attendance
                .naming()
                .heard(
                        device,
                        its ? lease : null,
                        registered,
                        of -> attendance.traits(of, vendorOf.apply(of.mac())),
                        mac -> table.holds(mac)
                                ? table.get(mac)
                                : stored.apply(mac).orElse(null),
                        now,
                        out);
    }

    /** Enters opinions of who is whom, and tells of the devices that they are about. */
    private void link(List<DeviceLink> links, Instant now, Outcome out) {
        for (DeviceLink link : links) {
            Device device = table.get(link.mac());
            if (device != null) {
                DeviceView before = view(device, null);
                attendance.enter(link, out);
                out.events.add(
                        EventBodies.device(EventType.DEVICE_CHANGED, now, view(device, null), before, Set.of("link")));
            }
        }
    }

    private Optional<EventDraft> deviceEvent(
            DeviceChange change, @Nullable DeviceView before, @Nullable Lease lease, Instant now) {
        return switch (change) {
            case DeviceChange.Discovered found ->
                Optional.of(EventBodies.device(
                        EventType.DEVICE_DISCOVERED, now, view(found.device(), lease), null, Set.of()));
            case DeviceChange.Changed changed ->
                Optional.of(EventBodies.device(
                        EventType.DEVICE_CHANGED, now, view(changed.device(), lease), before, changed.fields()));
            case DeviceChange.Touched _, DeviceChange.Contested _ -> Optional.empty();
        };
    }

    private DeviceView view(Device device, @Nullable Lease lease) {
        String allocation = lease == null || !Objects.equals(device.mac(), lease.mac())
                ? null
                : lease.fact().allocation().text();
        return DeviceView.of(device, attendance.beside(device, vendorOf.apply(device.mac()), allocation, table));
    }

    Outcome seen(List<Sighting> sightings, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        sightings.forEach(sighting -> seen(sighting, now, out));
        return out;
    }

    private void seen(Sighting sighting, Instant now, Outcome out) {
        MacAddress mac = sighting.mac();
        Device before = table.get(mac);
        List<DeviceChange> changes = table.decideSeen(sighting, now);
        if (changes.isEmpty()) {
            return;
        }
        Optional<PresenceChange> presence =
                attendance.seen(mac, sighting.address(), sighting.evidence(), now, now, out);
        if (before != null && SignOfLife.needNotBeStored(before, changes)) {
            table.apply(changes);
            name(changes.getFirst().device(), null, null, now, out);
        } else {
            enter(changes, null, now, out);
        }
        presence.ifPresent(change -> presenceEvent(change, now, out));
        link(attendance.refuted(mac, now), now, out);
    }

    Outcome named(MacAddress mac, IpAddress address, String hostname, String source, Instant now) {
        Outcome out = new Outcome();
        enter(table.decideNamed(mac, address, hostname, source, now).stream().toList(), null, now, out);
        return out;
    }

    /** Those whose time has come, after what nobody answered. */
    Outcome look(List<Signs.Silence> silences, Instant now) {
        Outcome out = new Outcome();
        silences.forEach(silence -> attendance.silent(silence.mac(), now));
        attendance.look(now, out).forEach(change -> presenceEvent(change, now, out));
        return out;
    }

    Outcome called(MacAddress mac, UnaryOperator<OwnersWords> change, Instant now) {
        Outcome out = new Outcome();
        Device device = table.get(mac);
        if (device != null) {
            OwnersWords words = change.apply(new OwnersWords(device.name(), device.notes()));
            enter(table.decideCalled(mac, words.name(), words.notes()).stream().toList(), null, now, out);
        }
        return out;
    }

    Outcome registered(SystemRegistration system, Instant now) {
        table.limit(maxDevices.getAsInt());
        Outcome out = new Outcome();
        String hostname = system.hostname();
        String label = HostNames.clean(hostname).orElse(null);
        String registered = hostname != null && hostname.isEmpty() ? "" : label;
        Optional<DeviceChange> change = table.decideRegistered(system.mac(), system.address(), system.source(), now);
        Device known = table.get(system.mac());
        if (change.isPresent()) {
            enter(change.stream().toList(), null, registered, now, out);
        } else if (known != null) {
            name(known, null, registered, now, out);
        }
        return out;
    }

    Outcome linked(MacAddress mac, MacAddress to, DeviceLink.State state, Instant now) {
        Outcome out = new Outcome();
        if (table.get(mac) != null && table.get(to) != null) {
            link(attendance.decided(mac, to, state, now), now, out);
        }
        return out;
    }

    Outcome forget(LeaseSource source, Instant now) {
        Outcome out = new Outcome();
        firstLooks.remove(source);
        for (Lease lease : book.of(source)) {
            out.leases.add(new LeaseChange.Ended(lease.in(LeaseState.FORGOTTEN)));
            MacAddress mac = lease.mac();
            if (mac != null) {
                attendance.left(mac, lease.address());
                List<DeviceChange> left =
                        table.decideLeft(mac, lease.address()).stream().toList();
                table.apply(left);
                out.devices.addAll(left);
            }
        }
        book.apply(out.leases);
        return out;
    }
}
