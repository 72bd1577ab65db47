package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Gives a dnsmasq its leases back. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a dnsmasq that lost its lease file its leases back, over D-Bus, so that it gives nobody an address"
                    + " that another still uses.",
            "Can be repeated: what dnsmasq has stays as it is."
        },
        footer = {"", "Example: innkeeper dnsmasq restore --dry-run", "The whole way is in docs/watching.md."})
final class DnsmasqRestore extends ApiCommand {
    private static final String PATH = "api/v1/services/dnsmasq/commands";

    @Option(names = "--dry-run", description = "Only say what would be given back, what not and why.")
    private boolean dryRun;

    @Option(names = "--source", paramLabel = "NAME", description = "To this dnsmasq, where several are watched.")
    private @Nullable String source;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Also leases that its file lost since then, such as 2026-11-21T08:00:00Z.%n" + "Default: a day ago")
    private @Nullable String since;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("dry_run", dryRun);
        arguments.put("source", source);
        arguments.put("since", since);
        JsonNode answer = client.send("POST", PATH, Json.write(Map.of("command", "restore", "args", arguments)));
        boolean success = answer.path("status").asString("").equals("success");
        if (json()) {
            out.println(answer);
        } else if (!success) {
            throw new Client.Failure(ExitCode.FAILED, text(answer, "message"));
        } else {
            print(answer.path("data"), out);
        }
        boolean allTaken = answer.path("data").path("failed").asInt(0) == 0;
        return success && allTaken ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(JsonNode data, PrintWriter out) {
        Table table = new Table("ADDRESS", "MAC", "NAME", "UNTIL", "OUTCOME");
        for (JsonNode lease : data.path("leases")) {
            String reason = text(lease, "reason");
            table.row(
                    text(lease, "address"),
                    text(lease, "mac"),
                    text(lease, "hostname"),
                    time(lease, "expiresAt"),
                    text(lease, "outcome") + (reason.equals("-") ? "" : ": " + reason));
        }
        if (!data.path("leases").isEmpty()) {
            out.print(table.text());
            out.println();
        }
        out.println(
                (data.path("done").asBoolean(false) ? "" : "Would be: ") + text(data, "restored") + " given back to "
                        + text(data, "source") + ", " + text(data, "stands") + " there already, " + text(data, "left")
                        + " left out, " + text(data, "failed") + " not taken.");
    }
}
