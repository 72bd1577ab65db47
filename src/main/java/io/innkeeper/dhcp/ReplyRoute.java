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
     * @param type what it says; {@link MessageType#NAK} goes to everybody on the link
     * @param yiaddr the client's address in the reply
     * @param toSource whether it goes back where the request came from, whatever that says
     */
    static Route of(Request request, MessageType type, int yiaddr, boolean toSource) {
        DhcpMessage message = request.message;
        Arrival arrival = request.arrival;
        if (toSource) {
            return new Route.Unicast(arrival.fromAddress(), arrival.fromPort());
        }
        if (message.giaddr() != 0) {
            return new Route.Unicast(message.giaddr(), SERVER_PORT);
        }
        int link = arrival.link().index();
        if (type == MessageType.NAK) {
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
}
