package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Ends a lease. */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Ends a lease of the DHCP server. The client is not told: it asks again by itself.",
        footer = {"", "Example: innkeeper release 192.168.1.50"})
final class Release extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The address.")
    @SuppressWarnings("NullAway.Init")
    private String address;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode lease =
                client.send("DELETE", "api/v1/leases/" + URLEncoder.encode(address, StandardCharsets.UTF_8), null);
        out.println(json() ? lease : text(lease, "address") + " is free again; it was " + text(lease, "mac") + "'s");
        return ExitCode.OK;
    }
}
