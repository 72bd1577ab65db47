package io.innkeeper.api.http;

import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.forward.Security;
import io.innkeeper.dns.log.LiveFollower;
import io.innkeeper.dns.log.LiveQueries;
import io.innkeeper.dns.log.QueryFilter;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QueryPage;
import io.innkeeper.dns.log.QueryRow;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.service.Answers;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.view.DnsQueryView;
import io.innkeeper.view.DnsStatisticsView;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What clients asked: the query log, as it comes, and counted. */
final class DnsQueryRoutes {
    /**
     * What was removed.
     *
     * @param forgotten rows of the query log
     */
    public record ForgottenView(long forgotten) {}

    /**
     * Whose questions are on record.
     *
     * @param items the names that the parameter {@code server} takes
     */
    public record QueryServersView(List<String> items) {}

    /** What our own server is called among those whose queries are on record. */
    private static final String OWN = "dns";

    private static final Route.Parameter SERVER = new Route.Parameter(
            "server",
            "asked of this server, as /api/v1/dns/servers names it, such as dnsmasq/home; our own if not given");

    private final DnsDesk desk;
    private final DnsQueryLogs others;
    private final DeviceQueries devices;
    private final InstantSource clock;

    /** @param others the logs of servers that are watched */
    DnsQueryRoutes(DnsDesk desk, DnsQueryLogs others, DeviceQueries devices, InstantSource clock) {
        this.desk = desk;
        this.others = others;
        this.devices = devices;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/dns/servers",
                        "Whose queries are on record: our own server, and the dnsmasq whose log tells queries",
                        QueryServersView.class,
                        _ -> servers()),
                Route.list(
                        "/api/v1/dns/queries",
                        "What was asked, the newest first. A page may have fewer rows than its limit, and yet a next one:"
                                + " one call looks at a bounded part of the log",
                        DnsQueryView.class,
                        List.of(DnsCalls.filters(
                                SERVER,
                                DnsCalls.LIMIT,
                                new Route.Parameter("cursor", "where to go on: the 'next' of the page before"))),
                        this::list),
                Route.bare(
                                "GET",
                                "/api/v1/dns/queries/stream",
                                "Queries as they come (text/event-stream): 'query' with a row, 'lost' with the number of rows"
                                        + " for which there was no room. For "
                                        + LiveQueries.MAX_FOLLOWERS + " followers at a time",
                                null,
                                this::follow)
                        .taking(DnsCalls.filters(SERVER)),
                Route.bare(
                                "DELETE",
                                "/api/v1/dns/queries",
                                "Forgets all rows and statistics, or all rows of a device",
                                ForgottenView.class,
                                this::forget)
                        .taking(SERVER, new Route.Parameter("device", "its hardware address; everything if not given")),
                Route.get(
                                "/api/v1/dns/statistics",
                                "How many questions which step answered, what was asked most, and by whom",
                                DnsStatisticsView.class,
                                this::statistics)
                        .taking(
                                SERVER,
                                new Route.Parameter("window", "hour or day; day if not given"),
                                new Route.Parameter("limit", "how long top lists are, 1 to 100; 10 if not given")));
    }

    private Answer servers() {
        List<String> names = new ArrayList<>();
        desk.config().ifPresent(_ -> names.add(OWN));
        names.addAll(others.servers());
        return Answer.json(new QueryServersView(names));
    }

    private QueryLog log(Call call) {
        String server = call.query("server");
        if (server == null || server.equals(OWN)) {
            return DnsCalls.ask(desk, DnsService::world).log();
        }
        return others.log(server)
                .orElseThrow(() -> new ProblemException(Problem.badRequest(
                        "server", "nobody of that name has queries on record; /api/v1/dns/servers has the names")));
    }

    private Answer list(Call call) {
        QueryFilter filter = DnsCalls.filter(call, clock.instant());
        Long before = call.query("cursor", "the 'next' of a page", DnsQueryRoutes::number);
        call.check();
        QueryPage page = log(call).search(filter.before(before));
        DnsDevices names = new DnsDevices(devices);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.rows().stream().map(row -> view(row, names)).toList());
        body.put("next", page.next() == null ? null : String.valueOf(page.next()));
        return Answer.json(body);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text)).filter(number -> number >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Answer follow(Call call) {
        QueryFilter filter = DnsCalls.filter(call, clock.instant());
        call.check();
        LiveFollower follower = log(call)
                .live()
                .follow(filter)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        503,
                        "full",
                        "Too many followers",
                        LiveQueries.MAX_FOLLOWERS + " clients follow the queries already; try again later")));
        return Answer.events(new DnsQueryStream(follower, new DnsDevices(devices)));
    }

    private Answer forget(Call call) {
        MacAddress device = DnsCalls.mac(call, "device");
        call.check();
        QueryLog log = log(call);
        Future<Long> done = device == null ? log.forgetEverything() : log.forget(device);
        return Answer.json(new ForgottenView(DnsCalls.answered(() -> Answers.of(done, "the query log"))));
    }

    private Answer statistics(Call call) {
        DnsWindow window = call.query("window", "hour or day", DnsWindow::parse);
        int limit = (int) call.number("limit", 10, 1, 100);
        call.check();
        return Answer.json((window == null ? DnsWindow.DAY : window)
                .view(log(call).statistics(), clock.instant(), limit, new DnsDevices(devices)));
    }

    static DnsQueryView view(QueryRow row, DnsDevices names) {
        boolean blocked = row.step() == QueryStep.BLOCKED;
        String detail = row.detail().isEmpty() ? null : row.detail();
        return new DnsQueryView(
                row.sequence(),
                Instant.ofEpochMilli(row.atMs()),
                DnsDevices.text(row.client()),
                DnsDevices.text(row.device()),
                names.name(row.device()),
                row.name().text(),
                RecordType.text(row.type()),
                Rcode.text(row.rcode()),
                row.step().text(),
                blocked ? detail : null,
                upstream(row.step(), detail),
                row.micros(),
                row.transportText(),
                security(row.security()));
    }

    private static @Nullable String upstream(QueryStep step, @Nullable String detail) {
        return step == QueryStep.FORWARDED ? detail : null;
    }

    /** The word for a number of the log. */
    static String security(int number) {
        Security[] all = Security.values();
        return (number >= 0 && number < all.length ? all[number] : Security.UNCHECKED)
                .name()
                .toLowerCase(Locale.ROOT);
    }
}
