package io.innkeeper.api.http;

import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.block.BlockException;
import io.innkeeper.dns.block.Exceptions;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.view.DnsExceptionView;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Names that are not blocked for a while. */
final class DnsExceptionRoutes {
    private static final Set<String> FIELDS = Set.of("name", "device", "client", "everybody", "seconds");
    private static final long LONGEST_S = Duration.ofDays(30).toSeconds();
    private static final long USUAL_S = Duration.ofHours(1).toSeconds();

    /**
     * An exception. Without device, client and everybody it is for the device that calls.
     *
     * @param name the name; all below it is meant too
     * @param device for the device with this hardware address
     * @param client for this address
     * @param everybody true for everybody
     * @param seconds how long it holds, up to 30 days; an hour if not given
     */
    public record DnsExceptionBody(
            String name,
            @Nullable String device,
            @Nullable String client,
            @Nullable Boolean everybody,
            @Nullable Long seconds) {}

    /** For whom: null for both means everybody. */
    private record Whom(@Nullable MacAddress mac, @Nullable IpAddress address) {
        boolean isOf(BlockException one) {
            return Objects.equals(mac, one.mac()) && Objects.equals(address, one.address());
        }
    }

    private final DnsDesk desk;
    private final DeviceQueries devices;
    private final InstantSource clock;

    DnsExceptionRoutes(DnsDesk desk, DeviceQueries devices, InstantSource clock) {
        this.desk = desk;
        this.devices = devices;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/dns/exceptions",
                        "Names that are not blocked for a while",
                        DnsExceptionView.class,
                        List.of(),
                        call -> list()),
                Route.with(
                                "POST",
                                "/api/v1/dns/exceptions",
                                "Lets a name and all below it through for a while, for a device, an address or everybody. Lasts"
                                        + " over restarts, ends by itself; one for the same name and device is replaced",
                                DnsExceptionBody.class,
                                DnsExceptionView.class,
                                this::add)
                        .answering(201),
                Route.bare(
                        "DELETE",
                        "/api/v1/dns/exceptions/{id}",
                        "Ends an exception before its time; answers it as it was",
                        DnsExceptionView.class,
                        this::remove));
    }

    private Exceptions exceptions() {
        return DnsCalls.ask(desk, DnsService::world).exceptions().at(clock.instant());
    }

    private Answer list() {
        DnsDevices names = new DnsDevices(devices);
        return Answer.json(Map.of(
                "items",
                exceptions().all().stream().map(one -> view(one, names)).toList()));
    }

    private static DnsExceptionView view(BlockException one, DnsDevices names) {
        return new DnsExceptionView(
                one.id(),
                one.name().text(),
                DnsDevices.text(one.mac()),
                names.name(one.mac()),
                DnsDevices.text(one.address()),
                one.until());
    }

    private Answer add(Call call) {
        DnsCalls.config(desk);
        ObjectNode body = JsonBody.object(call);
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                call.error(field, "unknown field; there are: name, device, client, everybody, seconds");
            }
        }
        DnsName name = text(call, body, "name", "a domain name", DnsName::typed);
        if (name == null && body.path("name").isMissingNode()) {
            call.error("name", "is missing: say which name");
        }
        MacAddress mac = text(call, body, "device", "a hardware address", MacAddress::parse);
        IpAddress address = text(call, body, "client", "an IP address", IpAddress::parse);
        boolean everybody = everybody(call, body, mac != null || address != null);
        if (mac != null && address != null) {
            call.error("client", "only one of device and client can be given");
        }
        long seconds = seconds(call, body);
        call.check();
        DnsName allowed = Objects.requireNonNull(name, "checked above");
        Whom whom = everybody || mac != null || address != null ? new Whom(mac, address) : caller(call, allowed);
        return add(call, allowed, whom, seconds);
    }

    private Answer add(Call call, DnsName name, Whom whom, long seconds) {
        String id = exceptions().all().stream()
                .filter(one -> one.name().equals(name) && whom.isOf(one))
                .map(BlockException::id)
                .findFirst()
                .orElseGet(() -> UUID.randomUUID().toString().substring(0, 8));
        BlockException one = new BlockException(
                id, name, whom.mac(), whom.address(), clock.instant().plusSeconds(seconds));
        boolean added = DnsCalls.ask(desk, service -> service.world().add(one, call.remoteAddress()));
        if (!added) {
            throw DnsCalls.conflict("there are " + Exceptions.MAX + " exceptions already: end some of them");
        }
        return Answer.json(201, view(one, new DnsDevices(devices)));
    }

    /** The device that has the caller's address, else the address. */
    private Whom caller(Call call, DnsName name) {
        IpAddress address = IpAddress.parse(call.remoteAddress()).orElseThrow();
        return DnsCalls.ask(desk, service -> {
            MacAddress mac = service.explain(name, RecordType.A, address).device();
            return new Whom(mac, mac == null ? address : null);
        });
    }

    private static <T> @Nullable T text(
            Call call, ObjectNode body, String field, String what, Function<String, Optional<T>> parse) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        T read = value.isString() ? parse.apply(value.stringValue()).orElse(null) : null;
        if (read == null) {
            call.error(field, "not " + what);
        }
        return read;
    }

    private static boolean everybody(Call call, ObjectNode body, boolean others) {
        JsonNode value = body.path("everybody");
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            call.error("everybody", "must be true or false");
        } else if (value.asBoolean(false) && others) {
            call.error("everybody", "cannot be given together with device or client");
        }
        return value.asBoolean(false);
    }

    private static long seconds(Call call, ObjectNode body) {
        JsonNode value = body.path("seconds");
        if (value.isMissingNode() || value.isNull()) {
            return USUAL_S;
        }
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= 1
                && value.longValue() <= LONGEST_S;
        if (!fits) {
            call.error("seconds", "must be a whole number from 1 to " + LONGEST_S + " (30 days)");
        }
        return fits ? value.longValue() : USUAL_S;
    }

    private Answer remove(Call call) {
        String id = call.path("id");
        BlockException one = exceptions().all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("there is no exception " + id + "; /api/v1/dns/exceptions lists them")));
        DnsCalls.ask(desk, service -> service.world().remove(id, call.remoteAddress()));
        return Answer.json(view(one, new DnsDevices(devices)));
    }
}
