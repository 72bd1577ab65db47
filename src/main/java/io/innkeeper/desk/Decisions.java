package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.EventBodies;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    /**
     * The outcome of one piece of work.
     *
     * @param leases what to store of leases
     * @param devices what to store of devices
     * @param events what to tell
     */
    record Outcome(List<LeaseChange> leases, List<DeviceChange> devices, List<EventDraft> events) {
        boolean isEmpty() {
            return leases.isEmpty() && devices.isEmpty() && events.isEmpty();
        }
    }

    private final LeaseBook book;
    private final DeviceTable table;
    private final IntSupplier maxDevices;
    private final Function<MacAddress, @Nullable String> vendorOf;

    Decisions(
            LeaseBook book,
            DeviceTable table,
            IntSupplier maxDevices,
            Function<MacAddress, @Nullable String> vendorOf) {
        this.maxDevices = maxDevices;
        this.book = book;
        this.table = table;
        this.vendorOf = vendorOf;
    }

    /** The device as the table has it now. */
    Optional<Device> device(MacAddress mac) {
        return Optional.ofNullable(table.get(mac));
    }

    Outcome report(LeaseReport report, Instant now) {
        table.limit(maxDevices.getAsInt());
        List<LeaseChange> leases = book.decide(report, now);
        book.apply(leases);
        List<DeviceChange> devices = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        tell(leases, report.via(), now, devices, events);
        return new Outcome(leases, devices, events);
    }

    private void tell(
            List<LeaseChange> leases, String via, Instant now, List<DeviceChange> devices, List<EventDraft> events) {
        for (LeaseChange change : leases) {
            leaseEvent(change, via, now).ifPresent(events::add);
            MacAddress mac = change.lease().mac();
            if (mac != null) {
                List<DeviceChange> seen = change instanceof LeaseChange.Ended
                        ? table.decideLeft(mac, change.lease().address()).stream()
                                .toList()
                        : table.decideSeen(sighting(mac, change.lease()), now);
                enter(seen, change.lease(), now, devices, events);
            }
        }
    }

    /**
     * What a piece of the lease journal changes, each change at its own time.
     *
     * @param own the leases of our own server that it may be about
     */
    Outcome own(OwnWork work, LeaseBook own, Instant now) {
        table.limit(maxDevices.getAsInt());
        List<LeaseChange> leases = new ArrayList<>();
        List<DeviceChange> devices = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        if (work.whole() != null) {
            Set<IpAddress> there = work.changes().stream()
                    .map(change -> change.fact().address())
                    .collect(Collectors.toSet());
            for (Lease lease : own.of(LeaseSource.SERVER)) {
                if (!there.contains(lease.address())) {
                    enterOwn(own, own.decideGone(lease.key(), now), now, leases, devices, events);
                }
            }
        }
        for (OwnChange change : work.changes()) {
            List<LeaseChange> decided = decide(own, change);
            enterOwn(own, decided, change.at(), leases, devices, events);
            if (decided.isEmpty() && change.state() == LeaseState.DECLINED && work.whole() == null) {
                Lease nobodys = new Lease(LeaseSource.SERVER, change.fact(), LeaseState.DECLINED, change.startedAt());
                events.add(EventBodies.lease(
                        EventType.LEASE_DECLINED, change.at(), LeaseSource.DHCP4, view(nobodys), null, Set.of()));
            }
        }
        return new Outcome(leases, devices, events);
    }

    private static List<LeaseChange> decide(LeaseBook own, OwnChange change) {
        Lease.Key key = new Lease.Key(LeaseSource.SERVER, change.fact().address());
        return change.state() == LeaseState.ACTIVE
                ? own.decideHeld(LeaseSource.SERVER, change.fact(), change.startedAt(), change.at())
                : own.decideEnded(key, change.state(), change.at());
    }

    private void enterOwn(
            LeaseBook own,
            List<LeaseChange> decided,
            Instant at,
            List<LeaseChange> leases,
            List<DeviceChange> devices,
            List<EventDraft> events) {
        own.apply(decided);
        leases.addAll(decided);
        tell(decided, LeaseSource.DHCP4, at, devices, events);
    }

    /** Lets go of devices that were not used lately, until so many are in memory. */
    void trim(int devicesInMemory) {
        table.trim(devicesInMemory);
    }

    private static Sighting sighting(MacAddress mac, Lease lease) {
        return new Sighting(
                mac,
                lease.address(),
                lease.fact().hostname(),
                lease.source().toString(),
                lease.source().equals(LeaseSource.SERVER) ? Evidence.DHCP : Evidence.DNSMASQ,
                lease.fact().details());
    }

    private Optional<EventDraft> leaseEvent(LeaseChange change, String via, Instant now) {
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
        return LeaseView.of(lease, mac == null ? null : vendorOf.apply(mac), device == null ? null : device.name());
    }

    private void enter(
            List<DeviceChange> changes,
            @Nullable Lease lease,
            Instant now,
            List<DeviceChange> devices,
            List<EventDraft> events) {
        table.apply(changes);
        devices.addAll(changes);
        changes.forEach(change -> deviceEvent(change, lease, now).ifPresent(events::add));
    }

    private Optional<EventDraft> deviceEvent(DeviceChange change, @Nullable Lease lease, Instant now) {
        return switch (change) {
            case DeviceChange.Discovered found ->
                Optional.of(EventBodies.device(
                        EventType.DEVICE_DISCOVERED, now, view(found.device(), lease), null, Set.of()));
            case DeviceChange.Changed changed ->
                Optional.of(EventBodies.device(
                        EventType.DEVICE_CHANGED,
                        now,
                        view(changed.device(), lease),
                        view(changed.before(), lease),
                        changed.fields()));
            case DeviceChange.Touched _ -> Optional.empty();
        };
    }

    private DeviceView view(Device device, @Nullable Lease lease) {
        String allocation = lease == null || !Objects.equals(device.mac(), lease.mac())
                ? null
                : lease.fact().allocation().text();
        return DeviceView.of(device, vendorOf.apply(device.mac()), allocation);
    }

    Outcome seen(Sighting sighting, Instant now) {
        table.limit(maxDevices.getAsInt());
        return devices(table.decideSeen(sighting, now), now);
    }

    Outcome seen(List<Sighting> sightings, Instant now) {
        table.limit(maxDevices.getAsInt());
        List<DeviceChange> devices = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        sightings.forEach(sighting -> enter(table.decideSeen(sighting, now), null, now, devices, events));
        return new Outcome(List.of(), devices, events);
    }

    Outcome called(MacAddress mac, UnaryOperator<OwnersWords> change, Instant now) {
        Device device = table.get(mac);
        if (device == null) {
            return devices(List.of(), now);
        }
        OwnersWords words = change.apply(new OwnersWords(device.name(), device.notes()));
        return devices(
                table.decideCalled(mac, words.name(), words.notes()).stream().toList(), now);
    }

    private Outcome devices(List<DeviceChange> changes, Instant now) {
        List<DeviceChange> devices = new ArrayList<>();
        List<EventDraft> events = new ArrayList<>();
        enter(changes, null, now, devices, events);
        return new Outcome(List.of(), devices, events);
    }

    Outcome forget(LeaseSource source, Instant now) {
        List<LeaseChange> leases = new ArrayList<>();
        List<DeviceChange> devices = new ArrayList<>();
        for (Lease lease : book.of(source)) {
            leases.add(new LeaseChange.Ended(lease.in(LeaseState.FORGOTTEN)));
            MacAddress mac = lease.mac();
            if (mac != null) {
                List<DeviceChange> left =
                        table.decideLeft(mac, lease.address()).stream().toList();
                table.apply(left);
                devices.addAll(left);
            }
        }
        book.apply(leases);
        return new Outcome(leases, devices, List.of());
    }
}
