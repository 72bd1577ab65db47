package io.innkeeper.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the watched dnsmasq count, as they tell it on their buses. They begin at zero when they start: gauges to us. */
public final class DnsmasqMetrics {
    /**
     * What one counts.
     *
     * @param source its name
     * @param counters by its own names
     * @param servers what it counts of the servers it forwards to, by their addresses
     */
    public record Counts(String source, Map<String, Long> counters, Map<String, Map<String, Long>> servers) {}

    private static final String SOURCE = "source";

    private final Metrics metrics;

    DnsmasqMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Shows these from now on. To be called once.
     *
     * @param counts asked at each scrape
     */
    public void watch(Supplier<List<Counts>> counts) {
        metrics.gauges(
                "innkeeper_dnsmasq_counter",
                "What a watched dnsmasq counts since it started, by its own names",
                () -> all(counts.get()),
                SOURCE,
                "name");
        metrics.gauges(
                "innkeeper_dnsmasq_server",
                "What a watched dnsmasq counts of the servers it forwards to; latency in milliseconds",
                () -> servers(counts.get()),
                SOURCE,
                "server",
                "name");
    }

    private static Map<List<String>, Double> all(List<Counts> counts) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.forEach(one ->
                one.counters().forEach((name, value) -> all.put(List.of(one.source(), name), (double) value)));
        return all;
    }

    private static Map<List<String>, Double> servers(List<Counts> counts) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.forEach(one -> one.servers()
                .forEach((server, values) ->
                        values.forEach((name, value) -> all.put(List.of(one.source(), server, name), (double) value))));
        return all;
    }
}
