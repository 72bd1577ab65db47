package io.innkeeper.dhcp;

import io.innkeeper.config.ConfigProblem;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.MacMask;
import io.innkeeper.service.ArgumentProblem;
import io.innkeeper.service.ArgumentSpec;
import io.innkeeper.service.ArgumentType;
import io.innkeeper.service.Arguments;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.ServiceException;
import io.innkeeper.view.ExceptionView;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What our own DHCP server can be told. {@code allow}, {@code deny} and {@code except} make exceptions: rules that go before
 * those of the configuration and outlast a restart. An allow list of the configuration is not touched: the first entry of
 * one would shut everybody else out.
 */
public final class Dhcp4Commands {
    /** Where a rule has no end of its own. */
    private static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

    /** No rule is meant to end before it is in force. */
    private static final double SHORTEST_S = 1;

    private static final double LONGEST_S = 10 * 366 * 86_400.0;

    private static final ArgumentSpec MAC =
            ArgumentSpec.optional("mac", ArgumentType.MAC_PATTERN, "Whom: a MAC address or a pattern.");
    private static final ArgumentSpec VENDOR_CLASS = ArgumentSpec.optional(
            "vendor_class", ArgumentType.TEXT, "Whom: the vendor class (option 60); may have * for any characters.");
    private static final ArgumentSpec HOSTNAME = ArgumentSpec.optional(
            "hostname", ArgumentType.TEXT, "Whom: what clients call themselves; may have * for any characters.");
    private static final ArgumentSpec FOR = ArgumentSpec.optional("for", ArgumentType.DURATION, "How long it holds.")
            .range(SHORTEST_S, LONGEST_S);
    private static final ArgumentSpec UNTIL = ArgumentSpec.optional("until", ArgumentType.TIME, "When it ends.");
    private static final ArgumentSpec NAME =
            ArgumentSpec.optional("name", ArgumentType.TEXT, "What it is for.").range(1, 63);
    private static final String MADE =
            "exception: id, name, match, allow, until, where; replaced: ids of those it replaces";

    private static final CommandSpec ALLOW = CommandSpec.of(
                    "allow",
                    "Answers these clients, whatever the access rules of the configuration say: for a time, until a time,"
                            + " or until it is taken back.",
                    MADE)
            .taking(MAC, VENDOR_CLASS, HOSTNAME, FOR, UNTIL, NAME);
    private static final CommandSpec DENY = CommandSpec.of(
                    "deny", "Does not answer these clients: for a time, until a time, or until it is taken back.", MADE)
            .taking(MAC, VENDOR_CLASS, HOSTNAME, FOR, UNTIL, NAME);
    private static final CommandSpec EXCEPT = CommandSpec.of(
                    "except", "Answers these clients, or refuses them, for a time. Ends by itself.", MADE)
            .taking(
                    MAC,
                    VENDOR_CLASS,
                    HOSTNAME,
                    ArgumentSpec.optional("allow", ArgumentType.BOOLEAN, "True to answer, false to refuse.")
                            .otherwise("true"),
                    FOR,
                    UNTIL,
                    NAME);
    private static final CommandSpec LIST =
            CommandSpec.of("list_exceptions", "Tells which exceptions hold now.", "exceptions: as they were made");
    private static final CommandSpec TAKE_BACK = CommandSpec.of(
                    "end_exception", "Takes back what allow, deny or except made.", "exception: as it was")
            .taking(ArgumentSpec.required("id", ArgumentType.TEXT, "As list_exceptions shows it."));
    private static final CommandSpec RELEASE = CommandSpec.of(
                    "release",
                    "Ends the lease of an address. The client is not told: it hears of it when it renews.",
                    "released: the address")
            .taking(ArgumentSpec.required("address", ArgumentType.ADDRESS, "An IPv4 address that is leased."));
    private static final CommandSpec SUBNETS = CommandSpec.of(
            "get_subnets",
            "Tells how full each subnet and pool is.",
            "subnets: prefix, size, active, free, pools of each");

    private final Supplier<Dhcp4Config> config;
    private final ExceptionBook exceptions;
    private final Runnable changed;
    private final InstantSource clock;

    /**
     * The commands of any instance of the service.
     *
     * @param config the section as it is now
     * @param changed brings the server in line with exceptions that changed
     */
    public Dhcp4Commands(
            Supplier<Dhcp4Config> config, ExceptionBook exceptions, Runnable changed, InstantSource clock) {
        this.config = config;
        this.exceptions = exceptions;
        this.changed = changed;
        this.clock = clock;
    }

    /** Those of this instance. */
    List<OwnCommand> of(Dhcp4Service service) {
        return List.of(
                new OwnCommand(ALLOW, arguments -> make(arguments, true, true)),
                new OwnCommand(DENY, arguments -> make(arguments, false, true)),
                new OwnCommand(EXCEPT, arguments -> make(arguments, arguments.get("allow", Boolean.class), false)),
                new OwnCommand(LIST, _ -> listed()),
                new OwnCommand(TAKE_BACK, this::end),
                new OwnCommand(RELEASE, arguments -> release(service, arguments)),
                new OwnCommand(
                        SUBNETS, _ -> CommandResponse.success(Map.of("subnets", Dhcp4Questions.subnets(service)))));
    }

    private CommandResponse make(Arguments arguments, boolean allow, boolean isEndless) {
        Optional<Duration> length = arguments.find("for", Duration.class);
        Optional<Instant> until = arguments.find("until", Instant.class);
        if (length.isPresent() && until.isPresent()) {
            return wrong("until", "cannot stand beside 'for': give one of both");
        }
        if (length.isEmpty() && until.isEmpty() && !isEndless) {
            return wrong("for", "is missing: say how long, such as for=2h, or give until");
        }
        Instant end = until.or(() -> length.map(clock.instant()::plus))
                .orElse(FOREVER)
                .truncatedTo(ChronoUnit.SECONDS);
        Dhcp4Config section = config.get();
        ExceptionBook.Taken taken = exceptions.add(section, document(arguments, allow, end), arguments.by());
        ExceptionView made = taken.view();
        if (made == null) {
            return CommandResponse.wrong(
                    taken.problems().stream().map(Dhcp4Commands::problem).toList());
        }
        List<String> replaced = replacedBy(section, made, arguments.by());
        changed.run();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("exception", made);
        told.put("replaced", replaced);
        return CommandResponse.success(told);
    }

    /** The last word about the same clients counts; what was said before is taken back. */
    private List<String> replacedBy(Dhcp4Config section, ExceptionView made, String by) {
        List<String> replaced = exceptions.listed(section).stream()
                .filter(one -> one.match().equals(made.match()))
                .map(ExceptionView::id)
                .filter(id -> id != null && !id.equals(made.id()))
                .toList();
        replaced.forEach(id -> exceptions.remove(section, id, by));
        return replaced;
    }

    private static String document(Arguments arguments, boolean allow, Instant end) {
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "name", arguments.find("name", String.class).orElse(null));
        put(document, "mac", arguments.find("mac", MacMask.class).orElse(null));
        put(
                document,
                "vendorClass",
                arguments.find("vendor_class", String.class).orElse(null));
        put(document, "hostname", arguments.find("hostname", String.class).orElse(null));
        document.put("allow", allow);
        document.put("until", end.toString());
        return Json.write(document);
    }

    private static void put(Map<String, Object> document, String field, @Nullable Object value) {
        if (value != null) {
            document.put(field, value.toString());
        }
    }

    /** {@code vendorClass} → {@code vendor_class}; what names nobody is a matter of the first argument. */
    private static ArgumentProblem problem(ConfigProblem found) {
        String field = found.path().equals("body")
                ? "mac"
                : found.path().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        String message = field.equals("mac") && found.path().equals("body")
                ? "is missing: say whom, by mac, vendor_class or hostname; mac=* is everybody"
                : found.message();
        return new ArgumentProblem(field, message);
    }

    private static CommandResponse wrong(String argument, String message) {
        return CommandResponse.wrong(List.of(new ArgumentProblem(argument, message)));
    }

    private CommandResponse listed() {
        return CommandResponse.success(Map.of("exceptions", exceptions.listed(config.get())));
    }

    private CommandResponse end(Arguments arguments) {
        Optional<ExceptionView> gone =
                exceptions.remove(config.get(), arguments.get("id", String.class), arguments.by());
        if (gone.isEmpty()) {
            return wrong("id", "names no exception that a command made; list_exceptions shows them");
        }
        changed.run();
        return CommandResponse.success(Map.of("exception", gone.get()));
    }

    private static CommandResponse release(Dhcp4Service service, Arguments arguments) throws ServiceException {
        IpAddress address = arguments.get("address", IpAddress.class);
        if (address.v6()) {
            return wrong("address", "must be an IPv4 address such as 192.168.1.50");
        }
        return service.release(address)
                ? CommandResponse.success(Map.of("released", address.toString()))
                : wrong("address", "is held by nobody: " + address);
    }
}
