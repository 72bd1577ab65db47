package io.innkeeper.api.http;

import io.innkeeper.event.EventLog;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How all of it is: numbers for the head of the page, health for machines, metrics. */
public final class StatusRoutes {
    /**
     * What the head of the page shows.
     *
     * @param version of the program
     * @param demo true where the network is simulated
     * @param startedAt when the program started
     * @param now its time
     * @param leases held now: active, static, dynamic
     * @param devices ever seen
     * @param events on disk
     */
    public record StatusView(
            String version,
            boolean demo,
            Instant startedAt,
            Instant now,
            Map<String, Long> leases,
            DeviceCounts devices,
            EventNumbers events) {}

    /** How many devices are known, and how many came in the last 24 hours. */
    public record DeviceCounts(long total, long newToday) {}

    /** The lowest and the highest number on disk. */
    public record EventNumbers(long oldest, long newest) {}

    /**
     * Whether a part is well.
     *
     * @param status {@code ok}, {@code degraded} or {@code failed}
     * @param checks each part: how it is, in a sentence
     */
    public record HealthView(String status, Map<String, String> checks) {}

    private final String version;
    private final boolean demo;
    private final Instant startedAt;
    private final InstantSource clock;
    private final LeaseQueries leases;
    private final DeviceQueries devices;
    private final EventQueries events;
    private final EventLog log;
    private final ServiceController services;
    private final Supplier<@Nullable String> trouble;
    private final Supplier<String> metrics;

    /**
     * The routes' sources.
     *
     * @param trouble what keeps leases from being stored; null where all is well
     * @param metrics the Prometheus text
     */
    public StatusRoutes(
            String version,
            boolean demo,
            InstantSource clock,
            LeaseQueries leases,
            DeviceQueries devices,
            EventQueries events,
            EventLog log,
            ServiceController services,
            Supplier<@Nullable String> trouble,
            Supplier<String> metrics) {
        this.version = version;
        this.demo = demo;
        this.startedAt = clock.instant();
        this.clock = clock;
        this.leases = leases;
        this.devices = devices;
        this.events = events;
        this.log = log;
        this.services = services;
        this.trouble = trouble;
        this.metrics = metrics;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/status", "Numbers for a first look", StatusView.class, call -> status()),
                Route.get("/health/live", "Whether the process works at all", HealthView.class, call -> live()),
                Route.get(
                                "/health/ready",
                                "Whether everything works; 503 where something that matters does not",
                                HealthView.class,
                                call -> ready())
                        .answering(200, 503),
                Route.bare(
                        "GET",
                        "/metrics",
                        "Prometheus metrics",
                        null,
                        call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.get())));
    }

    private Answer status() {
        Instant now = clock.instant();
        LeaseQueries.Counts counts = leases.counts();
        long dynamic = counts.active() - counts.fixed();
        return Answer.json(new StatusView(
                version,
                demo,
                startedAt,
                now,
                Map.of("active", counts.active(), "static", counts.fixed(), "dynamic", dynamic),
                new DeviceCounts(devices.count(), devices.countSince(now.minus(Duration.ofDays(1)))),
                new EventNumbers(events.oldest(), log.newest())));
    }

    private static Answer live() {
        return Answer.json(new HealthView("ok", Map.of()));
    }

    private Answer ready() {
        Map<String, String> checks = new LinkedHashMap<>();
        String problem = trouble.get();
        checks.put("store", problem == null ? "ok" : "failed: " + problem);
        boolean failed = problem != null;
        boolean degraded = false;
        for (ServiceStatus service : services.statuses()) {
            checks.put(service.name(), service.health() + ": " + service.message());
            failed |= service.health().equals("failed");
            degraded |= service.health().equals("degraded");
        }
        return Answer.json(
                failed ? 503 : 200, new HealthView(failed ? "failed" : degraded ? "degraded" : "ok", checks));
    }
}
