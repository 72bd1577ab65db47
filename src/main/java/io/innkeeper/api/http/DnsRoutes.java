package io.innkeeper.api.http;

import io.innkeeper.config.DnsBlockList;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.DnsStatus;
import io.innkeeper.dns.Explanation;
import io.innkeeper.dns.block.ListSearch;
import io.innkeeper.dns.forward.UpstreamState;
import io.innkeeper.dns.log.LogState;
import io.innkeeper.dns.log.QueryFilter;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.service.ServiceException;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.view.DnsExplanationView;
import io.innkeeper.view.DnsStatusView;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Our own DNS server: how it is, and why it answers as it does; with the routes of its log, its lists and its exceptions. */
public final class DnsRoutes {
    private static final int RECENT = 100;

    /** What is called {@code rules} by hand. */
    static final String BY_HAND = "rules";

    /**
     * What was forgotten.
     *
     * @param flushed answers that are not kept any more
     */
    public record FlushedView(int flushed) {}

    private final DnsDesk desk;
    private final DeviceQueries devices;
    private final List<Route> others = new ArrayList<>();

    /**
     * Asking this server.
     *
     * @param logs of what was asked of servers that are watched
     * @param devices what devices are called
     * @param running through which lists are switched on and off
     */
    public DnsRoutes(
            DnsDesk desk, DnsQueryLogs logs, DeviceQueries devices, RunningConfig running, InstantSource clock) {
        this.desk = desk;
        this.devices = devices;
        others.addAll(new DnsQueryRoutes(desk, logs, devices, clock).routes());
        others.addAll(new DnsListRoutes(desk, running).routes());
        others.addAll(new DnsExceptionRoutes(desk, devices, clock).routes());
    }

    /** The routes. */
    public List<Route> routes() {
        List<Route> all = new ArrayList<>(List.of(
                Route.get(
                        "/api/v1/dns/status",
                        "What the DNS server answered since it started, and how cache, upstreams and log are",
                        DnsStatusView.class,
                        call -> status()),
                Route.get(
                                "/api/v1/dns/explain",
                                "What a client would be answered now, and why; no upstream is asked",
                                DnsExplanationView.class,
                                this::explain)
                        .taking(
                                new Route.Parameter("name", "the name; must be given"),
                                new Route.Parameter("type", "the type, such as AAAA; A if not given"),
                                new Route.Parameter("client", "who asks, an address; the caller if not given")),
                Route.bare(
                                "POST",
                                "/api/v1/dns/cache/flush",
                                "Forgets the answers of a name and all below it, or all answers",
                                FlushedView.class,
                                this::flush)
                        .taking(new Route.Parameter("name", "the name; everything if not given"))));
        all.addAll(others);
        return List.copyOf(all);
    }

    private Answer status() {
        DnsConfig config = DnsCalls.config(desk);
        DnsStatus status = DnsCalls.ask(desk, DnsService::status);
        DnsService.World world = DnsCalls.ask(desk, DnsService::world);
        return Answer.json(new DnsStatusView(
                world.summary(),
                config.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                status.answered(),
                status.dropped(),
                status.clients(),
                status.names(),
                world.blockedNames(),
                status.rebinds(),
                new DnsStatusView.DnsCacheView(
                        status.cached(), status.cacheBytes(), status.evicted(), status.prefetched()),
                new DnsStatusView.DnsForwardingView(
                        status.forward().asked(),
                        status.forward().shared(),
                        status.forward().refused(),
                        status.forward().loops(),
                        status.forward().late(),
                        status.forward().open()),
                status.upstreams().stream().map(DnsRoutes::view).toList(),
                view(world.log().state())));
    }

    private static DnsStatusView.DnsUpstream view(UpstreamState state) {
        return new DnsStatusView.DnsUpstream(
                state.address().text(),
                state.healthy(),
                state.sent(),
                state.answered(),
                state.failed(),
                state.timedOut(),
                state.mismatched(),
                state.roundTripMs() > 0 ? Math.round(state.roundTripMs() * 1_000) : null);
    }

    private static DnsStatusView.DnsLogView view(LogState state) {
        return new DnsStatusView.DnsLogView(
                state.mode().name().toLowerCase(Locale.ROOT),
                state.rows(),
                state.bytes(),
                state.oldestAt(),
                state.dropped(),
                state.lost(),
                state.damaged(),
                state.problem());
    }

    private Answer flush(Call call) {
        DnsName name = DnsCalls.name(call, "name");
        call.check();
        return Answer.json(new FlushedView(DnsCalls.ask(desk, service -> service.flush(name))));
    }

    private Answer explain(Call call) {
        DnsName asked = DnsCalls.name(call, "name");
        if (call.query("name") == null) {
            call.error("name", "is missing: say of which name");
        }
        Integer type = Objects.requireNonNullElse(DnsCalls.type(call), RecordType.A);
        IpAddress client = DnsCalls.address(call, "client");
        call.check();
        DnsName name = Objects.requireNonNull(asked, "checked above");
        IpAddress who =
                client != null ? client : IpAddress.parse(call.remoteAddress()).orElseThrow();
        return Answer.json(DnsCalls.ask(desk, service -> explain(service, name, type, who)));
    }

    private DnsExplanationView explain(DnsService service, DnsName name, int type, IpAddress client)
            throws ServiceException {
        DnsService.World world = service.world();
        Explanation why = service.explain(name, type, client);
        List<DnsBlockList> lists = DnsCalls.config(desk).block();
        String list = listName(lists, why.list());
        return new DnsExplanationView(
                name.text(),
                RecordType.text(type),
                client.toString(),
                DnsDevices.text(why.device()),
                new DnsDevices(devices).name(why.device()),
                why.group().isEmpty() ? null : why.group(),
                why.mode(),
                why.step().text(),
                why.rcode().isEmpty() ? null : why.rcode(),
                why.records(),
                list,
                why.keptMs() < 0 ? null : why.keptMs() / 1_000,
                why.steps().stream().map(step -> named(step, why.list(), list)).toList(),
                world.find(name).stream().map(found -> view(found, lists)).toList(),
                lastForwarded(world.log(), name, type));
    }

    /** The engine knows lists by number. */
    private static String named(String step, int number, @Nullable String list) {
        String end = "by list " + number;
        boolean means = list != null && step.endsWith(end);
        return means ? step.substring(0, step.length() - end.length()) + "by the list " + list : step;
    }

    private static @Nullable String listName(List<DnsBlockList> lists, int number) {
        if (number == 0) {
            return BY_HAND;
        }
        return number > 0 && number <= lists.size() ? lists.get(number - 1).shownName() : null;
    }

    private static DnsExplanationView.DnsFound view(ListSearch.Found found, List<DnsBlockList> lists) {
        boolean off = lists.stream().anyMatch(list -> list.shownName().equals(found.list()) && !list.enabled());
        String effect = found.effect().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new DnsExplanationView.DnsFound(found.list(), found.line(), found.text(), effect, !off);
    }

    /** What the query log has of the newest answer that an upstream gave. */
    private static DnsExplanationView.@Nullable DnsForwarded lastForwarded(QueryLog log, DnsName name, int type) {
        QueryFilter filter = QueryFilter.newest(RECENT)
                .below(name.lower())
                .answeredBy(QueryStep.FORWARDED)
                .ofType(type);
        return log.search(filter).rows().stream()
                .filter(row -> row.name().equals(name) && !row.detail().isEmpty())
                .findFirst()
                .map(row -> new DnsExplanationView.DnsForwarded(
                        java.time.Instant.ofEpochMilli(row.atMs()),
                        row.detail(),
                        Rcode.text(row.rcode()),
                        row.micros(),
                        DnsQueryRoutes.security(row.security())))
                .orElse(null);
    }
}
