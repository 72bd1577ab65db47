package io.innkeeper.api.http;

import io.innkeeper.desk.Desk;
import io.innkeeper.desk.HostNameForecast;
import io.innkeeper.desk.SystemRegistration;
import io.innkeeper.store.Audit;
import io.innkeeper.store.SystemNames;
import io.innkeeper.view.HostNameView;
import io.innkeeper.wire.net.HostNames;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What systems are called. */
public final class SystemRoutes {
    private static final String PATH = "/api/v1/systems/{mac}/hostname";
    private static final String OWNER = "owner";

    /**
     * What a system is registered as.
     *
     * @param hostname a host name of one label; letters beyond ASCII by IDNA
     */
    public record HostNameBody(String hostname) {}

    private final SystemNames names;
    private final HostNameForecast forecast;
    private final Desk desk;
    private final Audit audit;
    private final InstantSource clock;

    /** Reading from the store, changing through the desk. */
    public SystemRoutes(SystemNames names, HostNameForecast forecast, Desk desk, Audit audit, InstantSource clock) {
        this.names = names;
        this.forecast = forecast;
        this.desk = desk;
        this.audit = audit;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/systems",
                        "What each system is called",
                        SystemNames.Named.class,
                        List.of(
                                Listing.LIMIT,
                                Listing.CURSOR,
                                Listing.sort(SystemNames.orders()),
                                new Route.Parameter("q", "found in the name, or the name that it wants")),
                        this::list),
                Route.get(
                                PATH,
                                "What a system is called or would be called, and why",
                                HostNameView.class,
                                this::hostname)
                        .taking(
                                new Route.Parameter("hostname", "what it would be called if it called itself so"),
                                new Route.Parameter("address", "and had this address")),
                Route.with(
                        "PUT",
                        PATH,
                        "Registers what a system is to be called, before what it calls itself",
                        HostNameBody.class,
                        HostNameView.class,
                        this::register),
                Route.bare(
                        "DELETE",
                        PATH,
                        "Takes back what a system was registered as: what it calls itself counts again",
                        HostNameView.class,
                        this::takeBack));
    }

    private Answer list(Call call) {
        String text = call.query("q");
        return Listing.answer(names.list(text, Listing.paging(call)));
    }

    private Answer hostname(Call call) {
        MacAddress mac = mac(call);
        String hostname = call.query("hostname");
        IpAddress address = call.query("address", "an IP address", IpAddress::parse);
        if (hostname != null && HostNames.clean(hostname).isEmpty()) {
            call.error("hostname", "no host name can be made of it");
        }
        call.check();
        return Answer.json(forecast.of(mac, hostname, address));
    }

    private Answer register(Call call) {
        MacAddress mac = mac(call);
        ObjectNode body = JsonBody.object(call);
        for (String field : body.propertyNames()) {
            if (!field.equals("hostname")) {
                call.error(field, "unknown field; there is: hostname");
            }
        }
        JsonNode value = body.get("hostname");
        String hostname = value == null ? "" : value.asString("");
        if (HostNames.clean(hostname).isEmpty()) {
            call.error("hostname", "must be a host name: letters, digits and hyphens, not a number alone");
        }
        call.check();
        return change(call, mac, hostname);
    }

    private Answer takeBack(Call call) {
        return change(call, mac(call), "");
    }

    private Answer change(Call call, MacAddress mac, String hostname) {
        if (hostname.isEmpty() && names.of(mac).isEmpty()) {
            throw new ProblemException(Problem.notFound("no system " + mac + " has a name"));
        }
        if (desk.register(new SystemRegistration(mac, hostname, null, OWNER)).isEmpty()) {
            throw new ProblemException(
                    Problem.of(409, "full", "Too many devices", "as many devices as devices.max allows are known"));
        }
        audit.add(new Audit.Entry(clock.instant(), call.remoteAddress(), "hostname", mac.toString(), hostname));
        return Answer.json(forecast.of(mac, null, null));
    }

    private static MacAddress mac(Call call) {
        return MacAddress.parse(call.path("mac"))
                .orElseThrow(() -> new ProblemException(Problem.badRequest("mac", "not a hardware address")));
    }
}
