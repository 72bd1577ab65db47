package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.HostAddress;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the network of an address by look-up, one for each prefix length in use. */
final class Subnets {
    private static final int HOST_PART_BITS = 64;

    private final Set<Prefix> prefixes = new HashSet<>();
    private final int[] longestFirst;
    private final boolean oneV4Range;

    Subnets(List<DnsmasqRange> ranges, Collection<Prefix> local) {
        for (DnsmasqRange range : ranges) {
            Prefix subnet = range.range().subnet();
            if (subnet != null) {
                prefixes.add(subnet);
            }
        }
        prefixes.addAll(local);
        longestFirst = prefixes.stream()
                .mapToInt(prefix -> -prefix.length())
                .distinct()
                .sorted()
                .map(length -> -length)
                .toArray();
        oneV4Range = ranges.stream().filter(range -> !range.range().v6()).count() <= 1;
    }

    Optional<Prefix> of(IpAddress address) {
        for (int length : longestFirst) {
            if (length <= address.bits()) {
                Prefix candidate = new Prefix(address, length);
                if (prefixes.contains(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** dnsmasq puts host parts only into networks of length 64; one that is not known here is taken for such. */
    boolean takesHostParts(IpAddress lease) {
        return of(lease).map(subnet -> subnet.length() == HOST_PART_BITS).orElse(true);
    }

    /**
     * True where the fixed address is known to be for the network of the lease. Without a known network: in a
     * configuration of one IPv4 range everything is of that range's network; for IPv6 the upper 64 bits must agree.
     */
    boolean sameNetwork(IpAddress lease, HostAddress fixed) {
        if (lease.v6() != fixed.v6()) {
            return false;
        }
        if (fixed.hostPart()) {
            return takesHostParts(lease);
        }
        IpAddress other = fixed.addresses().network();
        Optional<Prefix> subnet = of(lease);
        return subnet.isPresent()
                ? subnet.get().contains(other)
                : lease.v6() ? lease.high() == other.high() : oneV4Range;
    }
}
