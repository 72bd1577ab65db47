package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.DhcpHost;
import io.innkeeper.wire.dnsmasq.HardwarePattern;
import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;

/** How a configured host is recognised in a lease, in the order in which dnsmasq looks. */
enum HostMatch {
    /** The client identifier or DUID is the same. */
    CLIENT_ID,
    /** The whole hardware address is the same. */
    MAC,
    /** The line names no hardware and no identifier, and the name is the same. */
    NAME,
    /** The hardware address fits a pattern with wildcards. */
    MAC_PATTERN,
    /**
     * A DHCPv6 lease does not tell a hardware address, and the line asks only for one. dnsmasq gives a configured address to
     * nobody else, so whoever holds it was recognised by dnsmasq.
     */
    ADDRESS_ALONE;

    /** How the line recognises the holder; empty where it does not. */
    static Optional<HostMatch> of(DhcpHost host, LeaseHolder holder) {
        if (host.clientId() != null && holder.clientIds().contains(host.clientId())) {
            return Optional.of(CLIENT_ID);
        }
        MacAddress mac = holder.mac();
        Optional<HardwarePattern> pattern = mac == null
                ? Optional.empty()
                : host.hardware().stream().filter(p -> p.matches(mac)).min(HostMatch::fewerWildcards);
        if (pattern.isPresent() && pattern.get().wildcards() == 0) {
            return Optional.of(MAC);
        }
        String name = host.nameToMatch();
        if (name != null && LeaseHolder.label(name).equals(holder.name())) {
            return Optional.of(NAME);
        }
        if (pattern.isPresent()) {
            return Optional.of(MAC_PATTERN);
        }
        boolean askedForMac = !host.hardware().isEmpty() && host.clientId() == null;
        return holder.address().v6() && !holder.macTold() && askedForMac
                ? Optional.of(ADDRESS_ALONE)
                : Optional.empty();
    }

    private static int fewerWildcards(HardwarePattern one, HardwarePattern other) {
        return Integer.compare(one.wildcards(), other.wildcards());
    }
}
