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

    private final DnsDesk desk;
    private final DeviceQueries devices;
    private final InstantSource clock;

    DnsQueryRoutes(DnsDesk desk, DeviceQueries devices, InstantSource clock) {
        this.desk = desk;
        this.devices = devices;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/dns/queries",
                        "What was asked, the newest first. A page may have fewer rows than its limit, and yet a next one:"
                                + " one call looks at a bounded part of the log",
                        DnsQueryView.class,
                        List.of(DnsCalls.filters(
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
                        .taking(DnsCalls.filters()),
                Route.bare(
                                "DELETE",
                                "/api/v1/dns/queries",
                                "Forgets all rows and statistics, or all rows of a device",
                                ForgottenView.class,
                                this::forget)
                        .taking(new Route.Parameter("device", "its hardware address; everything if not given")),
                Route.get(
                                "/api/v1/dns/statistics",
                                "How many questions which step answered, what was asked most, and by whom",
                                DnsStatisticsView.class,
                                this::statistics)
                        .taking(
                                new Route.Parameter("window", "hour or day; day if not given"),
                                new Route.Parameter("limit", "how long top lists are, 1 to 100; 10 if not given")));
    }

    private QueryLog log() {
        return DnsCalls.ask(desk, DnsService::world).log();
    }

    private Answer list(Call call) {
        QueryFilter filter = DnsCalls.filter(call, clock.instant());
        Long before = call.query("cursor", "the 'next' of a page", DnsQueryRoutes::number);
        call.check();
        QueryPage page = log().search(filter.before(before));
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
        LiveFollower follower = log().live()
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
        QueryLog log = log();
        Future<Long> done = device == null ? log.forgetEverything() : log.forget(device);
        return Answer.json(new ForgottenView(DnsCalls.ask(desk, _ -> Answers.of(done, "the query log"))));
    }

    private Answer statistics(Call call) {
        DnsWindow window = call.query("window", "hour or day", DnsWindow::parse);
        int limit = (int) call.number("limit", 10, 1, 100);
        call.check();
        return Answer.json((window == null ? DnsWindow.DAY : window)
                .view(log().statistics(), clock.instant(), limit, new DnsDevices(devices)));
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
