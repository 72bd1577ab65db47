package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP server that should not be there, with the evidence.
 *
 * @param at when it was noticed
 * @param server its address: the server identifier (RFC 2132 §9.7), else where the reply came from
 * @param serverMac its hardware address, where the reply itself was seen; a relay's where one is between
 * @param interfaceName where it was noticed; empty where unknown
 * @param client the client that it spoke to, or that chose it
 * @param seen OFFER, ACK or NAK of the server itself; REQUEST of a client that named it
 * @param address what the client was offered, or asked it for
 * @param routers what the client was told as option 3; at most {@link #MAX_ADDRESSES}
 * @param dns what the client was told as option 6; at most {@link #MAX_ADDRESSES}
 * @param before how many more messages told of it since the last finding about it
 */
public record RogueFinding(
        Instant at,
        IpAddress server,
        @Nullable MacAddress serverMac,
        String interfaceName,
        @Nullable MacAddress client,
        MessageType seen,
        @Nullable IpAddress address,
        List<IpAddress> routers,
        List<IpAddress> dns,
        long before) {
    /** The most addresses of a list: evidence, not a copy of the message. */
    public static final int MAX_ADDRESSES = 8;

    /** Copies the lists. */
    public RogueFinding {
        routers = List.copyOf(routers);
        dns = List.copyOf(dns);
    }
}
