package io.innkeeper.store;

import io.innkeeper.device.DeviceChange;
import io.innkeeper.lease.LeaseChange;
import java.time.Instant;
import java.util.List;

/**
 * What one decision changes; written together with its events, all or nothing.
 *
 * @param leases in the order in which they happened
 * @param devices in the order in which they happened
 * @param at when
 */
public record Commit(List<LeaseChange> leases, List<DeviceChange> devices, Instant at) {
    /** Copies the lists. */
    public Commit {
        leases = List.copyOf(leases);
        devices = List.copyOf(devices);
    }
}
