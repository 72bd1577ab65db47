package io.innkeeper.dns;

import io.innkeeper.dns.forward.ForwardCounts;
import io.innkeeper.dns.forward.UpstreamState;
import java.util.List;
import java.util.Map;

/**
 * How the DNS server is, as of a moment ago.
 *
 * @param answered answers since the start, by step
 * @param dropped what got no answer
 * @param cached answers that are kept
 * @param cacheBytes the memory they take
 * @param evicted answers that had to go for want of room
 * @param prefetched answers that were renewed before their time
 * @param rebinds private addresses that were taken out of answers
 * @param names names of leases
 * @param clients addresses that asked lately
 * @param upstreams in the order of the configuration
 * @param forward what the forwarder did
 */
public record DnsStatus(
        Map<String, Long> answered,
        long dropped,
        int cached,
        long cacheBytes,
        long evicted,
        long prefetched,
        long rebinds,
        int names,
        int clients,
        List<UpstreamState> upstreams,
        ForwardCounts forward) {
    /** Copies the collections. */
    public DnsStatus {
        answered = Map.copyOf(answered);
        upstreams = List.copyOf(upstreams);
    }
}
