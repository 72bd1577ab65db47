package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A question that is to be sent: who has this address?
 *
 * @param interfaceIndex the link
 * @param address IPv4 or IPv6
 * @param to the only host that is asked; null to ask everybody
 */
public record Asking(
        int interfaceIndex, IpAddress address, @Nullable MacAddress to) {}
