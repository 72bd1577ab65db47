package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tells a service to do something, or tells what it can be told. */
@Command(
        name = "command",
        mixinStandardHelpOptions = true,
        description = {
            "Tells a service to do something, as in: innkeeper command dnsmasq reread",
            "Without NAME, lists the commands of the service."
        })
final class ServiceCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "SERVICE", description = "As 'innkeeper services' names it.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The command.")
    private @Nullable String name;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "Its arguments.")
    private List<String> arguments = List.of();

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "Through this control socket (api.control of the configuration) instead of --url.")
    private @Nullable Path socket;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer = ask(client, name == null ? "list_commands" : name, values());
        boolean success = answer.path("status").asString("").equals("success");
        if (json()) {
            out.println(answer);
        } else if (!success) {
            throw new Client.Failure(ExitCode.FAILED, text(answer, "message"));
        } else if (name == null) {
            out.print(CommandList.text(answer.path("data").path("commands")));
        } else {
            out.println(answer.path("data"));
        }
        return success ? ExitCode.OK : ExitCode.FAILED;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw usage("'" + argument + "' is not KEY=VALUE");
            }
            if (values.put(argument.substring(0, equals), argument.substring(equals + 1)) != null) {
                throw usage("'" + argument.substring(0, equals) + "' is given twice");
            }
        }
        return values;
    }

    private JsonNode ask(Client client, String command, Map<String, Object> args) throws Client.Failure {
        if (socket != null) {
            return ControlClient.send(socket, Map.of("service", service, "command", command, "args", args));
        }
        String path = "api/v1/services/" + URLEncoder.encode(service, StandardCharsets.UTF_8) + "/commands";
        return client.send("POST", path, Json.write(Map.of("command", command, "args", args)));
    }
}
