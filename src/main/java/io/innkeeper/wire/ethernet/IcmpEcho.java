package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.Octets;
import java.util.Optional;

/**
 * An ICMP echo message (RFC 792, "Echo or Echo Reply Message"), without the IP header.
 *
 * @param reply false for a request
 * @param identifier 0 to 65535
 * @param sequence 0 to 65535
 * @param data any octets; a reply has those of its request
 */
public record IcmpEcho(boolean reply, int identifier, int sequence, Octets data) {
    private static final int HEADER = 8;
    private static final int REPLY = 0;
    private static final int REQUEST = 8;

    /**
     * Reads a message. Empty where it is something else, is cut, or its checksum is wrong.
     *
     * @param at where it begins
     * @param end where the octets end
     */
    public static Optional<IcmpEcho> parse(byte[] bytes, int at, int end) {
        if (end - at < HEADER) {
            return Optional.empty();
        }
        int type = bytes[at] & 0xff;
        boolean echo = (type == REPLY || type == REQUEST) && bytes[at + 1] == 0;
        if (!echo || Checksum.of(Checksum.add(0, bytes, at, end - at)) != 0) {
            return Optional.empty();
        }
        byte[] data = java.util.Arrays.copyOfRange(bytes, at + HEADER, end);
        return Optional.of(
                new IcmpEcho(type == REPLY, Bytes.u16(bytes, at + 4), Bytes.u16(bytes, at + 6), Octets.of(data)));
    }

    /** Writes it, with its checksum. */
    public byte[] write() {
        byte[] bytes = new byte[HEADER + data.length()];
        bytes[0] = (byte) (reply ? REPLY : REQUEST);
        Bytes.put16(bytes, 4, identifier);
        Bytes.put16(bytes, 6, sequence);
        System.arraycopy(data.toArray(), 0, bytes, HEADER, data.length());
        Bytes.put16(bytes, 2, Checksum.of(Checksum.add(0, bytes, 0, bytes.length)));
        return bytes;
    }
}
