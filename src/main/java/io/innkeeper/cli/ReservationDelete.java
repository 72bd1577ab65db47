package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Removes a reservation that was made at run time. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Removes a reservation that was made here or on the page.",
        footer = {"", "Example: innkeeper reservations delete 1f2e3d4c"})
final class ReservationDelete extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "As 'innkeeper reservations' lists it.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode gone =
                client.send("DELETE", "api/v1/reservations/" + URLEncoder.encode(id, StandardCharsets.UTF_8), null);
        out.println(json() ? gone : "removed " + text(gone, "id") + ": " + joined(gone.path("addresses")));
        return ExitCode.OK;
    }
}
