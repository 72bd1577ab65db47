package io.innkeeper.api.http;

import io.innkeeper.view.DnsmasqCountersView;
import java.util.List;
import java.util.function.Supplier;

/** What the watched dnsmasq count. */
public final class DnsmasqCounterRoutes {
    private final Supplier<List<DnsmasqCountersView>> counters;

    /** @param counters of each dnsmasq that is asked for them now */
    public DnsmasqCounterRoutes(Supplier<List<DnsmasqCountersView>> counters) {
        this.counters = counters;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get(
                "/api/v1/dnsmasq/{name}/metrics",
                "What a watched dnsmasq counts, as it tells on D-Bus or ubus",
                DnsmasqCountersView.class,
                this::one));
    }

    private Answer one(Call call) {
        String name = call.path("name");
        return counters.get().stream()
                .filter(view -> view.source().equals(name))
                .findFirst()
                .map(Answer::json)
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "no dnsmasq '" + name + "' is watched on a bus (dnsmasq.dbus, dnsmasq.ubus)")));
    }
}
