package io.innkeeper.wire.ethernet;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Neighbor Solicitation and Neighbor Advertisement of IPv6 (RFC 4861 §4.3, §4.4) in an Ethernet frame.
 *
 * @param kind which of both
 * @param senderMac where the frame came from
 * @param source IPv6; {@code ::} where the sender only asks whether an address is free (RFC 4862 §5.4.2)
 * @param destination IPv6
 * @param target IPv6; who is asked for, or who answers
 * @param linkLayer the sender's address by the option for it: of the source in a solicitation, of the target in an
 *     advertisement; null without the option
 * @param flags of an advertisement: {@link #ROUTER}, {@link #SOLICITED}, {@link #OVERRIDE}; 0 in a solicitation
 */
public record NeighborMessage(
        Kind kind,
        MacAddress senderMac,
        IpAddress source,
        IpAddress destination,
        IpAddress target,
        @Nullable MacAddress linkLayer,
        int flags) {
    /** The sender is a router. */
    public static final int ROUTER = 0x80;

    /** It answers a solicitation. */
    public static final int SOLICITED = 0x40;

    /** It takes the place of what was known before; not set by those who answer for others. */
    public static final int OVERRIDE = 0x20;

    /** Octets of a frame with it, with a link-layer address. */
    public static final int FRAME = EthernetFrame.HEADER + 40 + 24 + 8;

    /** Nobody's address. */
    public static final IpAddress UNSPECIFIED = new IpAddress(true, 0, 0);

    private static final int IPV6_HEADER = 40;
    private static final int BODY = 24;
    private static final int ICMP_AT = EthernetFrame.HEADER + IPV6_HEADER;
    private static final int ICMPV6 = 58;
    /** What did not come from this link has less (RFC 4861 §11.2). */
    private static final int HOP_LIMIT = 255;

    private static final int OPTION_OCTETS = 8;

    /** Solicited-node groups: ff02::1:ff00:0/104 (RFC 4291 §2.7.1). */
    private static final long GROUP_HIGH = 0xff02_0000_0000_0000L;

    private static final long GROUP_LOW = 0x0000_0001_ff00_0000L;

    /** Which message it is, and which option carries the sender's hardware address in it. */
    public enum Kind {
        /** Who has this address? Or, to one host: is it still there? */
        SOLICITATION(135, 1),
        /** I have it. */
        ADVERTISEMENT(136, 2);

        private final int type;
        private final int option;

        Kind(int type, int option) {
            this.type = type;
            this.option = option;
        }
    }

    /** The group that a host listens to for questions about its address. */
    public static IpAddress solicitedNode(IpAddress address) {
        return new IpAddress(true, GROUP_HIGH, GROUP_LOW | (address.low() & 0xff_ffff));
    }

    /** The Ethernet address of an IPv6 group (RFC 2464 §7). */
    public static MacAddress groupMac(IpAddress group) {
        byte[] mac = {0x33, 0x33, 0, 0, 0, 0};
        Bytes.put32(mac, 2, (int) group.low());
        return MacAddress.of(MacAddress.ETHERNET, mac);
    }

    /** The question to a neighbour that is known whether it still is there (RFC 4861 §7.3.1). */
    public static NeighborMessage solicitation(MacAddress senderMac, IpAddress source, IpAddress target) {
        return new NeighborMessage(Kind.SOLICITATION, senderMac, source, target, target, senderMac, 0);
    }

    /** True where the sender asks whether an address is free, and has none itself. */
    public boolean isProbe() {
        return kind == Kind.SOLICITATION && source.equals(UNSPECIFIED);
    }

    /** True where the sender is a router. */
    public boolean router() {
        return (flags & ROUTER) != 0;
    }

    /** True where the sender speaks for itself. */
    public boolean override() {
        return (flags & OVERRIDE) != 0;
    }

    /**
     * Reads a frame. Empty where it is something else, is cut, or is to be ignored by RFC 4861 §7.1.1 and §7.1.2: it crossed
     * a router, its checksum is wrong, an option has no length, or its addresses do not fit together.
     *
     * @param length how many octets of the array are the frame
     */
    public static Optional<NeighborMessage> parse(byte[] frame, int length) {
        if (length < ICMP_AT + BODY || EthernetFrame.type(frame) != EthernetFrame.IPV6) {
            return Optional.empty();
        }
        int at = EthernetFrame.HEADER;
        int payload = Bytes.u16(frame, at + 4);
        boolean header = (frame[at] & 0xf0) == 0x60
                && (frame[at + 6] & 0xff) == ICMPV6
                && (frame[at + 7] & 0xff) == HOP_LIMIT
                && payload >= BODY
                && payload <= length - ICMP_AT;
        Kind kind = header ? kind(frame) : null;
        if (kind == null || checksum(frame, payload) != 0) {
            return Optional.empty();
        }
        return read(frame, kind, ICMP_AT + payload);
    }

    private static @Nullable Kind kind(byte[] frame) {
        int type = frame[ICMP_AT] & 0xff;
        boolean code0 = frame[ICMP_AT + 1] == 0;
        if (code0 && type == Kind.SOLICITATION.type) {
            return Kind.SOLICITATION;
        }
        return code0 && type == Kind.ADVERTISEMENT.type ? Kind.ADVERTISEMENT : null;
    }

    private static Optional<NeighborMessage> read(byte[] frame, Kind kind, int end) {
        MacAddress linkLayer = null;
        for (int at = ICMP_AT + BODY; at < end; ) {
            int octets = at + 1 < end ? (frame[at + 1] & 0xff) * OPTION_OCTETS : 0;
            if (octets == 0 || at + octets > end) {
                return Optional.empty();
            }
            if ((frame[at] & 0xff) == kind.option && octets == OPTION_OCTETS && linkLayer == null) {
                linkLayer = Bytes.mac(frame, at + 2);
            }
            at += octets;
        }
        NeighborMessage made = new NeighborMessage(
                kind,
                Bytes.mac(frame, Bytes.MAC),
                address(frame, EthernetFrame.HEADER + 8),
                address(frame, EthernetFrame.HEADER + 24),
                address(frame, ICMP_AT + 8),
                linkLayer,
                kind == Kind.ADVERTISEMENT ? frame[ICMP_AT + 4] & (ROUTER | SOLICITED | OVERRIDE) : 0);
        return made.fitsTogether() ? Optional.of(made) : Optional.empty();
    }

    private boolean fitsTogether() {
        if (isGroup(target) || isGroup(source)) {
            return false;
        }
        if (kind == Kind.ADVERTISEMENT) {
            return !isGroup(destination) || (flags & SOLICITED) == 0;
        }
        return !isProbe() || (linkLayer == null && destination.equals(solicitedNode(target)));
    }

    private static boolean isGroup(IpAddress address) {
        return address.high() >>> 56 == 0xff;
    }

    /**
     * Writes a whole frame.
     *
     * @param to where the frame goes: one host, or the {@link #groupMac} of the destination
     * @return how many octets, at most {@link #FRAME}
     * @throws IllegalArgumentException if a hardware address is not one of Ethernet
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public int writeFrame(byte[] frame, MacAddress to) {
        int payload = linkLayer == null ? BODY : BODY + OPTION_OCTETS;
        new EthernetFrame(to, senderMac, EthernetFrame.IPV6).write(frame);
        int at = EthernetFrame.HEADER;
        Bytes.put32(frame, at, 0x6000_0000);
        Bytes.put16(frame, at + 4, payload);
        frame[at + 6] = ICMPV6;
        frame[at + 7] = (byte) HOP_LIMIT;
        put(frame, at + 8, source);
        put(frame, at + 24, destination);
        frame[ICMP_AT] = (byte) kind.type;
        frame[ICMP_AT + 1] = 0;
        Bytes.put16(frame, ICMP_AT + 2, 0);
        Bytes.put32(frame, ICMP_AT + 4, flags << 24);
        put(frame, ICMP_AT + 8, target);
        if (linkLayer != null) {
            frame[ICMP_AT + BODY] = (byte) kind.option;
            frame[ICMP_AT + BODY + 1] = 1;
            Bytes.putMac(frame, ICMP_AT + BODY + 2, linkLayer);
        }
        Bytes.put16(frame, ICMP_AT + 2, checksum(frame, payload));
        return ICMP_AT + payload;
    }

    /** Of the message with its pseudo-header (RFC 8200 §8.1): both addresses, length, next header. */
    private static int checksum(byte[] frame, int payload) {
        long sum = Checksum.add(0, frame, EthernetFrame.HEADER + 8, 32);
        return Checksum.of(Checksum.add(Checksum.add(Checksum.add(sum, payload), ICMPV6), frame, ICMP_AT, payload));
    }

    private static IpAddress address(byte[] frame, int at) {
        return new IpAddress(true, word(frame, at), word(frame, at + 8));
    }

    private static long word(byte[] frame, int at) {
        return (long) Bytes.i32(frame, at) << 32 | (Bytes.i32(frame, at + 4) & 0xffff_ffffL);
    }

    private static void put(byte[] frame, int at, IpAddress address) {
        Bytes.put32(frame, at, (int) (address.high() >>> 32));
        Bytes.put32(frame, at + 4, (int) address.high());
        Bytes.put32(frame, at + 8, (int) (address.low() >>> 32));
        Bytes.put32(frame, at + 12, (int) address.low());
    }
}
