package io.innkeeper.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Takes the clients of the watched dnsmasq over. */
@Command(
        name = "takeover",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the leases of the watched dnsmasq into the list of our own DHCP server, so that clients keep their"
                    + " addresses.",
            "Can be repeated: what is there already stays as it is."
        },
        footer = {
            "",
            "Example: innkeeper takeover --dry-run",
            "Example: innkeeper takeover --config > dhcp4.yaml",
            "The whole way is in docs/takeover.md."
        })
final class TakeoverCommand extends ApiCommand {
    private static final String PATH = "api/v1/dhcp4/takeover";

    @Option(names = "--dry-run", description = "Only say what would be taken, what not and why.")
    private boolean dryRun;

    @Option(
            names = "--config",
            description = "Print a section dhcp4 made from dnsmasq's configuration. Changes nothing.")
    private boolean config;

    @Option(names = "--from", paramLabel = "NAME", description = "From this dnsmasq, where several are watched.")
    private @Nullable String from;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        String query = from == null ? "" : "?" + parameter("from", from).substring(1);
        if (config) {
            JsonNode section = client.get(PATH + "/config" + query);
            out.print(json() ? section + "\n" : section.path("yaml").asString(""));
            return ExitCode.OK;
        }
        JsonNode answer = client.send(dryRun ? "GET" : "POST", PATH + query, null);
        if (json()) {
            out.println(answer);
        } else {
            print(answer, out);
        }
        return ExitCode.OK;
    }

    private static void print(JsonNode answer, PrintWriter out) {
        Table table = new Table("ADDRESS", "MAC", "NAME", "FROM", "UNTIL", "OUTCOME");
        for (JsonNode lease : answer.path("leases")) {
            boolean refused = text(lease, "outcome").equals("refused");
            table.row(
                    text(lease, "address"),
                    text(lease, "mac"),
                    text(lease, "hostname"),
                    text(lease, "source"),
                    refused ? "-" : lease.path("expiresAt").isString() ? time(lease, "expiresAt") : "never",
                    refused ? "not taken: " + text(lease, "reason") : text(lease, "outcome"));
        }
        if (!answer.path("leases").isEmpty()) {
            out.print(table.text());
            out.println();
        }
        boolean done = answer.path("done").asBoolean(false);
        out.println((done ? "" : "Would be: ") + text(answer, "adopted") + " taken over, " + text(answer, "extended")
                + " extended, " + text(answer, "known") + " there already, " + text(answer, "refused") + " not taken.");
        if (answer.path("adopted").asInt(0) + answer.path("extended").asInt(0) == 0) {
            out.println("There is nothing new to take.");
        }
        sentences(out, "dnsmasq seems to answer clients:", answer.path("answering"));
        sentences(out, "Next:", answer.path("next"));
    }

    private static void sentences(PrintWriter out, String title, JsonNode sentences) {
        if (!sentences.isEmpty()) {
            out.println();
            out.println(title);
            sentences.forEach(one -> out.println("  - " + one.asString("").replaceAll("\\p{Cntrl}", "?")));
        }
    }
}
