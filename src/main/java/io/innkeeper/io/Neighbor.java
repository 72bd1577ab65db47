package io.innkeeper.io;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;

/**
 * A line of the kernel's neighbour table: who has an address on a link, as far as the kernel knows (arp(7), {@code ip
 * neighbour}).
 *
 * @param interfaceIndex the link
 * @param address IPv4 or IPv6
 * @param mac of Ethernet
 * @param reachable true where the kernel had an answer of it within the last half minute or so; false where it may be gone
 * @param router true where it said that it is a router (IPv6)
 */
public record Neighbor(int interfaceIndex, IpAddress address, MacAddress mac, boolean reachable, boolean router) {}
