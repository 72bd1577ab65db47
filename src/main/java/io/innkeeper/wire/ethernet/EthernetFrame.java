package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;

/**
 * The header of an Ethernet II frame (IEEE 802.3 §3.1, with a type and no VLAN tag; the kernel takes tags off).
 *
 * @param destination six octets
 * @param source six octets
 * @param type what follows (IANA "IEEE 802 Numbers"), 0 to 65535
 */
public record EthernetFrame(MacAddress destination, MacAddress source, int type) {
    /** Octets of the header; what the frame carries begins here. */
    public static final int HEADER = 14;

    /** Type of IPv4. */
    public static final int IPV4 = 0x0800;

    /** Type of ARP. */
    public static final int ARP = 0x0806;

    /** Type of IPv6. */
    public static final int IPV6 = 0x86dd;

    /** To everybody on the link. */
    public static final MacAddress BROADCAST = MacAddress.of(MacAddress.ETHERNET, new byte[] {-1, -1, -1, -1, -1, -1});

    /** Reads the header; empty where the frame is too short for one. */
    public static Optional<EthernetFrame> parse(byte[] frame, int length) {
        if (length < HEADER) {
            return Optional.empty();
        }
        return Optional.of(new EthernetFrame(Bytes.mac(frame, 0), Bytes.mac(frame, Bytes.MAC), type(frame)));
    }

    /** True for the address of one interface: neither a group, nor zeros. */
    public static boolean isIndividual(MacAddress mac) {
        return mac.isEthernet() && (mac.prefix(8) & 1) == 0 && mac.prefix(48) != 0;
    }

    /** The type of a frame that has a header. */
    static int type(byte[] frame) {
        return Bytes.u16(frame, 2 * Bytes.MAC);
    }

    /**
     * Writes the header to the beginning of a frame.
     *
     * @throws IllegalArgumentException if an address is not one of Ethernet
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public void write(byte[] frame) {
        Bytes.putMac(frame, 0, destination);
        Bytes.putMac(frame, Bytes.MAC, source);
        Bytes.put16(frame, 2 * Bytes.MAC, type);
    }
}
