package io.innkeeper.api.http;

import io.innkeeper.dhcp.Dhcp4Questions;
import io.innkeeper.dhcp.Dhcp4Questions.LeaseCounts;
import io.innkeeper.dhcp.ExceptionBook;
import io.innkeeper.dhcp.SubnetUse;
import io.innkeeper.ops.DhcpMetrics;
import io.innkeeper.view.ExceptionView;
import io.innkeeper.view.ExplanationView;
import io.innkeeper.view.ShadowReport;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own DHCP server: how full it is, what it would do, what it did, and exceptions for a time. */
public final class Dhcp4Routes {
    /**
     * What the server did since it started, and what it holds.
     *
     * @param packets requests by type and outcome
     * @param malformed packets that could not be read, by reason
     * @param repliesSent replies that left
     * @param repliesFailed replies that the kernel did not take
     * @param leaseChanges changes of leases that were stored
     * @param commitFailures batches that could not be stored, and so were not answered
     * @param foreign packets of interfaces that are not served
     * @param faults packets given up because of a fault of ours
     * @param leases leases by state
     * @param subnets how full each of them is
     */
    public record StatisticsView(
            List<DhcpMetrics.PacketCount> packets,
            Map<String, Long> malformed,
            long repliesSent,
            long repliesFailed,
            long leaseChanges,
            long commitFailures,
            long foreign,
            long faults,
            LeaseCounts leases,
            List<SubnetUse> subnets) {}

    /**
     * An exception. Besides these it takes every key of a match of the configuration: vendor, vendorClass, userClass, hostname,
     * clientId, circuitId, remoteId, relay, architecture, random.
     *
     * @param name what it is for
     * @param mac a hardware address or a pattern such as 00:11:22:*
     * @param allow true to answer these clients, which is meant without it; false to refuse them
     * @param until when it ends, such as 2026-12-01T00:00:00Z
     */
    public record ExceptionBody(
            @Nullable String name,
            @Nullable String mac,
            @Nullable Boolean allow,
            String until) {}

    private final Dhcp4Desk desk;
    private final DhcpMetrics metrics;

    /** Asking this server. */
    public Dhcp4Routes(Dhcp4Desk desk, DhcpMetrics metrics) {
        this.desk = desk;
        this.metrics = metrics;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/dhcp4/subnets",
                        "How full each subnet and each pool is",
                        SubnetUse.class,
                        List.of(),
                        call -> items(Dhcp4Calls.ask(desk, Dhcp4Questions::subnets))),
                Route.get(
                                "/api/v1/dhcp4/explain",
                                "What a client would get if it asked now, and which line of the configuration says so",
                                ExplanationView.class,
                                this::explain)
                        .taking(
                                new Route.Parameter("mac", "the hardware address of the client; must be given"),
                                new Route.Parameter("client-id", "what it calls itself (option 61), in hex"),
                                new Route.Parameter(
                                        "subnet", "in this subnet; without it, in the one where it is most likely"),
                                new Route.Parameter("vendor-class", "with this vendor class (option 60)")),
                Route.get(
                        "/api/v1/dhcp4/shadow",
                        "In mode shadow: where the real server and this one would not say the same",
                        ShadowReport.class,
                        call -> shadow()),
                Route.get(
                        "/api/v1/dhcp4/statistics",
                        "What the server did since Innkeeper started, and what it holds",
                        StatisticsView.class,
                        call -> statistics()),
                Route.list(
                        "/api/v1/dhcp4/exceptions",
                        "Access rules for a time that hold now",
                        ExceptionView.class,
                        List.of(),
                        call -> items(desk.exceptions().listed(Dhcp4Calls.config(desk)))),
                Route.with(
                                "POST",
                                "/api/v1/dhcp4/exceptions",
                                "Lets clients in, or keeps them out, until a time. Lasts over restarts, ends by itself",
                                ExceptionBody.class,
                                ExceptionView.class,
                                this::add)
                        .answering(201),
                Route.bare(
                        "DELETE",
                        "/api/v1/dhcp4/exceptions/{id}",
                        "Ends an exception before its time; answers it as it was",
                        ExceptionView.class,
                        this::remove));
    }

    private static Answer items(List<?> items) {
        return Answer.json(Map.of("items", items));
    }

    private Answer explain(Call call) {
        MacAddress mac = call.query("mac", "a hardware address", MacAddress::parse);
        if (call.query("mac") == null) {
            call.error("mac", "is missing: say of which client");
        }
        ClientId clientId = call.query("client-id", "octets in hex", ClientId::parse);
        Prefix subnet = call.query("subnet", "a network such as 192.168.1.0/24", Prefix::parse);
        boolean known = subnet == null
                || desk.config().stream()
                        .flatMap(config -> config.allSubnets().stream())
                        .anyMatch(one -> one.prefix().equals(subnet));
        if (!known && desk.config().isPresent()) {
            call.error("subnet", "is not a subnet of the configuration; /api/v1/dhcp4/subnets lists them");
        }
        call.check();
        String prefix = subnet == null ? null : subnet.toString();
        String vendorClass = call.query("vendor-class");
        MacAddress asked = java.util.Objects.requireNonNull(mac, "checked above");
        return Answer.json(
                Dhcp4Calls.ask(desk, service -> Dhcp4Questions.explain(service, asked, clientId, prefix, vendorClass)));
    }

    private Answer shadow() {
        return Answer.json(Dhcp4Calls.ask(
                desk,
                service -> service.shadow()
                        .orElseThrow(() -> Dhcp4Calls.conflict(
                                "the server does not run in mode shadow: it answers; dhcp4.mode: shadow compares"))));
    }

    private Answer statistics() {
        List<SubnetUse> subnets = Dhcp4Calls.ask(desk, Dhcp4Questions::subnets);
        LeaseCounts leases = Dhcp4Calls.ask(desk, service -> Dhcp4Questions.counts(service, subnets));
        DhcpMetrics.Counts counts = metrics.counts();
        return Answer.json(new StatisticsView(
                counts.packets(),
                counts.malformed(),
                counts.repliesSent(),
                counts.repliesFailed(),
                counts.leaseChanges(),
                counts.commitFailures(),
                counts.foreign(),
                counts.faults(),
                leases,
                subnets));
    }

    private Answer add(Call call) {
        String json = JsonBody.object(call).toString();
        ExceptionBook.Taken taken = desk.exceptions().add(Dhcp4Calls.config(desk), json, call.remoteAddress());
        if (taken.view() == null) {
            throw Dhcp4Calls.badRequest(taken.problems());
        }
        desk.changed();
        return Answer.json(201, taken.view());
    }

    private Answer remove(Call call) {
        ExceptionView gone = desk.exceptions()
                .remove(Dhcp4Calls.config(desk), call.path("id"), call.remoteAddress())
                .orElseThrow(() -> new ProblemException(Problem.notFound("there is no exception " + call.path("id")
                        + " of the API; /api/v1/dhcp4/exceptions lists them")));
        desk.changed();
        return Answer.json(gone);
    }
}
