package io.innkeeper.api.http;

import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DurationText;
import io.innkeeper.dns.DnsService;
import io.innkeeper.dns.log.QueryFilter;
import io.innkeeper.dns.log.QueryStep;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.Rcode;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all calls about the DNS server have in common: the problems that end them, and how values are written. */
final class DnsCalls {
    static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_RCODE = 4_095;

    private static final String NONE =
            "dns is not configured: write a section dns in the configuration, such as 'dns: {listen: 53}';"
                    + " docs/dns.md has a first one";
    private static final String STEPS =
            Arrays.stream(QueryStep.values()).map(QueryStep::text).collect(Collectors.joining(", "));

    static final Route.Parameter LIMIT =
            new Route.Parameter("limit", "how many, 1 to " + MAX_LIMIT + "; " + DEFAULT_LIMIT + " if not given");

    /** What says which queries are meant. */
    static final List<Route.Parameter> FILTERS = List.of(
            new Route.Parameter("from", "not before this time (2026-12-01T00:00:00Z), or so long ago (2h)"),
            new Route.Parameter("to", "before this time, or so long ago"),
            new Route.Parameter("device", "asked by the device with this hardware address"),
            new Route.Parameter("client", "asked from this address"),
            new Route.Parameter("name", "this text is in the name"),
            new Route.Parameter("under", "this name and all below it"),
            new Route.Parameter("step", "answered by this step: " + STEPS),
            new Route.Parameter("type", "asked for this type, such as AAAA or TYPE65"),
            new Route.Parameter("rcode", "answered with this code, such as NXDOMAIN"));

    /** Asks a service that may not run. */
    @FunctionalInterface
    interface Question<T> {
        T ask(DnsService service) throws ServiceException;
    }

    private DnsCalls() {}

    static DnsConfig config(DnsDesk desk) {
        return desk.config().orElseThrow(() -> conflict(NONE));
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, "dns", "The DNS server cannot do that now", detail));
    }

    /** The answer of the server; ends the call where it is not configured, does not run, or does not answer. */
    static <T> T ask(DnsDesk desk, Question<T> question) {
        config(desk);
        DnsService service = desk.service().orElseThrow(() -> conflict(NONE));
        if (!service.runs()) {
            throw conflict("dns is configured but does not run; /api/v1/services/dns says why");
        }
        return answered(() -> question.ask(service));
    }

    /** Something that a service may not do in time. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws ServiceException;
    }

    /** What came of it; ends the call where nothing does. */
    static <T> T answered(Work<T> work) {
        try {
            return work.done();
        } catch (ServiceException e) {
            throw new ProblemException(
                    Problem.of(503, "busy", "The DNS server does not answer", String.valueOf(e.getMessage())));
        }
    }

    static Route.Parameter[] filters(Route.Parameter... more) {
        return Stream.concat(FILTERS.stream(), Arrays.stream(more)).toArray(Route.Parameter[]::new);
    }

    /** The filter that a call asks for; notes what is wrong with it. */
    static QueryFilter filter(Call call, Instant now) {
        QueryFilter filter = new QueryFilter(
                call.query(
                        "from", "a time such as 2026-12-01T00:00:00Z, or 2h for two hours ago", text -> at(text, now)),
                call.query("to", "a time such as 2026-12-01T00:00:00Z, or 2h for two hours ago", text -> at(text, now)),
                mac(call, "device"),
                address(call, "client"),
                call.query("name"),
                name(call, "under"),
                call.query("step", "one of " + STEPS, DnsCalls::step),
                type(call),
                call.query("rcode", "a code such as NOERROR or NXDOMAIN", DnsCalls::rcode),
                null,
                (int) call.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        Instant from = filter.from();
        Instant to = filter.to();
        if (from != null && to != null && !from.isBefore(to)) {
            call.error("to", "must be after 'from'");
        }
        return filter;
    }

    static @Nullable MacAddress mac(Call call, String field) {
        return call.query(field, "a hardware address such as 02:00:00:00:00:01", MacAddress::parse);
    }

    static @Nullable IpAddress address(Call call, String field) {
        return call.query(field, "an IP address", IpAddress::parse);
    }

    static @Nullable DnsName name(Call call, String field) {
        return call.query(field, "a domain name", DnsName::typed);
    }

    static @Nullable Integer type(Call call) {
        return call.query("type", "a type such as A, AAAA or TYPE65", text -> boxed(RecordType.parse(text)));
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.stream().boxed().findFirst();
    }

    private static Optional<QueryStep> step(String text) {
        return Arrays.stream(QueryStep.values())
                .filter(step -> step.text().equals(text))
                .findFirst();
    }

    private static Optional<Integer> rcode(String text) {
        return IntStream.rangeClosed(0, MAX_RCODE)
                .filter(code -> Rcode.text(code).equalsIgnoreCase(text))
                .boxed()
                .findFirst();
    }

    private static Optional<Instant> at(String text, Instant now) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return DurationText.parse(text).map(now::minus);
        }
    }
}
