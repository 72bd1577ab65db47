package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.lease.AddressPool;
import io.innkeeper.wire.net.ClientId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client that has a subnet and an identity.
 *
 * @param request as it came
 * @param client the identity
 * @param subnet where the client is; it may get an address of any subnet of the same network
 * @param classes as {@link PlanIndex#classesOf} gives them
 * @param reservation its own; null for none
 * @param pools those that it may have addresses of, in the order of their use
 */
record Situation(
        Request request,
        ClientId client,
        IndexedSubnet subnet,
        long classes,
        @Nullable IndexedReservation reservation,
        List<AddressPool> pools) {
    /** The address that is reserved for it; 0 for none. */
    int reservedAddress() {
        return reservation == null ? 0 : reservation.reserved.address();
    }
}
