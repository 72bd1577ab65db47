package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Keeps an address for a client. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Keeps an address, a name or options for a client.",
        footer = {
            "",
            "Examples: innkeeper reservations add --lease 192.168.1.50",
            "          innkeeper reservations add --mac aa:bb:cc:dd:ee:ff --address 192.168.1.10 --name nas"
        })
final class ReservationAdd extends ApiCommand {
    @Option(names = "--lease", paramLabel = "ADDRESS", description = "Keep this address for who holds it now.")
    private @Nullable String lease;

    @Option(names = "--mac", paramLabel = "MAC", description = "Its hardware address. Repeatable.")
    private List<String> macs = List.of();

    @Option(names = "--client-id", paramLabel = "ID", description = "Its client identifier: a text, or 0x0102.")
    private @Nullable String clientId;

    @Option(names = "--hostname", paramLabel = "NAME", description = "What it calls itself.")
    private @Nullable String hostname;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "The address that is kept.")
    private @Nullable String address;

    @Option(names = "--name", paramLabel = "NAME", description = "The host name that it gets.")
    private @Nullable String name;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "An option for it, as routers=192.168.1.1. Repeatable.")
    private List<String> options = List.of();

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "lease", lease);
        put(body, "macs", macs.isEmpty() ? null : macs);
        put(body, "clientId", clientId);
        put(body, "hostname", hostname);
        put(body, "address", address);
        put(body, "name", name);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                throw usage("'" + option + "' is not NAME=VALUE");
            }
            values.computeIfAbsent(option.substring(0, equals), any -> new ArrayList<>())
                    .add(option.substring(equals + 1));
        }
        put(body, "options", values.isEmpty() ? null : values);
        JsonNode answer = client.send("POST", "api/v1/reservations", Json.write(body));
        if (json()) {
            out.println(answer);
        } else {
            JsonNode made = answer.path("reservation");
            out.println("reserved " + joined(made.path("addresses")) + " for " + joined(made.path("macs")) + ", id "
                    + text(made, "id"));
            answer.path("warnings").forEach(warning -> out.println("note: " + warning.asString("")));
        }
        return ExitCode.OK;
    }

    private static void put(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
