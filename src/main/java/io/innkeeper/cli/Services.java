package io.innkeeper.cli;

import java.io.PrintWriter;
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
        Table table = new Table("SERVICE", "STATE", "HEALTH", "SINCE", "RESTARTS", "MESSAGE");
        for (JsonNode service : answer.path("items")) {
            table.row(
                    text(service, "name"),
                    text(service, "state"),
                    text(service, "health"),
                    time(service, "since"),
                    text(service, "restarts"),
                    text(service, "message"));
        }
        out.print(table.text());
        for (JsonNode service : answer.path("items")) {
            printSources(service, out);
        }
        return ExitCode.OK;
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
