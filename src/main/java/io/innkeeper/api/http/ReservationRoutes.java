package io.innkeeper.api.http;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4Entry;
import io.innkeeper.dhcp.Dhcp4Questions;
import io.innkeeper.dhcp.ReservationBook;
import io.innkeeper.store.LeaseFilter;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Paging;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.view.Json;
import io.innkeeper.view.LeaseView;
import io.innkeeper.view.ReservationView;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reservations: those of the configuration and of other servers to read, those of the API to change. */
public final class ReservationRoutes {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final List<String> CSV = List.of("text/csv", "text/plain", "application/csv");

    /**
     * A reservation: an address, a name or options, and by what its client is known. With {@code lease} what is missing is taken
     * from the client that holds that address now.
     *
     * @param lease an address that is leased now
     * @param mac hardware address; {@code macs} with several is taken too
     * @param macs several hardware addresses
     * @param clientId client identifier: a text, or octets such as 0x0102 or 01:02
     * @param duid the DUID inside the client identifier, in octets
     * @param circuitId what the relay says of the line
     * @param remoteId what the relay says of the far end
     * @param hostname what the client calls itself
     * @param address what is kept for it
     * @param name the host name that it gets
     * @param subnet where it belongs, for one without an address; without it, everywhere
     * @param options by name: a value or a list of values
     * @param lifetime how long its leases run, such as 12h or infinite
     */
    public record ReservationBody(
            @Nullable String lease,
            @Nullable String mac,
            @Nullable List<String> macs,
            @Nullable String clientId,
            @Nullable String duid,
            @Nullable String circuitId,
            @Nullable String remoteId,
            @Nullable String hostname,
            @Nullable String address,
            @Nullable String name,
            @Nullable String subnet,
            @Nullable Map<String, Object> options,
            @Nullable String lifetime) {}

    /**
     * A reservation that was taken.
     *
     * @param reservation as it is listed
     * @param warnings what stands in its way for now, and until when
     */
    public record ReservationChange(ReservationView reservation, List<String> warnings) {}

    /**
     * What became of an import.
     *
     * @param dryRun true where nothing was to be stored
     * @param lines how many lines have a reservation
     * @param taken how many of them were stored
     * @param errors what is wrong; a field is {@code line 3: mac}
     * @param warnings what stands in the way of some for now
     */
    public record ImportView(
            boolean dryRun, int lines, int taken, List<Problem.FieldError> errors, List<String> warnings) {}

    private final ReservationStore reservations;
    private final LeaseQueries leases;
    private final Dhcp4Desk desk;

    /** Listing what the store holds, changing through the desk. */
    public ReservationRoutes(ReservationStore reservations, LeaseQueries leases, Dhcp4Desk desk) {
        this.reservations = reservations;
        this.leases = leases;
        this.desk = desk;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/reservations",
                        "Addresses kept for certain hosts; those of the configuration and of dnsmasq can only be read",
                        ReservationView.class,
                        List.of(Listing.LIMIT, Listing.CURSOR),
                        call -> Listing.answer(reservations.list(Listing.paging(call)))),
                Route.with(
                                "POST",
                                "/api/v1/reservations",
                                "Keeps an address, a name or options for a client; {\"lease\": \"192.168.1.50\"} is enough",
                                ReservationBody.class,
                                ReservationChange.class,
                                call -> put(call, null))
                        .answering(201),
                Route.bare(
                                "POST",
                                "/api/v1/reservations/import",
                                "Takes lines of mac,address,name,client-id (text/csv): all of them, or none where one is wrong",
                                ImportView.class,
                                this::importLines)
                        .taking(new Route.Parameter("dry-run", "true to find out only what is wrong")),
                Route.get(
                        "/api/v1/reservations/{id}",
                        "A reservation of the API as it was given, to be changed and put back",
                        Object.class,
                        call -> Answer.json(Json.MAPPER.readTree(document(call)))),
                Route.with(
                        "PUT",
                        "/api/v1/reservations/{id}",
                        "Replaces a reservation of the API",
                        ReservationBody.class,
                        ReservationChange.class,
                        call -> put(call, call.path("id"))),
                Route.bare(
                        "DELETE",
                        "/api/v1/reservations/{id}",
                        "Removes a reservation of the API; answers it as it was",
                        ReservationView.class,
                        this::delete));
    }

    private String document(Call call) {
        return desk.reservations()
                .document(call.path("id"))
                .orElseThrow(() -> new ProblemException(Problem.notFound("there is no reservation " + call.path("id")
                        + " of the API; those of the configuration and of other servers are changed there")));
    }

    private Answer put(Call call, @Nullable String id) {
        Dhcp4Config config = Dhcp4Calls.config(desk);
        if (id != null) {
            document(call);
        }
        String json = fromLease(JsonBody.object(call)).toString();
        ReservationBook.Taken taken = desk.reservations().put(config, id, json, call.remoteAddress());
        if (taken.id() == null || taken.entry() == null) {
            throw Dhcp4Calls.badRequest(taken.problems());
        }
        List<String> warnings = warnings(List.of(taken.entry()));
        desk.changed();
        ReservationView view =
                desk.reservations().view(config, taken.id()).orElseThrow().withLeased(isLeased(taken.entry()));
        return Answer.json(id == null ? 201 : 200, new ReservationChange(view, warnings));
    }

    private boolean isLeased(Dhcp4Entry entry) {
        IpAddress address = entry.reservation().address();
        return address != null && leases.countOwn(address, address) > 0;
    }

    /** A server that does not run holds nobody back. */
    private List<String> warnings(List<Dhcp4Entry> entries) {
        boolean runs = desk.service().filter(service -> service.runs()).isPresent();
        return runs ? Dhcp4Calls.ask(desk, service -> Dhcp4Questions.warnings(service, entries)) : List.of();
    }

    /** What the body does not say of a leased address is taken from its lease. */
    private ObjectNode fromLease(ObjectNode body) {
        JsonNode wanted = body.remove("lease");
        if (wanted == null || wanted.isNull()) {
            return body;
        }
        IpAddress address = IpAddress.parse(wanted.asString(""))
                .filter(any -> !any.v6())
                .orElseThrow(() -> new ProblemException(Problem.badRequest("lease", "not an IPv4 address")));
        LeaseFilter filter = new LeaseFilter(null, null, null, null, null, null, null, address, null);
        List<LeaseView> found = leases.list(filter, new Paging(null, null, 1)).items();
        if (found.isEmpty()) {
            throw new ProblemException(Problem.badRequest("lease", "nobody holds a lease of " + address + " now"));
        }
        LeaseView lease = found.getFirst();
        boolean known = List.of("mac", "macs", "clientId", "duid", "hostname", "circuitId", "remoteId").stream()
                .anyMatch(body::has);
        if (!known && lease.mac() != null) {
            body.put("mac", lease.mac());
        } else if (!known && lease.clientId() != null) {
            body.put("clientId", "0x" + lease.clientId().replace(":", ""));
        }
        if (!body.has("address")) {
            body.put("address", address.toString());
        }
        String name = Objects.requireNonNullElse(lease.hostname(), "");
        if (!body.has("name") && name.matches(NAME)) {
            body.put("name", name);
        }
        return body;
    }

    private Answer delete(Call call) {
        Dhcp4Config config = Dhcp4Calls.config(desk);
        document(call);
        ReservationView gone = desk.reservations()
                .remove(config, call.path("id"), call.remoteAddress())
                .orElseThrow(() -> new ProblemException(Problem.notFound("it is gone already")));
        desk.changed();
        return Answer.json(gone);
    }

    private Answer importLines(Call call) {
        Boolean dryRun = call.query(
                "dry-run",
                "true or false",
                text -> java.util.Optional.of(text)
                        .filter(List.of("true", "false")::contains)
                        .map(Boolean::valueOf));
        call.check();
        if (!CSV.contains(call.contentType())) {
            throw new ProblemException(Problem.of(
                    415, "content-type", "Unsupported media type", "send the lines as Content-Type: text/csv"));
        }
        Dhcp4Config config = Dhcp4Calls.config(desk);
        List<ReservationCsv.Line> lines = ReservationCsv.lines(new String(call.body(), StandardCharsets.UTF_8));
        boolean dry = Boolean.TRUE.equals(dryRun) || lines.stream().anyMatch(line -> line.json() == null);
        List<String> jsons = lines.stream()
                .filter(line -> line.json() != null)
                .map(ReservationCsv.Line::json)
                .toList();
        List<ReservationBook.Taken> taken = desk.reservations().putAll(config, jsons, dry, call.remoteAddress());
        List<Problem.FieldError> errors = errors(lines, taken);
        if (!Boolean.TRUE.equals(dryRun) && !errors.isEmpty()) {
            throw new ProblemException(Problem.badRequest(errors));
        }
        List<Dhcp4Entry> entries = taken.stream()
                .map(ReservationBook.Taken::entry)
                .filter(Objects::nonNull)
                .toList();
        List<String> warnings = warnings(entries);
        if (!dry && !jsons.isEmpty()) {
            desk.changed();
        }
        return Answer.json(new ImportView(dry, lines.size(), dry ? 0 : jsons.size(), errors, warnings));
    }

    private static List<Problem.FieldError> errors(List<ReservationCsv.Line> lines, List<ReservationBook.Taken> taken) {
        List<Problem.FieldError> errors = new ArrayList<>();
        int next = 0;
        for (ReservationCsv.Line line : lines) {
            String where = "line " + line.number();
            if (line.json() == null) {
                errors.add(new Problem.FieldError(where, Objects.requireNonNullElse(line.problem(), "")));
            } else {
                List<ConfigProblem> problems = taken.get(next++).problems();
                errors.addAll(Dhcp4Calls.errors(where + ": ", problems));
            }
        }
        return errors;
    }
}
