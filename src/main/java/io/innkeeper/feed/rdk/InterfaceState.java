package io.innkeeper.feed.rdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an interface stands.
 *
 * @param ifname its name
 * @param v4 its DHCPv4 client
 * @param v6 its DHCPv6 client
 * @param waiting messages that wait
 * @param lastAt when the newest message was dealt with; null for none since the start
 */
public record InterfaceState(
        String ifname,
        Dhcpv4Client.Shown v4,
        Dhcpv6Client.Shown v6,
        int waiting,
        @Nullable Instant lastAt) {}
