package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Takes a mark for installation away. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Takes the mark of a system away: it is told nothing any more.",
        footer = {"", "Example: innkeeper install cancel 02:00:00:00:00:01"})
final class InstallCancel extends ApiCommand {
    @Parameters(index = "0", paramLabel = "MAC", description = "Its hardware address.")
    @SuppressWarnings("NullAway.Init")
    private String mac;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode gone =
                client.send("DELETE", InstallCommand.PATH + "/" + URLEncoder.encode(mac, StandardCharsets.UTF_8), null);
        out.println(
                json()
                        ? gone
                        : text(gone, "mac") + " is not installed any more: " + text(gone, "ended") + " "
                                + time(gone, "endedAt"));
        return ExitCode.OK;
    }
}
