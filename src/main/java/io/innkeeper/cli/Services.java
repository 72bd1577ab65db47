package io.innkeeper.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** What runs, and how it is. */
@Command(name = "services", mixinStandardHelpOptions = true, description = "What runs, and how it is.")
final class Services extends ApiCommand {
    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer = client.get("api/v1/services");
        if (json()) {
            out.println(answer);
            return ExitCode.OK;
        }
        Table table = new Table("SERVICE", "STATE", "HEALTH", "SINCE", "UPTIME", "RESTARTS", "MESSAGE");
        for (JsonNode service : answer.path("items")) {
            table.row(
                    text(service, "name"),
                    text(service, "state"),
                    text(service, "health"),
                    time(service, "since"),
                    uptime(service, Instant.now()),
                    text(service, "restarts"),
                    text(service, "message"));
        }
        out.print(table.text());
        for (JsonNode service : answer.path("items")) {
            if (isRunning(service) && service.path("lastError").isString()) {
                out.println();
                out.println(text(service, "name") + ": runs again after this error: " + text(service, "lastError"));
            }
            printSources(service, out);
        }
        return ExitCode.OK;
    }

    private static boolean isRunning(JsonNode service) {
        return text(service, "state").equals("running");
    }

    /** How long it has run; {@code -} where it does not. */
    static String uptime(JsonNode service, Instant now) {
        if (!isRunning(service)) {
            return "-";
        }
        Duration ran = Duration.between(Instant.parse(text(service, "since")), now);
        return Remaining.of(ran.isNegative() ? Duration.ZERO : ran); // clocks of two machines
    }

    private static void printSources(JsonNode service, PrintWriter out) {
        for (JsonNode source : service.path("detail").path("sources")) {
            out.println();
            out.println(text(service, "name") + " '" + text(source, "name") + "': " + text(source, "state") + ", "
                    + text(source, "leases") + " leases in " + text(source, "leaseFile"));
            source.path("rejected")
                    .forEach(line -> out.println(
                            "  line " + text(line, "line") + ": " + text(line, "reason") + ": " + text(line, "text")));
            source.path("problems").forEach(problem -> out.println("  " + problem.asString("")));
        }
    }
}
