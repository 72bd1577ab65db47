package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;

/**
 * ARP for IPv4 on Ethernet (RFC 826), and its use to find out whether an address is taken (RFC 5227).
 *
 * @param operation what it is
 * @param senderMac six octets
 * @param senderAddress as 32 bits; 0 in a probe
 * @param targetMac six octets; zeros where it is asked for
 * @param targetAddress as 32 bits
 */
public record ArpPacket(
        Operation operation, MacAddress senderMac, int senderAddress, MacAddress targetMac, int targetAddress) {
    /** Octets of a frame with it, as {@link #writeFrame} makes it; Ethernet pads it to 60. */
    public static final int FRAME = EthernetFrame.HEADER + 28;

    private static final int HARDWARE_ETHERNET = 1;
    /** Six octets of hardware address and four of protocol address. */
    private static final int LENGTHS = 0x0604;

    private static final MacAddress UNKNOWN = MacAddress.of(MacAddress.ETHERNET, new byte[Bytes.MAC]);

    /** What an ARP packet is (the field {@code ar$op}). */
    public enum Operation {
        /** 1: who has the target address? */
        REQUEST(1),
        /** 2: the sender has it. */
        REPLY(2);

        private final int code;

        Operation(int code) {
            this.code = code;
        }
    }

    /** What an ARP packet says, by its operation and its addresses (RFC 826; RFC 5227 §1.1 and §3). */
    public enum Kind {
        /** Who has the target address? The sender names its own. */
        REQUEST,
        /** The sender has the address that was asked for. */
        REPLY,
        /** A request without sender's address: is the target address free? Says nothing of what the sender has. */
        PROBE,
        /** A request for the sender's own address: it uses it from now on. */
        ANNOUNCEMENT,
        /** A reply that nobody asked for, about the sender's own address. */
        GRATUITOUS
    }

    /** The question who has an address, from somebody that has one. */
    public static ArpPacket request(MacAddress senderMac, int senderAddress, int targetAddress) {
        return new ArpPacket(Operation.REQUEST, senderMac, senderAddress, UNKNOWN, targetAddress);
    }

    /** The question whether an address is taken, which enters nothing in anybody's table (RFC 5227 §2.1.1). */
    public static ArpPacket probe(MacAddress senderMac, int address) {
        return request(senderMac, 0, address);
    }

    /** The statement that the sender uses an address from now on (RFC 5227 §2.3). */
    public static ArpPacket announcement(MacAddress senderMac, int address) {
        return request(senderMac, address, address);
    }

    /** What it says. */
    public Kind kind() {
        boolean itself = senderAddress == targetAddress;
        if (operation == Operation.REPLY) {
            return itself ? Kind.GRATUITOUS : Kind.REPLY;
        }
        return senderAddress == 0 ? Kind.PROBE : itself ? Kind.ANNOUNCEMENT : Kind.REQUEST;
    }

    /** True for a {@link #probe}. */
    public boolean isProbe() {
        return operation == Operation.REQUEST && senderAddress == 0;
    }

    /**
     * Reads a frame. Empty where it is not ARP, is cut, is about something else than IPv4 on Ethernet, or is neither request
     * nor reply.
     *
     * @param length how many octets of the array are the frame
     */
    public static Optional<ArpPacket> parse(byte[] frame, int length) {
        int at = EthernetFrame.HEADER;
        if (length < FRAME || EthernetFrame.type(frame) != EthernetFrame.ARP) {
            return Optional.empty();
        }
        boolean ipv4OnEthernet = Bytes.u16(frame, at) == HARDWARE_ETHERNET
                && Bytes.u16(frame, at + 2) == EthernetFrame.IPV4
                && Bytes.u16(frame, at + 4) == LENGTHS;
        int code = Bytes.u16(frame, at + 6);
        if (!ipv4OnEthernet || (code != Operation.REQUEST.code && code != Operation.REPLY.code)) {
            return Optional.empty();
        }
        return Optional.of(new ArpPacket(
                code == Operation.REQUEST.code ? Operation.REQUEST : Operation.REPLY,
                Bytes.mac(frame, at + 8),
                Bytes.i32(frame, at + 14),
                Bytes.mac(frame, at + 18),
                Bytes.i32(frame, at + 24)));
    }

    /**
     * Writes a whole frame: a request to everybody, a reply to its target.
     *
     * @return {@link #FRAME}
     * @throws IllegalArgumentException if a hardware address is not one of Ethernet
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public int writeFrame(byte[] frame) {
        return writeFrame(frame, operation == Operation.REQUEST ? EthernetFrame.BROADCAST : targetMac);
    }

    /**
     * As {@link #writeFrame(byte[])}, to somebody: a request to one host alone asks whether it still is there (RFC 1122
     * §2.3.2.1, "Unicast Poll").
     */
    public int writeFrame(byte[] frame, MacAddress to) {
        int at = EthernetFrame.HEADER;
        new EthernetFrame(to, senderMac, EthernetFrame.ARP).write(frame);
        Bytes.put16(frame, at, HARDWARE_ETHERNET);
        Bytes.put16(frame, at + 2, EthernetFrame.IPV4);
        Bytes.put16(frame, at + 4, LENGTHS);
        Bytes.put16(frame, at + 6, operation.code);
        Bytes.putMac(frame, at + 8, senderMac);
        Bytes.put32(frame, at + 14, senderAddress);
        Bytes.putMac(frame, at + 18, targetMac);
        Bytes.put32(frame, at + 24, targetAddress);
        return FRAME;
    }
}
