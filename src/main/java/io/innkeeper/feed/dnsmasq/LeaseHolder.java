package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the lease that is being classified.
 *
 * @param mac the hardware address; where a DHCPv6 lease tells none, the one in the DUID, if any
 * @param macTold true where the lease itself told it
 * @param clientIds the identifiers that a configured one may equal
 * @param name the first label of the name, lower case, or null
 * @param address the address leased
 */
record LeaseHolder(
        @Nullable MacAddress mac,
        boolean macTold,
        List<ClientId> clientIds,
        @Nullable String name,
        IpAddress address) {
    LeaseHolder(@Nullable MacAddress mac, @Nullable ClientId clientId, @Nullable String hostname, IpAddress address) {
        this(
                mac != null || clientId == null || !address.v6()
                        ? mac
                        : clientId.duidMac().orElse(null),
                mac != null,
                identifiers(clientId, address.v6()),
                hostname == null ? null : label(hostname),
                address);
    }

    /** As dnsmasq compares names: without domain, upper and lower case alike. */
    static String label(String hostname) {
        int dot = hostname.indexOf('.');
        return (dot < 0 ? hostname : hostname.substring(0, dot)).toLowerCase(Locale.ROOT);
    }

    /** Some IPv4 clients put a zero octet before a textual identifier; dnsmasq matches those without it too. */
    private static List<ClientId> identifiers(@Nullable ClientId clientId, boolean v6) {
        List<ClientId> identifiers = new ArrayList<>(2);
        if (clientId != null) {
            identifiers.add(clientId);
            byte[] octets = clientId.octets();
            if (!v6 && octets[0] == 0 && octets.length > 1) {
                identifiers.add(ClientId.of(Arrays.copyOfRange(octets, 1, octets.length)));
            }
        }
        return identifiers;
    }
}
