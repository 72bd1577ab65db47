package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of one lease at one moment; {@link LeaseBook} makes a {@link Lease} of it.
 *
 * @param address the address leased
 * @param mac the holder's hardware address, where the source knows it
 * @param clientId the client identifier or DUID, where given
 * @param hostname the name, where given
 * @param expiry when it ends
 * @param iaid the identity association of a DHCPv6 lease (RFC 8415 §4.2), else null
 * @param temporary true for a DHCPv6 temporary address (IA_TA)
 * @param allocation fixed by configuration or taken from a pool
 * @param allocationReason the configuration line that fixes the address ({@code file:line: text}), else null
 * @param subnet the network the address lies in, where known
 * @param details what else the source told (vendor class, tags, relay …); at most {@value #MAX_DETAILS} short entries
 */
public record LeaseFact(
        IpAddress address,
        @Nullable MacAddress mac,
        @Nullable ClientId clientId,
        @Nullable String hostname,
        Expiry expiry,
        @Nullable Long iaid,
        boolean temporary,
        Allocation allocation,
        @Nullable String allocationReason,
        @Nullable Prefix subnet,
        Map<String, String> details) {
    /** The most details a lease carries. */
    public static final int MAX_DETAILS = 32;

    /** @throws IllegalArgumentException for more than {@value #MAX_DETAILS} details */
    public LeaseFact {
        if (details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("more than " + MAX_DETAILS + " details");
        }
        details = Details.of(details);
    }
}
