package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Sighting;
import io.innkeeper.feed.ClientWord;
import io.innkeeper.feed.LogReport;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.store.Lookup;
import io.innkeeper.store.StoreException;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings into memory, before a decision, what it is about: a million devices and leases of our own are in the store only. Where
 * all devices are in memory there is nothing to bring. Belongs to the desk's thread.
 */
final class DeskMemory {
    private final Lookup lookup;
    private final LeaseBook book;
    private final DeviceTable table;
    private final Attendance attendance;

    DeskMemory(Lookup lookup, LeaseBook book, DeviceTable table, Attendance attendance) {
        this.attendance = attendance;
        this.lookup = lookup;
        this.book = book;
        this.table = table;
    }

    void forReport(LeaseReport report) {
        forReports(List.of(report));
    }

    private void forReports(List<LeaseReport> reports) {
        attendance
                .naming()
                .bring(reports.stream()
                        .flatMap(report -> report.seen().stream())
                        .flatMap(fact -> coming(fact).stream())
                        .toList());
        if (table.isWhole()) {
            return;
        }
        Set<IpAddress> addresses = new HashSet<>();
        List<MacAddress> macs = new ArrayList<>();
        for (LeaseReport report : reports) {
            addresses.addAll(report.gone());
            for (LeaseFact fact : report.seen()) {
                addresses.add(fact.address());
                add(macs, fact.mac());
            }
        }
        lookup.leasesAt(addresses).forEach(lease -> add(macs, lease.mac()));
        devices(macs);
    }

    void forClients(List<ClientWord> words) {
        forReports(
                words.stream().flatMap(word -> word.report().leases().stream()).toList());
    }

    void forLog(LogReport report) {
        forReports(report.leases());
        forSightings(report.sightings());
    }

    private static Optional<Naming.Coming> coming(LeaseFact fact) {
        return Optional.ofNullable(fact.mac())
                .map(mac -> new Naming.Coming(mac, fact.hostname(), fact.address(), fact.subnet()));
    }

    private static Naming.Coming coming(Sighting sighting) {
        return new Naming.Coming(sighting.mac(), sighting.hostname(), sighting.address(), null);
    }

    void forSource(LeaseSource source) {
        devices(macs(book.of(source).stream()));
    }

    void forDevice(MacAddress mac, @Nullable IpAddress address) {
        attendance.naming().bring(List.of(new Naming.Coming(mac, null, address, null)));
        if (table.isWhole()) {
            return;
        }
        List<MacAddress> macs = new ArrayList<>(List.of(mac));
        if (address != null) {
            lookup.leasesAt(List.of(address)).forEach(lease -> add(macs, lease.mac()));
        }
        devices(macs);
    }

    void forRegistration(SystemRegistration system) {
        forDevice(system.mac(), system.address());
    }

    void forSightings(Collection<Sighting> sightings) {
        attendance.naming().bring(sightings.stream().map(DeskMemory::coming).toList());
        if (table.isWhole()) {
            return;
        }
        List<MacAddress> macs = new ArrayList<>();
        Set<IpAddress> addresses = new HashSet<>();
        for (Sighting sighting : sightings) {
            macs.add(sighting.mac());
            if (sighting.address() != null && !table.holds(sighting.mac())) {
                addresses.add(sighting.address());
            }
        }
        lookup.leasesAt(addresses).forEach(lease -> add(macs, lease.mac()));
        devices(macs);
    }

    /** The leases of our own that a piece of the journal may change. */
    LeaseBook forOwn(OwnWork work) {
        attendance
                .naming()
                .bring(work.changes().stream()
                        .flatMap(change -> coming(change.fact()).stream())
                        .toList());
        Set<IpAddress> addresses = new LinkedHashSet<>();
        List<MacAddress> macs = new ArrayList<>();
        for (OwnChange change : work.changes()) {
            addresses.add(change.fact().address());
            add(macs, change.fact().mac());
        }
        List<Lease> here = lookup.leasesAt(addresses);
        here.forEach(lease -> add(macs, lease.mac()));
        List<Lease> own = new ArrayList<>();
        if (work.whole() != null) {
            own.addAll(lookup.leases(
                    LeaseSource.SERVER, work.whole().from(), work.whole().to()));
            own.forEach(lease -> add(macs, lease.mac()));
        } else {
            here.stream()
                    .filter(lease -> lease.source().equals(LeaseSource.SERVER))
                    .forEach(own::add);
        }
        devices(macs);
        return new LeaseBook(own);
    }

    private static List<MacAddress> macs(Stream<Lease> leases) {
        List<MacAddress> macs = new ArrayList<>();
        leases.forEach(lease -> add(macs, lease.mac()));
        return macs;
    }

    private static void add(List<MacAddress> macs, @Nullable MacAddress mac) {
        if (mac != null) {
            macs.add(mac);
        }
    }

    /** A device that is not in memory, as stored; empty also where the store cannot be read. */
    Optional<Device> stored(MacAddress mac) {
        try {
            return lookup.devices(List.of(mac)).stream().findFirst();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** These, and whom they are linked to. */
    void forDevices(Collection<MacAddress> macs) {
        devices(macs);
    }

    private void devices(Collection<MacAddress> macs) {
        if (table.isWhole()) {
            return;
        }
        Set<MacAddress> missing = new LinkedHashSet<>(macs);
        macs.forEach(mac -> {
            MacAddress linked = attendance.linkedTo(mac);
            if (linked != null) {
                missing.add(linked);
            }
        });
        Set<MacAddress> unwatched = new LinkedHashSet<>(missing);
        missing.removeIf(table::holds);
        lookup.devices(missing).forEach(table::load);
        unwatched.removeIf(attendance::holds);
        lookup.presences(unwatched).forEach(attendance::load);
    }
}
