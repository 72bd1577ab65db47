package io.innkeeper.feed.dnsmasq.bus;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a dnsmasq counts of one server that it forwards to.
 *
 * @param address the address of the server
 * @param port its port
 * @param counters by dnsmasq's own names, such as {@code queries}; {@code latency} is in milliseconds
 */
public record UpstreamCounters(String address, int port, SortedMap<String, Long> counters) {
    /** Copies the counters. */
    public UpstreamCounters {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    }
}
