package io.innkeeper.arp;

import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.ethernet.EthernetFrame;
import io.innkeeper.wire.ethernet.NeighborMessage;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a frame says of its sender. Pure.
 *
 * @param mac whose sign of life it is
 * @param address what it has; null where it only asks whether one is free
 * @param kind by what it was heard
 * @param itself false where it may answer for another (an advertisement of IPv6 that does not override)
 */
record Claims(MacAddress mac, @Nullable IpAddress address, Hearing.Kind kind, boolean itself) {
    private static final int LOOPBACK = 127;
    private static final int FIRST_GROUP = 224;

    /** Reads a frame; empty where it is neither ARP nor neighbor discovery, is damaged, or names no host. */
    static Optional<Claims> of(byte[] frame, int length) {
        Optional<Claims> claims = ArpPacket.parse(frame, length).map(Claims::of);
        return claims.isPresent()
                ? claims.filter(Claims::isSensible)
                : NeighborMessage.parse(frame, length).map(Claims::of).filter(Claims::isSensible);
    }

    private static Claims of(ArpPacket packet) {
        IpAddress address = IpAddress.v4(packet.senderAddress());
        return switch (packet.kind()) {
            case REQUEST -> new Claims(packet.senderMac(), address, Hearing.Kind.ARP_REQUEST, true);
            case REPLY -> new Claims(packet.senderMac(), address, Hearing.Kind.ARP_REPLY, true);
            case PROBE -> new Claims(packet.senderMac(), null, Hearing.Kind.ARP_PROBE, true);
            case ANNOUNCEMENT -> new Claims(packet.senderMac(), address, Hearing.Kind.ARP_ANNOUNCEMENT, true);
            case GRATUITOUS -> new Claims(packet.senderMac(), address, Hearing.Kind.ARP_GRATUITOUS, true);
        };
    }

    private static Claims of(NeighborMessage message) {
        MacAddress told = message.linkLayer();
        MacAddress mac = told == null ? message.senderMac() : told;
        return switch (message.kind()) {
            case SOLICITATION ->
                new Claims(mac, message.isProbe() ? null : message.source(), Hearing.Kind.NDP_SOLICITATION, true);
            case ADVERTISEMENT -> new Claims(mac, message.target(), Hearing.Kind.NDP_ADVERTISEMENT, message.override());
        };
    }

    private boolean isSensible() {
        return EthernetFrame.isIndividual(mac) && (address == null || isHost(address));
    }

    /** True for an address that a host can have. */
    static boolean isHost(IpAddress address) {
        if (address.v6()) {
            return address.high() >>> 56 != 0xff && (address.high() != 0 || (address.low() & -2) != 0);
        }
        long firstOctet = address.low() >>> 24;
        return firstOctet != 0 && firstOctet != LOOPBACK && firstOctet < FIRST_GROUP;
    }
}
