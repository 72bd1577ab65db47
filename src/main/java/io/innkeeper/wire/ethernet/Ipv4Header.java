package io.innkeeper.wire.ethernet;

import java.util.Optional;

/**
 * An IPv4 header (RFC 791 §3.1).
 *
 * @param source as 32 bits
 * @param destination as 32 bits
 * @param protocol of what follows (IANA "Protocol Numbers")
 * @param headerLength octets of the header with its options, 20 to 60
 * @param totalLength octets of header and content, up to 65535
 */
record Ipv4Header(int source, int destination, int protocol, int headerLength, int totalLength) {
    /** Octets of a header without options. */
    static final int LENGTH = 20;

    static final int UDP = 17;

    private static final int VERSION_4 = 4;
    private static final int TIME_TO_LIVE = 64;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;

    /**
     * Reads a header. Empty where it is none of version 4, is cut, claims more octets than there are, has a wrong checksum,
     * or belongs to a fragment: nobody sends DHCP to us in pieces.
     *
     * @param at where it begins
     * @param end where the octets end; padding may follow the packet
     */
    static Optional<Ipv4Header> parse(byte[] bytes, int at, int end) {
        if (end - at < LENGTH || (bytes[at] & 0xf0) >> 4 != VERSION_4) {
            return Optional.empty();
        }
        int headerLength = (bytes[at] & 0xf) * 4;
        int totalLength = Bytes.u16(bytes, at + 2);
        if (headerLength < LENGTH || totalLength < headerLength || totalLength > end - at) {
            return Optional.empty();
        }
        boolean fragment = (Bytes.u16(bytes, at + 6) & MORE_FRAGMENTS_OR_OFFSET) != 0;
        if (fragment || Checksum.of(Checksum.add(0, bytes, at, headerLength)) != 0) {
            return Optional.empty();
        }
        int source = Bytes.i32(bytes, at + 12);
        int destination = Bytes.i32(bytes, at + 16);
        return Optional.of(new Ipv4Header(source, destination, bytes[at + 9] & 0xff, headerLength, totalLength));
    }

    /** A header without options for so many octets of content. */
    static Ipv4Header of(int source, int destination, int protocol, int contentLength) {
        return new Ipv4Header(source, destination, protocol, LENGTH, LENGTH + contentLength);
    }

    /**
     * Writes a header without options, with its checksum. Identification 0 and "don't fragment" go together (RFC 6864 §4.1).
     */
    void write(byte[] bytes, int at) {
        bytes[at] = (byte) (VERSION_4 << 4 | LENGTH / 4);
        bytes[at + 1] = 0;
        Bytes.put16(bytes, at + 2, totalLength);
        Bytes.put16(bytes, at + 4, 0);
        Bytes.put16(bytes, at + 6, DONT_FRAGMENT);
        bytes[at + 8] = TIME_TO_LIVE;
        bytes[at + 9] = (byte) protocol;
        Bytes.put16(bytes, at + 10, 0);
        Bytes.put32(bytes, at + 12, source);
        Bytes.put32(bytes, at + 16, destination);
        Bytes.put16(bytes, at + 10, Checksum.of(Checksum.add(0, bytes, at, LENGTH)));
    }
}
