package io.innkeeper.store;

import io.innkeeper.device.DeviceChange;
import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.PresenceChange;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one decision changes; written together with its events, all or nothing.
 *
 * @param leases in the order in which they happened
 * @param devices in the order in which they happened
 * @param presences in the order in which they happened
 * @param links what is thought of pairs of devices
 * @param clients the client identifiers by which devices can be found again; of devices that have a presence
 * @param names what systems are called now, in the order in which it was decided
 * @param at when
 * @param position how far this brings us in the lease journal; null where it has nothing to do with that
 * @param places how far this brings readers of logs, by the name of the reader
 */
public record Commit(
        List<LeaseChange> leases,
        List<DeviceChange> devices,
        List<PresenceChange> presences,
        List<DeviceLink> links,
        Map<MacAddress, ClientId> clients,
        List<SystemName> names,
        Instant at,
        @Nullable JournalPosition position,
        Map<String, String> places) {
    /** A commit of leases and devices that has nothing to do with the lease journal. */
    public Commit(List<LeaseChange> leases, List<DeviceChange> devices, Instant at) {
        this(leases, devices, List.of(), List.of(), Map.of(), List.of(), at, null, Map.of());
    }

    /** Copies the lists. */
    public Commit {
        leases = List.copyOf(leases);
        devices = List.copyOf(devices);
        presences = List.copyOf(presences);
        links = List.copyOf(links);
        clients = Map.copyOf(clients);
        places = Map.copyOf(places);
        names = List.copyOf(names);
    }
}
