package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;

/** Where a reply goes (RFC 2131 §4.1). */
public sealed interface Route {
    /** To a relay's server port (67), or anybody's port, by the kernel's routing. */
    record Unicast(int address, int port) implements Route {}

    /** To 255.255.255.255, port 68, on this interface. */
    record Broadcast(int interfaceIndex) implements Route {}

    /** To a client that has no address yet: a frame of our own making to its hardware address. */
    record LinkLayer(int interfaceIndex, MacAddress mac, int address) implements Route {}
}
