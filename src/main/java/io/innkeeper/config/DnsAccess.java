package io.innkeeper.config;

import io.innkeeper.wire.net.Prefix;
import java.util.List;

/**
 * Who is answered.
 *
 * @param allow these networks
 * @param deny but not these
 */
@Doc("Who is answered; others get REFUSED.")
public record DnsAccess(
        @Doc("These networks. Empty: this machine, private and link-local networks, and the networks of this machine's"
                + " interfaces, so that it is never open to the world by mistake.")
        @OneOrMany
        List<Prefix> allow,

        @Doc("But not these.") @OneOrMany List<Prefix> deny) {

    /** Copies the lists. */
    public DnsAccess {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
