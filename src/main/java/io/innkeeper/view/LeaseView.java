package io.innkeeper.view;

import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lease as JSON.
 *
 * @param address the address leased
 * @param family 4 or 6
 * @param mac the holder's hardware address
 * @param clientId client identifier or DUID, hex
 * @param hostname the name the client has with the server
 * @param state active, released, expired or declined
 * @param origin the kind of source, such as dnsmasq
 * @param source the name of the source
 * @param allocation static or dynamic
 * @param allocationReason the configuration line that fixes the address
 * @param startedAt when the binding began, as far as known
 * @param expiresAt when it ends; null where it never does or nobody knows, see expiry
 * @param expiry at, infinite or unknown
 * @param lifetimeSeconds the granted length, where known
 * @param subnet the network of the address
 * @param iaid the identity association of a DHCPv6 lease
 * @param temporary true for a DHCPv6 temporary address
 * @param vendor who made the device, from the IEEE registry
 * @param deviceName what its owner calls the device
 * @param randomMac true for a locally administered hardware address
 * @param details what else the source told
 */
public record LeaseView(
        String address,
        int family,
        @Nullable String mac,
        @Nullable String clientId,
        @Nullable String hostname,
        String state,
        String origin,
        String source,
        String allocation,
        @Nullable String allocationReason,
        Instant startedAt,
        @Nullable Instant expiresAt,
        String expiry,
        @Nullable Long lifetimeSeconds,
        @Nullable String subnet,
        @Nullable Long iaid,
        boolean temporary,
        @Nullable String vendor,
        @Nullable String deviceName,
        boolean randomMac,
        Map<String, String> details) {

    /** The view of a lease whose device has this vendor and this name. */
    public static LeaseView of(Lease lease, @Nullable String vendor, @Nullable String deviceName) {
        LeaseFact fact = lease.fact();
        Expiry expiry = fact.expiry();
        return new LeaseView(
                fact.address().toString(),
                fact.address().v6() ? 6 : 4,
                text(fact.mac()),
                text(fact.clientId()),
                fact.hostname(),
                lease.state().text(),
                lease.source().origin(),
                lease.source().name(),
                fact.allocation().text(),
                fact.allocationReason(),
                lease.startedAt(),
                expiry.at(),
                expiry.kind().name().toLowerCase(Locale.ROOT),
                expiry.lifetime() == null ? null : expiry.lifetime().toSeconds(),
                text(fact.subnet()),
                fact.iaid(),
                fact.temporary(),
                vendor,
                deviceName,
                fact.mac() != null && fact.mac().isLocallyAdministered(),
                fact.details());
    }

    /** As {@link Json} writes it. */
    void write(JsonText json) {
        json.open()
                .field("address", address)
                .field("family", (long) family)
                .field("mac", mac)
                .field("clientId", clientId)
                .field("hostname", hostname)
                .field("state", state)
                .field("origin", origin)
                .field("source", source)
                .field("allocation", allocation)
                .field("allocationReason", allocationReason)
                .field("startedAt", startedAt)
                .field("expiresAt", expiresAt)
                .field("expiry", expiry)
                .field("lifetimeSeconds", lifetimeSeconds)
                .field("subnet", subnet)
                .field("iaid", iaid)
                .field("temporary", temporary)
                .field("vendor", vendor)
                .field("deviceName", deviceName)
                .field("randomMac", randomMac)
                .field("details", details)
                .close();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
