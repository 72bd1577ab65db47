package io.innkeeper.lease;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import java.util.Set;

/**
 * What a source noticed in one look: the leases that are there or differ from the look before, and the addresses that are
 * certainly no longer leased. Addresses that it does not mention stay as they are.
 *
 * @param source who says so
 * @param seen leases that are there
 * @param gone addresses whose lease has ended
 * @param via through what it was noticed, for the event: {@code file}, {@code script}, …
 */
public record LeaseReport(LeaseSource source, List<LeaseFact> seen, Set<IpAddress> gone, String via) {
    /** Copies both collections. */
    public LeaseReport {
        seen = List.copyOf(seen);
        gone = Set.copyOf(gone);
    }

    /** True where there is nothing to say. */
    public boolean isEmpty() {
        return seen.isEmpty() && gone.isEmpty();
    }
}
