package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Ends an exception before its time. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Ends an exception before its time.",
        footer = {"", "Example: innkeeper exceptions delete 1f2e3d4c"})
final class ExceptionDelete extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "As 'innkeeper exceptions' lists it.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode gone =
                client.send("DELETE", "api/v1/dhcp4/exceptions/" + URLEncoder.encode(id, StandardCharsets.UTF_8), null);
        out.println(json() ? gone : "ended " + text(gone, "id") + ": " + Exceptions.whom(gone.path("match")));
        return ExitCode.OK;
    }
}
