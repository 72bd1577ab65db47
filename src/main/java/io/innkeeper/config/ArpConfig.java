package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.util.List;

/**
 * The section {@code arp}.
 *
 * @param interfaces where to listen and ask; empty for all that have an address
 * @param ranges what to ask for; empty for the subnets of the interfaces
 * @param interval how often each known host is asked
 * @param sweep how often each other address is asked for
 * @param rate packets a second over all interfaces
 * @param tries how often a host is asked before it counts as silent
 * @param ipv6 whether IPv6 neighbours are heard and asked
 * @param proxies who answers for others by right
 * @param gateways addresses that only a router may have, beside those of this machine's routes
 */
@Doc("The roll call: who is on the network, by ARP and IPv6 neighbor discovery. It does not run without this section.")
public record ArpConfig(
        @Doc(
                "The interfaces to listen to and to ask on, those of VLANs too. Empty: every Ethernet interface that has an IPv4"
                        + " address, without those of containers and virtual machines on this machine.")
        @OneOrMany
        @Matches(pattern = "^[^\\s/]{1,15}$", words = "the name of an interface, such as eth0")
        List<String> interfaces,

        @Doc(
                "What to ask for, in place of the subnets of the interfaces: `192.168.1.0/24`, or `10.0.0.10-10.0.3.255`; at most"
                        + " 65,536 addresses each, as many as a /16 has.")
        @OneOrMany
        List<AddressRange> ranges,

        @Doc("How often each known host is asked whether it is still there, by a packet to it alone.")
        @Default("60s")
        @Range(min = "5s", max = "1d")
        Duration interval,

        @Doc("How often each other address is asked for, by broadcast.") @Default("10m") @Range(min = "10s", max = "7d")
        Duration sweep,

        @Doc("Packets a second, over all interfaces. More than 500 is faster than `arp-scan` is unless told otherwise"
                + " (256 kbit/s), and gets a warning.")
        @Default("20")
        @Range(min = "1", max = "100000")
        int rate,

        @Doc("How often a host is asked before it counts as silent; with 1 s, 2 s, 4 s, … between.")
        @Default("3")
        @Range(min = "1", max = "8")
        int tries,

        @Doc("Hear and ask IPv6 neighbours, too.") @Default("true")
        boolean ipv6,

        @Doc("Hardware addresses of devices that answer for others by right (proxy ARP): nothing is told of them.")
        @OneOrMany
        List<MacAddress> proxies,

        @Doc(
                "Addresses of routers, beside those that this machine's own routes name: `security.arp-spoof` tells where one"
                        + " of them moves to another device.")
        @OneOrMany
        List<IpAddress> gateways) {

    /** The fastest that needs no warning: the default of arp-scan, 256 kbit/s in packets of 64 octets. */
    public static final int GENTLE_RATE = 500;

    /** The most addresses of one range. */
    public static final int MOST_ADDRESSES = 65_536;

    /** Copies the lists. */
    public ArpConfig {
        interfaces = List.copyOf(interfaces);
        ranges = List.copyOf(ranges);
        proxies = List.copyOf(proxies);
        gateways = List.copyOf(gateways);
    }
}
