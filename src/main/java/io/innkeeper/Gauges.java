package io.innkeeper;

import io.innkeeper.config.MetricsConfig;
import io.innkeeper.ops.Metrics;
import io.innkeeper.service.ServiceController;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What the metrics tell of the program as a whole: asked when they are read. */
record Gauges(Metrics metrics) {
    /**
     * Shows them.
     *
     * @param followers how many follow the event stream
     * @param config asked anew each time
     */
    void show(Heart heart, ServiceController services, DoubleSupplier followers, Supplier<MetricsConfig> config) {
        metrics.gauges(
                "innkeeper_leases",
                "Leases held now, by source and allocation",
                () -> heart.leases.countsBySource(),
                "origin",
                "source",
                "allocation");
        metrics.gauge("innkeeper_devices", "Devices ever seen", () -> heart.devices.count());
        metrics.gauge("innkeeper_event_newest_number", "The number of the newest event", () -> heart.log.newest());
        metrics.gauge("innkeeper_desk_waiting", "Reports that wait for the desk", () -> heart.desk.waiting());
        metrics.gauge("innkeeper_sse_followers", "Followers of the event stream", followers);
        metrics.gauges("innkeeper_service_up", "1 where a service runs", () -> up(services), "service");
        metrics.gauges(
                "innkeeper_lease_expires_seconds",
                "When each lease ends, seconds since 1970; only with metrics.per-lease",
                () -> config.get().perLease() ? heart.leases.expiries() : Map.of(),
                "address",
                "mac",
                "hostname");
    }

    private static Map<List<String>, Double> up(ServiceController services) {
        Map<List<String>, Double> up = new HashMap<>();
        services.statuses()
                .forEach(status -> up.put(List.of(status.name()), status.state().equals("running") ? 1.0 : 0.0));
        return up;
    }
}
