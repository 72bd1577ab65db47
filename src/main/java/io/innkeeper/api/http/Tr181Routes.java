package io.innkeeper.api.http;

import io.innkeeper.feed.rdk.tr181.DataModel;
import io.innkeeper.feed.rdk.tr181.Order;
import io.innkeeper.feed.rdk.tr181.Parameter;
import io.innkeeper.feed.rdk.tr181.ParameterPath;
import io.innkeeper.feed.rdk.tr181.Selection;
import io.innkeeper.feed.rdk.tr181.Uplink;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.view.Tr181View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The DHCP clients of this machine in the data model TR-181 of Broadband Forum. */
public final class Tr181Routes {
    private static final String PATH = "/api/v1/tr181/{path}";
    private static final String TREE = "tree";
    private static final int OF_CLIENT = 4;

    /**
     * What a parameter is set to.
     *
     * @param value true, to have it done
     */
    public record SetBody(boolean value) {}

    private final UplinkDesk desk;
    private final InstantSource clock;

    /** Of these clients. */
    public Tr181Routes(UplinkDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tr181", "All parameters of the data model TR-181", Tr181View.class, this::get)
                        .taking(format()),
                Route.get(
                                PATH,
                                "A parameter of the data model TR-181, or all below an object, such as Device.DHCPv4.Client.1.;"
                                        + " * or {i} stands for any row",
                                Tr181View.class,
                                this::get)
                        .taking(format()),
                Route.with(
                                "POST",
                                PATH,
                                "Sets a parameter that is a command (Renew, X_RDK_Restart, X_RDK_Release): runs the program that"
                                        + " lease-monitor.hooks names. 503 where it cannot be done",
                                SetBody.class,
                                CommandResponse.class,
                                this::set)
                        .answering(200, 422, 503));
    }

    private static Route.Parameter format() {
        return new Route.Parameter("format", "list (as it is) or tree: objects within objects, by name and number");
    }

    private UplinkDesk.Status status() {
        return desk.status().orElseThrow(() -> UplinkRoutes.notConfigured());
    }

    private Answer get(Call call) {
        String format = call.query("format");
        if (format != null && !format.equals("list") && !format.equals(TREE)) {
            call.error("format", "not one of: list, " + TREE);
        }
        call.check();
        String asked = call.path("path").isEmpty() ? "Device." : call.path("path");
        Instant now = clock.instant();
        List<Parameter> found = find(asked, status(), now);
        return Answer.json(TREE.equals(format) ? tree(asked, now, found) : list(asked, now, found));
    }

    private static ParameterPath path(String asked) {
        return ParameterPath.parse(asked)
                .orElseThrow(() -> new ProblemException(Problem.badRequest(
                        "path", "is no path of TR-181, which looks like Device.DHCPv4.Client.1.IPAddress")));
    }

    private static List<Parameter> find(String asked, UplinkDesk.Status status, Instant now) {
        ParameterPath path = path(asked);
        List<Parameter> model = path.segments().contains(DataModel.EVENTS)
                ? DataModel.events(status.uplinks())
                : DataModel.of(status.uplinks(), status.asOriginal(), now);
        return switch (Selection.of(path, model)) {
            case Selection.Found found -> found.parameters();
            case Selection.Missing missing ->
                throw new ProblemException(Problem.notFound(asked + ": " + missing.text()));
        };
    }

    private static Tr181View list(String asked, Instant now, List<Parameter> found) {
        return Tr181View.list(
                asked,
                now,
                found.stream()
                        .map(one -> new Tr181View.ParameterView(one.path(), one.type(), one.writable(), one.value()))
                        .toList());
    }

    /** Objects within objects; types are left out. */
    private static Tr181View tree(String asked, Instant now, List<Parameter> found) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Parameter parameter : found) {
            String[] parts = parameter.path().split("\\.");
            Map<String, Object> at = tree;
            for (int i = 0; i < parts.length - 1; i++) {
                at = below(at, parts[i]);
            }
            at.put(parts[parts.length - 1], parameter.value());
        }
        return Tr181View.tree(asked, now, tree);
    }

    @SuppressWarnings("unchecked") // what stands under the name of an object is one that was put there here
    private static Map<String, Object> below(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
    }

    private Answer set(Call call) {
        String asked = call.path("path");
        ObjectNode body = JsonBody.object(call);
        UplinkDesk.Status status = status();
        List<Parameter> found = find(asked, status, clock.instant());
        if (found.size() != 1 || !found.getFirst().path().equals(asked)) {
            throw new ProblemException(Problem.badRequest("path", "names no single parameter"));
        }
        Order order = Order.of(found.getFirst().name()).orElse(null);
        if (order == null) {
            throw new ProblemException(
                    Problem.badRequest("path", "cannot be set; Renew, X_RDK_Restart and X_RDK_Release can"));
        }
        JsonNode value = body.get("value");
        if (value == null || !value.isBoolean() || !value.booleanValue()) {
            call.error("value", "must be true: it asks for the command");
        }
        call.check();
        int family = asked.startsWith("Device.DHCPv4.") ? 4 : 6;
        int row = Integer.parseInt(asked.split("\\.")[OF_CLIENT - 1]);
        CommandResponse response = desk.order(order, name(status, family, row), family, call.remoteAddress());
        return Answer.json(ServiceRoutes.httpStatus(response), response);
    }

    private static String name(UplinkDesk.Status status, int family, int row) {
        Stream<Uplink> all = status.uplinks().stream();
        return all.filter(uplink -> isRow(uplink.client(family), row))
                .map(Uplink::name)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isRow(@Nullable Integer number, int row) {
        return Objects.equals(number, row);
    }
}
