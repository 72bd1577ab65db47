package io.innkeeper.device;

import java.util.Locale;

/** What kind of sign of life a sighting was. */
public enum Evidence {
    /** It asked a DHCP server of ours. */
    DHCP,
    /** It asked a name server of ours. */
    DNS,
    /** It was heard by ARP. */
    ARP,
    /** It was heard by neighbour discovery (IPv6). */
    NDP,
    /** A dnsmasq says so, by a lease or otherwise. */
    DNSMASQ,
    /** A router of the RDK family says so. */
    RDK;

    /** The name in the API, such as {@code arp}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
