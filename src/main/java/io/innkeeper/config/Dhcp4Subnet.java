package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subnet.
 *
 * @param name for people; null for the prefix
 * @param prefix IPv4
 * @param interfaces it is on; empty for those that have an address in it
 * @param relays addresses of relays outside it that mean it
 * @param mode its own; null for that of the section
 * @param access its own rules; null for none
 * @param pools in the order in which they are used
 * @param reservations for certain clients
 * @param level what it says to its clients
 */
@Doc("A subnet whose addresses are handed out.")
public record Dhcp4Subnet(
        @Doc("What the subnet is called; otherwise its prefix.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        @Nullable
        String name,

        @Doc("The network, such as `192.168.1.0/24`.")
        @Matches(pattern = "^[0-9.]+/[0-9]{1,2}$", words = "an IPv4 network such as 192.168.1.0/24")
        Prefix prefix,

        @Doc("The interfaces it is on. Empty: those that have an address in it.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.INTERFACE, words = "a name of an interface such as eth0")
        List<String> interfaces,

        @Doc("Relays whose clients are in this subnet although their own address is not.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        List<IpAddress> relays,

        @Doc("Its own mode, otherwise that of `dhcp4`.") @Nullable
        Dhcp4Mode mode,

        @Doc("Its own access rules, asked before those of `dhcp4`.") @Nullable
        Dhcp4Access access,

        @Doc("The addresses to be handed out. Without pools only reservations are served.") @ByName
        List<Dhcp4Pool> pools,

        @Doc("What is kept for certain clients.") @ByName List<Dhcp4Reservation> reservations,

        @Inline Dhcp4Level level) {

    /** Copies the lists. */
    public Dhcp4Subnet {
        interfaces = List.copyOf(interfaces);
        relays = List.copyOf(relays);
        pools = List.copyOf(pools);
        reservations = List.copyOf(reservations);
    }
}
