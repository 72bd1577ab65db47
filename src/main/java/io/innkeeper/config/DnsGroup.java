package io.innkeeper.config;

import io.innkeeper.wire.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Devices with rules of their own.
 *
 * @param name what the group is called
 * @param devices by hardware address, wherever they are
 * @param addresses by address, for what has no known hardware address
 * @param mode the mode for them; null for that of the listener
 * @param filterAaaa whether they get no IPv6 addresses; null for the rule of the section
 * @param safeSearch for them; null for the rule of the section
 */
@Doc("A group of devices with rules of its own. A device belongs to the first group that names it.")
public record DnsGroup(
        @Doc("What the group is called; block lists and rewrites name it.")
        @Matches(pattern = "^[A-Za-z0-9_-]{1,32}$", words = "a name of 1 to 32 letters, digits, '_' or '-'")
        String name,

        @Doc("Its devices, by MAC address; they are found by lease and ARP, whatever their address is.") @OneOrMany
        List<MacMask> devices,

        @Doc("Addresses that belong to it, for what has no MAC address that is known here.") @OneOrMany
        List<Prefix> addresses,

        @Doc("The mode for its devices, instead of that of the listener.") @Nullable
        DnsMode mode,

        @Doc("Whether its devices get no IPv6 addresses, instead of the rule of the section.") @Nullable
        Boolean filterAaaa,

        @Doc("Search engines that are pinned to safe answers for its devices, besides those of the section.") @OneOrMany
        List<DnsSafeSearch> safeSearch) {

    /** Copies the lists. */
    public DnsGroup {
        devices = List.copyOf(devices);
        addresses = List.copyOf(addresses);
        safeSearch = List.copyOf(safeSearch);
    }
}
