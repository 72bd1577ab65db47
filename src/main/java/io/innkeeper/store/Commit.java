package io.innkeeper.store;

import io.innkeeper.device.DeviceChange;
import io.innkeeper.lease.LeaseChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision changes; written together with its events, all or nothing.
 *
 * @param leases in the order in which they happened
 * @param devices in the order in which they happened
 * @param at when
 * @param position how far this brings us in the lease journal; null where it has nothing to do with that
 */
public record Commit(
        List<LeaseChange> leases,
        List<DeviceChange> devices,
        Instant at,
        @Nullable JournalPosition position) {
    /** A commit that has nothing to do with the lease journal. */
    public Commit(List<LeaseChange> leases, List<DeviceChange> devices, Instant at) {
        this(leases, devices, at, null);
    }

    /** Copies the lists. */
    public Commit {
        leases = List.copyOf(leases);
        devices = List.copyOf(devices);
    }
}
