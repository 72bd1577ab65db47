package io.innkeeper;

import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.DnsStatus;
import io.innkeeper.dns.forward.UpstreamState;
import io.innkeeper.dns.log.LogState;
import io.innkeeper.ops.DnsMetrics;
import io.innkeeper.service.ServiceException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Carries what the DNS server counts into the metrics: asked once for all metrics of a scrape. */
final class DnsCounting implements Supplier<Optional<DnsMetrics.Counts>> {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Optional<DnsService>> service;
    private Optional<DnsMetrics.Counts> counts = Optional.empty();
    private long askedNanos = System.nanoTime() - FRESH_NANOS;

    /** @param service empty where it is not configured */
    DnsCounting(Supplier<Optional<DnsService>> service) {
        this.service = service;
    }

    @Override
    public synchronized Optional<DnsMetrics.Counts> get() {
        if (System.nanoTime() - askedNanos >= FRESH_NANOS) {
            counts = service.get().filter(DnsService::runs).flatMap(DnsCounting::ask);
            askedNanos = System.nanoTime();
        }
        return counts;
    }

    private static Optional<DnsMetrics.Counts> ask(DnsService service) {
        try {
            DnsStatus status = service.status();
            DnsService.World world = service.world();
            LogState log = world.log().state();
            return Optional.of(new DnsMetrics.Counts(
                    status.answered(),
                    status.dropped(),
                    status.cached(),
                    status.cacheBytes(),
                    world.blockedNames(),
                    status.clients(),
                    log.dropped(),
                    log.lost(),
                    status.upstreams().stream().map(DnsCounting::upstream).toList()));
        } catch (ServiceException e) {
            return Optional.empty(); // it stops, or has too much to do: its health says so
        }
    }

    private static DnsMetrics.Upstream upstream(UpstreamState state) {
        return new DnsMetrics.Upstream(
                state.address().text(),
                state.healthy(),
                state.roundTripMs() / 1_000,
                Map.of(
                        "answered", state.answered(),
                        "failed", state.failed(),
                        "timed-out", state.timedOut(),
                        "mismatched", state.mismatched()));
    }
}
