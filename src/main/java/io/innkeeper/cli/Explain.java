package io.innkeeper.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What a client would get. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "What the DHCP server would give a client that asked now, and which line of the configuration says so.",
        footer = {"", "Example: innkeeper explain aa:bb:cc:dd:ee:ff --subnet 192.168.1.0/24"})
final class Explain extends ApiCommand {
    @Parameters(index = "0", paramLabel = "MAC", description = "The hardware address of the client.")
    @SuppressWarnings("NullAway.Init")
    private String mac;

    @Option(names = "--client-id", paramLabel = "HEX", description = "What it calls itself (option 61).")
    private @Nullable String clientId;

    @Option(names = "--subnet", paramLabel = "PREFIX", description = "In this subnet.")
    private @Nullable String subnet;

    @Option(names = "--vendor-class", paramLabel = "TEXT", description = "With this vendor class (option 60).")
    private @Nullable String vendorClass;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode found =
                client.get("api/v1/dhcp4/explain?" + parameter("mac", mac).substring(1)
                        + parameter("client-id", clientId)
                        + parameter("subnet", subnet)
                        + parameter("vendor-class", vendorClass));
        if (json()) {
            out.println(found);
            return ExitCode.OK;
        }
        found.path("sentences").forEach(sentence -> out.println(sentence.asString("")));
        if (!found.path("options").isEmpty()) {
            Table table = new Table("CODE", "OPTION", "VALUE", "SENT", "WHERE");
            for (JsonNode option : found.path("options")) {
                table.row(
                        text(option, "code"),
                        text(option, "name"),
                        joined(option.path("values")),
                        option.path("always").asBoolean(false) ? "always" : "if asked",
                        text(option, "where"));
            }
            out.println();
            out.print(table.text());
        }
        return ExitCode.OK;
    }
}
