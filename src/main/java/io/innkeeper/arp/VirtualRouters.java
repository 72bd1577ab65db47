package io.innkeeper.arp;

import io.innkeeper.wire.net.MacAddress;
import java.util.Set;

/** Hardware addresses that several devices share by agreement. */
final class VirtualRouters {
    /** VRRP and CARP for IPv4 and IPv6 (RFC 9568 §7.3), HSRP version 1: five octets, then the number of the group. */
    private static final Set<Long> FIVE_OCTETS = Set.of(0x00_00_5e_00_01L, 0x00_00_5e_00_02L, 0x00_00_0c_07_acL);

    /** HSRP version 2: 00:00:0c:9f:fx:xx, for IPv6 00:05:73:a0:0x:xx. */
    private static final Set<Long> FOUR_OCTETS = Set.of(0x00_00_0c_9fL, 0x00_05_73_a0L);

    /** GLBP. */
    private static final long GLBP = 0x00_07_b4L;

    private static final int NEAR = 8;

    private VirtualRouters() {}

    /** True for the hardware address of a virtual router. */
    static boolean has(MacAddress mac) {
        return mac.isEthernet()
                && (FIVE_OCTETS.contains(mac.prefix(40))
                        || FOUR_OCTETS.contains(mac.prefix(32))
                        || mac.prefix(24) == GLBP);
    }

    /**
     * True for two ports of one device, as makers number them: a bond of them answers now by one, now by the other. An
     * attacker could pass for one; about the gateway it would be noticed all the same.
     */
    static boolean areNeighbours(MacAddress one, MacAddress other) {
        return one.isEthernet()
                && other.isEthernet()
                && !one.isLocallyAdministered()
                && !other.isLocallyAdministered()
                && Math.abs(one.prefix(48) - other.prefix(48)) <= NEAR;
    }
}
