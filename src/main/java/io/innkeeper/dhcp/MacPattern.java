package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;

/**
 * Some Ethernet addresses: those that agree with {@code bits} wherever {@code mask} has a one.
 *
 * @param bits 48 bits
 * @param mask 48 bits
 */
public record MacPattern(long bits, long mask) {
    /** True where the address is one of them; false for anything but Ethernet. */
    public boolean fits(MacAddress mac) {
        return mac.isEthernet() && (mac.prefix(48) & mask) == (bits & mask);
    }

    /** True where it names one address only. */
    public boolean isSingle() {
        return mask == 0xffff_ffff_ffffL;
    }
}
