package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dnsmasq counts, as JSON. Its counters begin at zero when it starts.
 *
 * @param source the name of the dnsmasq
 * @param version its version; null where it does not answer, or does not tell it
 * @param at when it told; null where it does not answer
 * @param counters by dnsmasq's own names, such as {@code dhcp_ack}
 * @param servers the servers it forwards questions to
 */
public record DnsmasqCountersView(
        String source,
        @Nullable String version,
        @Nullable Instant at,
        Map<String, Long> counters,
        List<Server> servers) {
    /**
     * What it counts of one server.
     *
     * @param address of the server
     * @param port of the server
     * @param counters by dnsmasq's own names; {@code latency} is in milliseconds
     */
    public record Server(String address, int port, Map<String, Long> counters) {}

    /** Copies the list. */
    public DnsmasqCountersView {
        servers = List.copyOf(servers);
    }

    /** Of one that does not answer. */
    public static DnsmasqCountersView silent(String source) {
        return new DnsmasqCountersView(source, null, null, Map.of(), List.of());
    }
}
