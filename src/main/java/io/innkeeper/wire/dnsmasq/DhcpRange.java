package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code dhcp-range} says (dnsmasq(8)).
 *
 * @param setTag the tag it sets, or null
 * @param tagFilters the tags a request must have for it to count
 * @param start the first address; with a constructor only its host part counts
 * @param end the last address; the first where none is given
 * @param modes the words in it, of {@link #MODES}
 * @param subnet the network it lies in: where a netmask (IPv4) or no constructor (IPv6, length 64 unless given) is there,
 *     else null
 * @param broadcast the broadcast address, where given
 * @param constructor the interface that a template takes its networks from, or null
 * @param leaseTime the lease time, where given
 */
public record DhcpRange(
        @Nullable String setTag,
        List<String> tagFilters,
        IpAddress start,
        IpAddress end,
        Set<String> modes,
        @Nullable Prefix subnet,
        @Nullable IpAddress broadcast,
        @Nullable String constructor,
        @Nullable LeaseTime leaseTime) {
    /** The words that may stand in a range. */
    public static final Set<String> MODES = Set.of(
            "static",
            "proxy",
            "ra-only",
            "slaac",
            "ra-names",
            "ra-stateless",
            "ra-advrouter",
            "off-link",
            "deprecated");

    /** Copies the collections. */
    public DhcpRange {
        tagFilters = List.copyOf(tagFilters);
        modes = Set.copyOf(modes);
    }

    /** Reads the right side of {@code dhcp-range=}, as {@link ConfigLine#value()} has it. */
    public static ConfigValue<DhcpRange> parse(String value) {
        return new DhcpRangeParser().parse(value);
    }

    /** True for IPv6. */
    public boolean v6() {
        return start.v6();
    }

    /** True where an address lies between the first and the last; never for a template. */
    public boolean contains(IpAddress address) {
        return constructor == null
                && address.v6() == v6()
                && start.compareTo(address) <= 0
                && address.compareTo(end) <= 0;
    }
}
