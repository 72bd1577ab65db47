package io.innkeeper.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is counted of the DNS server. It counts for itself, and is asked when somebody looks. */
public final class DnsMetrics {
    /**
     * All counts, since the server started.
     *
     * @param answered answers by step
     * @param dropped questions that got no answer
     * @param cacheEntries answers that are kept
     * @param cacheBytes the memory they take
     * @param blockedNames names and rules on block lists that count
     * @param clients addresses that asked lately
     * @param logDropped rows of the query log for which there was no room
     * @param logLost rows of the query log that could not be written
     * @param upstreams in the order of the configuration
     */
    public record Counts(
            Map<String, Long> answered,
            long dropped,
            long cacheEntries,
            long cacheBytes,
            long blockedNames,
            long clients,
            long logDropped,
            long logLost,
            List<Upstream> upstreams) {
        /** Copies the collections. */
        public Counts {
            answered = Map.copyOf(answered);
            upstreams = List.copyOf(upstreams);
        }
    }

    /**
     * Counts of an upstream.
     *
     * @param address which
     * @param up false where the last things asked of it went wrong
     * @param roundTripSeconds how long an answer takes, smoothed; 0 where it is not known
     * @param outcomes messages to it, by what became of them
     */
    public record Upstream(String address, boolean up, double roundTripSeconds, Map<String, Long> outcomes) {
        /** Copies the map. */
        public Upstream {
            outcomes = Map.copyOf(outcomes);
        }
    }

    private static final String UPSTREAM = "upstream";

    private final Metrics metrics;

    DnsMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Shows these from now on. To be called once.
     *
     * @param counts asked at each scrape, several times; empty where the server does not run
     */
    public void watch(Supplier<Optional<Counts>> counts) {
        metrics.counts(
                "innkeeper_dns_queries",
                "Questions, by the step that answered them",
                () -> by(counts, DnsMetrics::steps),
                "step");
        gauge(counts, "innkeeper_dns_cache_entries", "Answers that are kept", Counts::cacheEntries);
        gauge(counts, "innkeeper_dns_cache_bytes", "Memory that kept answers take", Counts::cacheBytes);
        gauge(counts, "innkeeper_dns_blocked_names", "Names and rules on block lists", Counts::blockedNames);
        gauge(counts, "innkeeper_dns_clients", "Addresses that asked lately", Counts::clients);
        metrics.counts(
                "innkeeper_dns_log_rows_lost",
                "Rows that are missing in the query log: dropped for want of room, or not written",
                () -> by(
                        counts,
                        now -> Map.of(List.of("dropped"), (double) now.logDropped(), List.of("unwritten"), (double)
                                now.logLost())),
                "reason");
        metrics.counts(
                "innkeeper_dns_upstream_messages",
                "Messages to upstreams, by what became of them",
                () -> by(counts, DnsMetrics::outcomes),
                UPSTREAM,
                "outcome");
        metrics.gauges(
                "innkeeper_dns_upstream_round_trip_seconds",
                "How long an upstream takes, smoothed",
                () -> by(counts, now -> upstreams(now, Upstream::roundTripSeconds)),
                UPSTREAM);
        metrics.gauges(
                "innkeeper_dns_upstream_up",
                "1 where the last things asked of an upstream went well",
                () -> by(counts, now -> upstreams(now, one -> one.up() ? 1.0 : 0.0)),
                UPSTREAM);
    }

    private void gauge(Supplier<Optional<Counts>> counts, String name, String help, Function<Counts, Long> which) {
        metrics.gauge(name, help, () -> counts.get().map(which).orElse(0L));
    }

    private static Map<List<String>, Double> by(
            Supplier<Optional<Counts>> counts, Function<Counts, Map<List<String>, Double>> which) {
        return counts.get().map(which).orElse(Map.of());
    }

    private static Map<List<String>, Double> steps(Counts counts) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.answered().forEach((step, count) -> all.put(List.of(step), (double) count));
        all.put(List.of("dropped"), (double) counts.dropped());
        return all;
    }

    private static Map<List<String>, Double> outcomes(Counts counts) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.upstreams()
                .forEach(upstream -> upstream.outcomes()
                        .forEach((outcome, count) ->
                                all.merge(List.of(upstream.address(), outcome), (double) count, Double::sum)));
        return all;
    }

    private static Map<List<String>, Double> upstreams(Counts counts, Function<Upstream, Double> which) {
        Map<List<String>, Double> all = new LinkedHashMap<>();
        counts.upstreams().forEach(upstream -> all.putIfAbsent(List.of(upstream.address()), which.apply(upstream)));
        return all;
    }
}
