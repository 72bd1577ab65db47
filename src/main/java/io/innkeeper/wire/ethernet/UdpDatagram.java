package io.innkeeper.wire.ethernet;

import java.util.Optional;

/**
 * UDP over IPv4 (RFC 768) in an Ethernet frame.
 *
 * @param source as 32 bits
 * @param sourcePort 0 to 65535
 * @param destination as 32 bits
 * @param destinationPort 0 to 65535
 * @param offset where the payload begins in the frame
 * @param length octets of the payload
 */
public record UdpDatagram(int source, int sourcePort, int destination, int destinationPort, int offset, int length) {
    /** Octets of a frame before the payload, as {@link #writeFrame} makes it. */
    public static final int HEADERS = EthernetFrame.HEADER + Ipv4Header.LENGTH + 8;

    private static final int UDP_HEADER = 8;

    /**
     * Reads the headers of a frame, and where its payload is. Empty where it is not IPv4 and UDP, is cut or a fragment, or
     * its lengths or the checksum of the IPv4 header are wrong.
     *
     * <p>The UDP checksum is not looked at: network cards fill it in on sending, so a packet socket sees frames of this
     * machine, and of its virtual machines and containers, without it. See {@link #checksumHolds}.
     *
     * @param frame from its Ethernet header on
     * @param length how many octets of the array are the frame
     */
    public static Optional<UdpDatagram> parse(byte[] frame, int length) {
        if (length < EthernetFrame.HEADER || EthernetFrame.type(frame) != EthernetFrame.IPV4) {
            return Optional.empty();
        }
        return Ipv4Header.parse(frame, EthernetFrame.HEADER, length).flatMap(ip -> parse(frame, ip));
    }

    private static Optional<UdpDatagram> parse(byte[] frame, Ipv4Header ip) {
        int at = EthernetFrame.HEADER + ip.headerLength();
        int room = ip.totalLength() - ip.headerLength();
        if (ip.protocol() != Ipv4Header.UDP || room < UDP_HEADER) {
            return Optional.empty();
        }
        int length = Bytes.u16(frame, at + 4);
        if (length < UDP_HEADER || length > room) {
            return Optional.empty();
        }
        return Optional.of(new UdpDatagram(
                ip.source(),
                Bytes.u16(frame, at),
                ip.destination(),
                Bytes.u16(frame, at + 2),
                at + UDP_HEADER,
                length - UDP_HEADER));
    }

    /** Whether the UDP checksum in the frame that this was read from is right, or left out. */
    public boolean checksumHolds(byte[] frame) {
        boolean leftOut = Bytes.u16(frame, offset - 2) == 0;
        return leftOut || checksum(frame, source, destination, offset - UDP_HEADER, length + UDP_HEADER) == 0;
    }

    /**
     * Writes a whole frame around a payload, with checksums.
     *
     * @param ethernet the header; its type must be {@link EthernetFrame#IPV4}
     * @param source as 32 bits
     * @param destination as 32 bits
     * @param length octets of the payload to take
     * @param frame where to write, {@link #HEADERS} octets longer than the payload at least
     * @return octets of the frame
     * @throws IllegalArgumentException if the Ethernet header is for something else
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static int writeFrame(
            EthernetFrame ethernet,
            int source,
            int sourcePort,
            int destination,
            int destinationPort,
            byte[] payload,
            int length,
            byte[] frame) {
        if (ethernet.type() != EthernetFrame.IPV4) {
            throw new IllegalArgumentException("not a header for IPv4: " + ethernet);
        }
        System.arraycopy(payload, 0, frame, HEADERS, length);
        ethernet.write(frame);
        int udpLength = UDP_HEADER + length;
        Ipv4Header.of(source, destination, Ipv4Header.UDP, udpLength).write(frame, EthernetFrame.HEADER);
        int at = HEADERS - UDP_HEADER;
        Bytes.put16(frame, at, sourcePort);
        Bytes.put16(frame, at + 2, destinationPort);
        Bytes.put16(frame, at + 4, udpLength);
        Bytes.put16(frame, at + 6, 0);
        int checksum = checksum(frame, source, destination, at, udpLength);
        // 0 would mean "left out" (RFC 768); 0xffff is the same number in this arithmetic.
        Bytes.put16(frame, at + 6, checksum == 0 ? 0xffff : checksum);
        return HEADERS + length;
    }

    /** Over the UDP header, the payload and the pseudo header. */
    private static int checksum(byte[] frame, int source, int destination, int at, int udpLength) {
        long pseudo = Checksum.add(Checksum.add(0, source), destination) + Ipv4Header.UDP + udpLength;
        return Checksum.of(Checksum.add(pseudo, frame, at, udpLength));
    }
}
