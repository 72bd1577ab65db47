package io.innkeeper.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Where the real server and ours would not say the same. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        description =
                "In mode shadow: where the real DHCP server and this one would not say the same, and what to change.",
        footer = {"", "Example: innkeeper shadow"})
final class ShadowCommand extends ApiCommand {
    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode report = client.get("api/v1/dhcp4/shadow");
        if (json()) {
            out.println(report);
            return ExitCode.OK;
        }
        out.println("Since " + time(report, "since") + ": " + text(report, "clientsAgreeing") + " of "
                + text(report, "clients") + " clients would get the same.");
        for (JsonNode difference : report.path("differences")) {
            out.println();
            out.println(time(difference, "at") + "  " + text(difference, "asked") + " of " + text(difference, "mac")
                    + " (" + text(difference, "hostname") + ")");
            out.println("  the real server: " + text(difference, "real"));
            out.println("  this one:        " + text(difference, "ours"));
            for (JsonNode field : difference.path("fields")) {
                out.println("  " + text(field, "field") + ": " + text(field, "real") + " / " + text(field, "ours")
                        + ". " + text(field, "meaning"));
            }
        }
        return ExitCode.OK;
    }
}
