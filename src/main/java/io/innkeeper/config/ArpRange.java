package io.innkeeper.config;

import org.jspecify.annotations.Nullable;

/**
 * Addresses to be scanned.
 *
 * @param range the addresses
 * @param interfaceName where they are; null for the interface in whose subnet they are
 */
@Doc("Addresses to be scanned; the range alone needs no section.")
public record ArpRange(
        @Doc("The addresses: `192.168.1.0/24`, or `10.0.0.10-10.0.3.255`; at most 65,536, as many as a /16 has.") @Shorthand
        AddressRange range,

        @Doc("The interface where they are; otherwise the one in whose subnet they are.")
        @Matches(pattern = "^[^\\s/]{1,15}$", words = "the name of an interface, such as eth0")
        @Nullable
        String on) {}
