package io.innkeeper.api.http;

import io.innkeeper.dhcp.Dhcp4Questions;
import io.innkeeper.store.Audit;
import io.innkeeper.store.LeaseFilter;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Paging;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Leases and their history. */
public final class LeaseRoutes {
    private static final int MAX_TEXT = 200;
    private static final int LAST_YEAR = 9_999;

    private final LeaseQueries leases;
    private final Dhcp4Desk desk;
    private final Audit audit;
    private final InstantSource clock;

    /** Reading from the queries, ending through the desk. */
    public LeaseRoutes(LeaseQueries leases, Dhcp4Desk desk, Audit audit, InstantSource clock) {
        this.leases = leases;
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/leases",
                        "The leases held now",
                        LeaseView.class,
                        List.of(
                                Listing.LIMIT,
                                Listing.CURSOR,
                                Listing.sort(LeaseQueries.orders()),
                                new Route.Parameter("q", "found in address, name, hardware address or vendor"),
                                new Route.Parameter("allocation", "static or dynamic"),
                                new Route.Parameter("family", "4 or 6"),
                                new Route.Parameter("origin", "the kind of source, such as dnsmasq"),
                                new Route.Parameter("source", "the name of the source"),
                                new Route.Parameter("mac", "of this device"),
                                new Route.Parameter("hostname", "of exactly this name"),
                                new Route.Parameter("subnet", "inside this network, as 192.168.1.0/24")),
                        this::list),
                Route.list(
                        "/api/v1/leases/history",
                        "Who had which address when, newest first",
                        BindingView.class,
                        List.of(
                                Listing.LIMIT,
                                Listing.CURSOR,
                                new Route.Parameter("address", "of this address"),
                                new Route.Parameter("mac", "of this device"),
                                new Route.Parameter("at", "only who had it at this time, as 2026-11-21T07:00:00Z")),
                        this::history),
                Route.get("/api/v1/leases/{address}", "One lease", LeaseView.class, this::one)
                        .taking(new Route.Parameter("source", "of this source, where several have leased the address")),
                Route.bare(
                        "DELETE",
                        "/api/v1/leases/{address}",
                        "Ends a lease of the own server; those of others are theirs to end",
                        LeaseView.class,
                        this::delete));
    }

    private Answer list(Call call) {
        LeaseFilter filter = new LeaseFilter(
                call.query(
                        "q",
                        "at most " + MAX_TEXT + " characters long",
                        text -> Optional.of(text).filter(t -> t.length() <= MAX_TEXT)),
                call.query(
                        "allocation",
                        "static or dynamic",
                        text -> Optional.of(text).filter(List.of("static", "dynamic")::contains)),
                call.query(
                        "family",
                        "4 or 6",
                        text -> Optional.of(text)
                                .filter(List.of("4", "6")::contains)
                                .map(Integer::valueOf)),
                call.query("origin"),
                call.query("source"),
                mac(call),
                call.query("hostname"),
                null,
                call.query("subnet", "a network such as 192.168.1.0/24", Prefix::parse));
        Paging paging = Listing.paging(call);
        return Listing.answer(leases.list(filter, paging));
    }

    private static @org.jspecify.annotations.Nullable String mac(Call call) {
        MacAddress mac = call.query("mac", "a hardware address", MacAddress::parse);
        return mac == null ? null : mac.toString();
    }

    private Answer history(Call call) {
        IpAddress address = call.query("address", "an IP address", IpAddress::parse);
        String mac = mac(call);
        Instant at = call.query("at", "a time such as 2026-11-21T07:00:00Z", LeaseRoutes::time);
        Paging paging = Listing.paging(call);
        return Listing.answer(leases.history(address, mac, at, paging));
    }

    static Optional<Instant> time(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
            return Optional.of(time.toInstant()).filter(any -> time.getYear() >= 0 && time.getYear() <= LAST_YEAR);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private List<LeaseView> find(Call call) {
        IpAddress address = IpAddress.parse(call.path("address")).orElse(null);
        if (address == null) {
            call.error("address", "not an IP address");
        }
        call.check();
        LeaseFilter filter = new LeaseFilter(null, null, null, null, call.query("source"), null, null, address, null);
        List<LeaseView> found =
                leases.list(filter, new Paging(null, null, Paging.MAX_LIMIT)).items();
        if (found.isEmpty()) {
            throw new ProblemException(Problem.notFound("nobody holds a lease of " + address
                    + " now; /api/v1/leases/history?address=" + address + " tells who did"));
        }
        return found;
    }

    private Answer one(Call call) {
        return Answer.json(find(call).getFirst());
    }

    private Answer delete(Call call) {
        List<LeaseView> found = find(call);
        LeaseView lease = found.stream()
                .filter(one -> Dhcp4Questions.isOurs(one.origin(), one.source()))
                .findFirst()
                .orElseThrow(() -> notOurs(found.getFirst()));
        IpAddress address = IpAddress.parse(lease.address()).orElseThrow();
        if (!Dhcp4Calls.<Boolean>ask(desk, service -> service.release(address))) {
            throw new ProblemException(Problem.notFound("the lease of " + address + " has ended already"));
        }
        audit.add(new Audit.Entry(
                clock.instant(), call.remoteAddress(), "release", lease.address(), String.valueOf(lease.mac())));
        return Answer.json(lease);
    }

    private static ProblemException notOurs(LeaseView lease) {
        return new ProblemException(Problem.of(
                409,
                "read-only",
                "Not ours to end",
                "the lease of " + lease.address() + " was granted by " + lease.origin() + " '" + lease.source()
                        + "'; only that server can end it"));
    }
}
