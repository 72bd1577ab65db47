package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lets a client in, or keeps it out, for a time. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Lets clients in, or keeps them out, for a time. It lasts over restarts and ends by itself.",
        footer = {"", "Example: innkeeper exceptions add --mac aa:bb:cc:dd:ee:ff --for 2h --name repair"})
final class ExceptionAdd extends ApiCommand {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Option(names = "--mac", paramLabel = "MAC", description = "A hardware address, or a pattern such as 00:11:22:*.")
    private @Nullable String mac;

    @Option(names = "--vendor-class", paramLabel = "TEXT", description = "A vendor class (option 60), may have *.")
    private @Nullable String vendorClass;

    @Option(names = "--hostname", paramLabel = "TEXT", description = "What clients call themselves, may have *.")
    private @Nullable String hostname;

    @Option(names = "--name", paramLabel = "NAME", description = "What it is for.")
    private @Nullable String name;

    @Option(names = "--refuse", description = "Keep them out instead of letting them in.")
    private boolean refuse;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private End end;

    /** When it ends: one of both. */
    static final class End {
        @Option(names = "--for", paramLabel = "TIME", required = true, description = "How long, such as 30m, 2h or 7d.")
        private @Nullable String length;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                required = true,
                description = "Until when, such as 2026-12-01T00:00:00Z.")
        private @Nullable String until;
    }

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "name", name);
        put(body, "mac", mac);
        put(body, "vendorClass", vendorClass);
        put(body, "hostname", hostname);
        body.put("allow", !refuse);
        put(body, "until", end.length == null ? end.until : until(end.length));
        JsonNode made = client.send("POST", "api/v1/dhcp4/exceptions", Json.write(body));
        out.println(
                json()
                        ? made
                        : (refuse ? "refused until " : "answered until ") + time(made, "until") + ": "
                                + Exceptions.whom(made.path("match")) + ", id " + text(made, "id"));
        return ExitCode.OK;
    }

    private String until(String length) {
        Matcher parts = LENGTH.matcher(length);
        if (!parts.matches()) {
            throw usage("--for is a time such as 30m, 2h or 7d");
        }
        ChronoUnit unit = switch (parts.group(2)) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
        return Instant.now()
                .plus(Duration.of(Long.parseLong(parts.group(1)), unit))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static void put(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
