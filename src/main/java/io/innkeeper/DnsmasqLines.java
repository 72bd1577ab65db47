package io.innkeeper;

import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.feed.dnsmasq.SourceStatus;
import io.innkeeper.feed.dnsmasq.WayStatus;
import io.innkeeper.ops.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How much comes by the ways in which dnsmasqs are watched. */
record DnsmasqLines(Supplier<Optional<DnsmasqService>> service) {
    void measure(Metrics metrics) {
        metrics.counts(
                "innkeeper_dnsmasq_lines",
                "Lines and signals taken, by dnsmasq and way of watching",
                () -> values(WayStatus::taken),
                "source",
                "way");
        metrics.counts(
                "innkeeper_dnsmasq_lines_dropped",
                "Lines and signals refused: of senders that may not send, too long, not readable",
                () -> values(WayStatus::dropped),
                "source",
                "way");
        metrics.gauges(
                "innkeeper_dnsmasq_way_up",
                "1 where a way of watching a dnsmasq listens",
                () -> values(status -> status.listens() ? 1 : 0),
                "source",
                "way");
    }

    private Map<List<String>, Double> values(ToDoubleFunction<WayStatus> value) {
        Map<List<String>, Double> values = new HashMap<>();
        for (SourceStatus source : service.get().map(DnsmasqService::statuses).orElse(List.of())) {
            for (WayStatus way : source.listeners()) {
                values.put(List.of(source.name(), way.way()), value.applyAsDouble(way));
            }
        }
        return values;
    }
}
