package io.innkeeper.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Why a name is answered as it is. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "What a client would be answered now, and why; no upstream is asked.",
        footer = {"", "Example: innkeeper dns explain ads.example --client 192.168.1.20"})
final class DnsExplain extends ApiCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The name.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--client", paramLabel = "ADDRESS", description = "Who asks. Default: this machine.")
    private @Nullable String client;

    @Option(names = "--type", paramLabel = "TYPE", description = "The type, such as AAAA. Default: A.")
    private @Nullable String type;

    @Override
    int call(Client api, PrintWriter out) throws Client.Failure {
        JsonNode found = api.get("api/v1/dns/explain?" + parameter("name", name).substring(1)
                + parameter("type", type)
                + parameter("client", client));
        if (json()) {
            out.println(found);
            return ExitCode.OK;
        }
        String device = text(found, found.path("deviceName").isNull() ? "device" : "deviceName");
        out.println(text(found, "name") + " " + text(found, "type") + " for " + text(found, "client")
                + (device.equals("-") ? "" : " (" + device + ")") + ": " + text(found, "step")
                + (found.path("list").isNull() ? "" : " by " + text(found, "list")));
        found.path("steps").forEach(step -> out.println("  " + step.asString("")));
        found.path("records").forEach(entry -> out.println("  " + entry.asString("")));
        if (!found.path("found").isEmpty()) {
            out.println();
            out.print(lines(found).text());
        }
        return ExitCode.OK;
    }

    private static Table lines(JsonNode found) {
        Table table = new Table("LIST", "LINE", "EFFECT", "COUNTS", "RULE");
        for (JsonNode line : found.path("found")) {
            table.row(
                    text(line, "list"),
                    text(line, "line"),
                    text(line, "effect"),
                    line.path("enabled").asBoolean(true) ? "yes" : "off",
                    text(line, "text"));
        }
        return table;
    }
}
