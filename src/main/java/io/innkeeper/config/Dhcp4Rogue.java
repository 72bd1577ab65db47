package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.List;

/**
 * Servers beside us.
 *
 * @param known no event tells of these
 * @param watch whether events tell of the others
 */
@Doc("Other DHCP servers on the network.")
public record Dhcp4Rogue(
        @Doc("Other servers that are known: no event tells of them.")
        @OneOrMany
        @Matches(pattern = Dhcp4Config.V4, words = "an IPv4 address")
        List<IpAddress> known,

        @Doc("Tell of servers that are not known (`security.rogue-dhcp`).") @Default("true")
        boolean watch) {

    /** Copies the lists. */
    public Dhcp4Rogue {
        known = List.copyOf(known);
    }
}
