package io.innkeeper.feed.dnsmasq.bus;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a dnsmasq counts, as it last told on a bus. Its counters begin at zero when it starts.
 *
 * @param version the version of dnsmasq; null where the bus does not tell it
 * @param counters by dnsmasq's own names, such as {@code dhcp_ack}; those of a later version come along
 * @param servers the servers that it forwards questions to; empty where the bus does not tell
 * @param at when it was read
 */
public record BusMetrics(
        @Nullable String version, SortedMap<String, Long> counters, List<UpstreamCounters> servers, Instant at) {
    /** Copies the collections. */
    public BusMetrics {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        servers = List.copyOf(servers);
    }
}
