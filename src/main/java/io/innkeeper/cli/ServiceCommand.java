package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tells a service to do something. */
@Command(
        name = "command",
        mixinStandardHelpOptions = true,
        description = "Tells a service to do something, as in: innkeeper command dnsmasq reread")
final class ServiceCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "As 'innkeeper services' names it.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(index = "1", paramLabel = "NAME", description = "The command.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "Its arguments.")
    private List<String> arguments = List.of();

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw usage("'" + argument + "' is not KEY=VALUE");
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        String body = Json.write(Map.of("command", name, "args", values));
        JsonNode answer = client.send("POST", "api/v1/services/" + service + "/commands", body);
        boolean success = answer.path("status").asString("").equals("success");
        if (json() || success) {
            out.println(json() ? answer : answer.path("data"));
        } else {
            throw new Client.Failure(ExitCode.FAILED, answer.path("message").asString("failed"));
        }
        return success ? ExitCode.OK : ExitCode.FAILED;
    }
}
