package io.innkeeper;

import io.innkeeper.api.http.DnsmasqCounterRoutes;
import io.innkeeper.api.http.Route;
import io.innkeeper.feed.dnsmasq.DnsmasqService;
import io.innkeeper.feed.dnsmasq.Way;
import io.innkeeper.feed.dnsmasq.bus.BusListener;
import io.innkeeper.feed.dnsmasq.bus.CounterSource;
import io.innkeeper.feed.dnsmasq.bus.Restore;
import io.innkeeper.ops.DnsmasqMetrics;
import io.innkeeper.ops.Metrics;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.view.DnsmasqCountersView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** What the buses of the watched dnsmasq are good for beside events: counters, and giving leases back. */
final class DnsmasqBuses {
    private final Heart heart;
    private final Supplier<List<DnsmasqService.Wanted>> wanted;
    private final Supplier<Optional<DnsmasqService>> service;

    /**
     * @param wanted what is to be watched now
     * @param service the service that listens to buses; empty while it does not run
     * @param metrics where counters are shown
     */
    DnsmasqBuses(
            Heart heart,
            Supplier<List<DnsmasqService.Wanted>> wanted,
            Supplier<Optional<DnsmasqService>> service,
            Metrics metrics) {
        this.heart = heart;
        this.wanted = wanted;
        this.service = service;
        metrics.dnsmasq().watch(() -> views().stream().map(DnsmasqBuses::counts).toList());
    }

    /** The command {@code restore} of the service {@code dnsmasq}. */
    OwnCommand restore() {
        return new Restore(this::targets, new DnsmasqMemory(heart), heart.clock).own();
    }

    private SequencedMap<String, Restore.Target> targets() {
        SequencedMap<String, Restore.Target> targets = new LinkedHashMap<>();
        for (DnsmasqService.Wanted one : wanted.get()) {
            BusListener.Settings bus = one.ways().stream()
                    .map(Way::settings)
                    .filter(BusListener.Settings.class::isInstance)
                    .map(BusListener.Settings.class::cast)
                    .findFirst()
                    .orElse(null);
            targets.put(
                    one.settings().name(),
                    new Restore.Target(bus, one.settings().leases()));
        }
        return targets;
    }

    /** The routes. */
    List<Route> routes() {
        return new DnsmasqCounterRoutes(this::views).routes();
    }

    private List<DnsmasqCountersView> views() {
        List<DnsmasqCountersView> views = new ArrayList<>();
        service.get()
                .ifPresent(now -> now.listeners()
                        .forEach((name, listeners) -> listeners.stream()
                                .filter(CounterSource.class::isInstance)
                                .map(CounterSource.class::cast)
                                .findFirst()
                                .ifPresent(source -> views.add(view(name, source)))));
        return views;
    }

    private static DnsmasqMetrics.Counts counts(DnsmasqCountersView view) {
        Map<String, Map<String, Long>> servers = new LinkedHashMap<>();
        view.servers()
                .forEach(server -> servers.putIfAbsent(server.address() + "#" + server.port(), server.counters()));
        return new DnsmasqMetrics.Counts(view.source(), view.counters(), servers);
    }

    private static DnsmasqCountersView view(String name, CounterSource source) {
        return source.metrics()
                .map(told -> new DnsmasqCountersView(
                        name,
                        told.version(),
                        told.at(),
                        told.counters(),
                        told.servers().stream()
                                .map(server -> new DnsmasqCountersView.Server(
                                        server.address(), server.port(), server.counters()))
                                .toList()))
                .orElseGet(() -> DnsmasqCountersView.silent(name));
    }
}
