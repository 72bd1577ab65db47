package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life on a link.
 *
 * @param mac whose
 * @param address what it says that it has; null where it has none yet: it asks whether one is free
 * @param kind by what it was heard
 * @param interfaceName where, such as {@code eth0}
 * @param atMs when, milliseconds since 1970
 */
public record Hearing(MacAddress mac, @Nullable IpAddress address, Kind kind, String interfaceName, long atMs) {
    /** By what a device was heard. */
    public enum Kind {
        /** It asked for another's address. */
        ARP_REQUEST,
        /** It answered. */
        ARP_REPLY,
        /** It asks whether an address is free (RFC 5227). */
        ARP_PROBE,
        /** It says that it uses an address from now on (RFC 5227). */
        ARP_ANNOUNCEMENT,
        /** It says which address it has, without having been asked. */
        ARP_GRATUITOUS,
        /** IPv6: it asked for another's address, or whether one is free. */
        NDP_SOLICITATION,
        /** IPv6: it answered, or told by itself. */
        NDP_ADVERTISEMENT,
        /** This machine's kernel had to do with it just now. */
        KERNEL
    }
}
