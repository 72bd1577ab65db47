package io.innkeeper.dns.forward;

import io.innkeeper.wire.dns.DnsName;
import java.util.List;

/**
 * Where the questions of a domain go.
 *
 * @param domain it and all below it, but for what is below the domain of another route
 * @param upstreams places in {@link ForwardPlan#upstreams()}; empty for nowhere: its names do not exist
 */
public record Route(DnsName domain, List<Integer> upstreams) {
    /** Copies the list. */
    public Route {
        upstreams = List.copyOf(upstreams);
    }
}
