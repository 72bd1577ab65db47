package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;

/** Where a reply goes: RFC 2131 §4.1. */
final class ReplyRoute {
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    private ReplyRoute() {}

    /**
     * The way of a reply.
     *
     * @param type what it says; {@link MessageType#NAK} goes to everybody on the link, where the client is on it
     * @param routed whether the request came by unicast through a router; see {@link #isRouted}
     * @param yiaddr the client's address in the reply
     * @param toSource whether it goes back where the request came from, whatever that says
     */
    static Route of(Request request, MessageType type, int yiaddr, boolean routed, boolean toSource) {
        DhcpMessage message = request.message;
        Arrival arrival = request.arrival;
        if (toSource) {
            return new Route.Unicast(arrival.fromAddress(), arrival.fromPort());
        }
        if (message.giaddr() != 0) {
            return new Route.Unicast(message.giaddr(), SERVER_PORT);
        }
        int link = arrival.link().index();
        if (type == MessageType.NAK && !routed) {
            return new Route.Broadcast(link);
        }
        if (message.ciaddr() != 0) {
            return new Route.Unicast(message.ciaddr(), CLIENT_PORT);
        }
        if (yiaddr == 0 && arrival.fromAddress() != 0) {
            // An INFORM without ciaddr, against RFC 2131 §4.4.3; it came from the address that it should have named.
            return new Route.Unicast(arrival.fromAddress(), CLIENT_PORT);
        }
        boolean addressable = request.mac != null && request.mac.isEthernet() && yiaddr != 0 && link != 0;
        return message.wantsBroadcast() || !addressable || request.mac == null
                ? new Route.Broadcast(link)
                : new Route.LinkLayer(link, request.mac, yiaddr);
    }

    /**
     * True where a client renews by unicast from beyond a router, without a relay. RFC 2131 §4.3.2 wants a NAK broadcast, but
     * a broadcast on the link by which the request came would reach others and never the client. It still answers for the
     * address that it is to lose, so the NAK goes there; where it gets lost, the client asks by broadcast after T2.
     */
    static boolean isRouted(Situation s) {
        Request request = s.request();
        Arrival arrival = request.arrival;
        if (!request.isUnicast() || request.message.ciaddr() == 0 || arrival.fromAddress() == 0) {
            return false;
        }
        IndexedSubnet.IndexedNetwork network = s.subnet().network;
        return !network.isOn(arrival.link()) || !network.contains(arrival.fromAddress());
    }
}
