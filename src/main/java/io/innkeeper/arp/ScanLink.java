package io.innkeeper.arp;

import io.innkeeper.io.LocalNetworks;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface that is listened to.
 *
 * @param index the kernel's number for it
 * @param name such as {@code eth0}
 * @param mac its hardware address
 * @param addresses its addresses, primary first
 */
record ScanLink(int index, String name, MacAddress mac, List<LocalNetworks.Address> addresses) {
    private static final long LINK_LOCAL = 0xfe80L << 48;

    /** Our address in the subnet of this one, as 32 bits; 0 where we have none there, and so ask by probe. */
    int sourceFor(IpAddress address) {
        for (LocalNetworks.Address own : addresses) {
            if (new Prefix(own.address(), own.prefixLength()).contains(address)) {
                return own.address().v4Bits();
            }
        }
        return 0;
    }

    /** Our address of IPv6 on this link; null where it has none, and nobody can be asked. */
    @Nullable
    IpAddress linkLocal() {
        return addresses.stream()
                .map(LocalNetworks.Address::address)
                .filter(ScanLink::isLinkLocal)
                .findFirst()
                .orElse(null);
    }

    /** True for an address of IPv6 that every interface has, and that leads no further than its link. */
    static boolean isLinkLocal(IpAddress address) {
        return address.v6() && address.high() == LINK_LOCAL;
    }

    /** True where the address is in one of its subnets. */
    boolean reaches(IpAddress address) {
        return addresses.stream().anyMatch(own -> new Prefix(own.address(), own.prefixLength()).contains(address));
    }
}
