package io.innkeeper.api.http;

import io.innkeeper.feed.rdk.MessageLog;
import io.innkeeper.view.LeaseMonitorView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The lease monitor: interfaces with what their DHCP clients have, and the newest messages of their plugins. */
public final class UplinkRoutes {
    private final UplinkDesk desk;
    private final InstantSource clock;

    /** Of these clients. */
    public UplinkRoutes(UplinkDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/lease-monitor",
                        "The interfaces of this machine whose DHCP clients are heard, with their leases and prefixes",
                        LeaseMonitorView.class,
                        this::status),
                Route.list(
                        "/api/v1/lease-monitor/messages",
                        "The newest messages of the clients' plugins, and what became of each",
                        MessageLog.Entry.class,
                        List.of(
                                new Route.Parameter("interface", "only those that name this interface"),
                                new Route.Parameter("limit", "how many, 1 to " + MessageLog.KEPT + "; 100 without it")),
                        this::messages));
    }

    static ProblemException notConfigured() {
        return new ProblemException(
                Problem.notFound("the lease monitor is not configured; the section lease-monitor starts it"));
    }

    private UplinkDesk.Status configured() {
        return desk.status().orElseThrow(UplinkRoutes::notConfigured);
    }

    private Answer status(Call call) {
        UplinkDesk.Status status = configured();
        Instant now = clock.instant();
        return Answer.json(new LeaseMonitorView(
                now,
                status.compatibility(),
                status.orders().stream().map(order -> order.text()).toList(),
                status.uplinks().stream()
                        .map(uplink -> UplinkWords.view(uplink, desk.messages(uplink.state()), now))
                        .toList()));
    }

    private Answer messages(Call call) {
        configured();
        long limit = call.number("limit", 100, 1, MessageLog.KEPT);
        call.check();
        return Answer.json(Map.of("items", desk.log().newest(call.query("interface"), (int) limit)));
    }
}
