package io.innkeeper.feed.rdk.tr181;

import io.innkeeper.feed.rdk.InterfaceState;
import org.jspecify.annotations.Nullable;

/**
 * An interface with its place in the tables of the data model.
 *
 * @param state how it stands
 * @param number its row in {@code Device.IP.Interface}
 * @param dhcpv4 its row in {@code Device.DHCPv4.Client}; null where it has no DHCPv4 client
 * @param dhcpv6 its row in {@code Device.DHCPv6.Client}; null where it has no DHCPv6 client
 * @param alias what users call it
 * @param duid the DUID of its DHCPv6 client in hex; empty where not known
 */
public record Uplink(
        InterfaceState state,
        int number,
        @Nullable Integer dhcpv4,
        @Nullable Integer dhcpv6,
        String alias,
        String duid) {
    /** The interface. */
    public String name() {
        return state.ifname();
    }

    /** The row of its client; null where it has no client of that family. */
    public @Nullable Integer client(int family) {
        return family == 4 ? dhcpv4 : dhcpv6;
    }

    /** How other rows refer to it. */
    String reference() {
        return "Device.IP.Interface." + number;
    }
}
