package io.innkeeper.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Wakes a device. */
@Command(
        name = "wake",
        mixinStandardHelpOptions = true,
        description = {
            "Wakes a device: sends a magic packet (wake-on-LAN) into the network where it had its last address.",
            "The device must be set up for that. Whether it woke shows in 'innkeeper device MAC'."
        },
        footer = {"", "Example: innkeeper wake 02:00:00:00:00:01"})
final class Wake extends ApiCommand {
    @Parameters(index = "0", paramLabel = "MAC", description = "Its hardware address.")
    @SuppressWarnings("NullAway.Init")
    private String mac;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer =
                client.send("POST", "api/v1/devices/" + URLEncoder.encode(mac, StandardCharsets.UTF_8) + "/wake", null);
        out.println(
                json()
                        ? answer
                        : "magic packet for " + text(answer, "mac") + " sent to " + joined(answer.path("sentTo")));
        return ExitCode.OK;
    }
}
