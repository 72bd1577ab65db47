package io.innkeeper.cli;

import io.innkeeper.config.ConfigResult;
import io.innkeeper.config.ConfigSources;
import io.innkeeper.view.HostNameView;
import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What a system is called. */
@Command(
        name = "hostname",
        mixinStandardHelpOptions = true,
        description = {
            "What a system is called or would be called, and why.",
            "With --config, no Innkeeper needs to run: what it would be called by that file, in a network without others."
        },
        footer = {"", "Example: innkeeper hostname aa:bb:cc:dd:ee:ff"})
final class HostnameCommand extends ApiCommand {
    @Parameters(paramLabel = "MAC", description = "Its hardware address.")
    @SuppressWarnings("NullAway.Init")
    private String mac;

    @Option(names = "--hostname", paramLabel = "NAME", description = "As if it called itself so.")
    private @Nullable String hostname;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "As if it had this address.")
    private @Nullable String address;

    @Option(names = "--register", paramLabel = "NAME", description = "It is to be called so, whatever it calls itself.")
    private @Nullable String register;

    @Option(names = "--take-back", description = "Takes back what it was registered as.")
    private boolean takeBack;

    @Option(names = "--config", paramLabel = "FILE", description = "By this file, without a running Innkeeper.")
    private @Nullable Path config;

    private final Program program;
    private final Map<String, String> environment;

    HostnameCommand(Program program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        boolean changes = register != null || takeBack;
        if ((register != null && takeBack) || (changes && (hostname != null || address != null || config != null))) {
            throw usage("--register and --take-back stand alone");
        }
        JsonNode found = config == null ? ask(client, changes) : sketch(config);
        if (json()) {
            out.println(found);
            return ExitCode.OK;
        }
        HostNameView view = Json.MAPPER.treeToValue(found, HostNameView.class);
        view.sentences().forEach(sentence -> out.println(sentence.replaceAll("\\p{Cntrl}", "?")));
        return ExitCode.OK;
    }

    private JsonNode ask(Client client, boolean changes) throws Client.Failure {
        String path = "api/v1/systems/" + URLEncoder.encode(mac, StandardCharsets.UTF_8) + "/hostname";
        if (!changes) {
            String query = parameter("hostname", hostname) + parameter("address", address);
            return client.get(query.isEmpty() ? path : path + "?" + query.substring(1));
        }
        return register == null
                ? client.send("DELETE", path, null)
                : client.send("PUT", path, Json.write(Map.of("hostname", register)));
    }

    /** What the configuration alone says. */
    private JsonNode sketch(Path file) throws Client.Failure {
        ConfigResult result = new ConfigSources(file, environment, List.of()).load(null);
        if (!(result instanceof ConfigResult.Valid valid)) {
            throw new Client.Failure(ExitCode.FAILED, result.text());
        }
        Optional<HostNameView> view = program.hostName(valid.config(), mac, hostname, address);
        return Json.MAPPER.readTree(Json.write(view.orElseThrow(
                () -> new Client.Failure(ExitCode.FAILED, "not a hardware address, or not an address"))));
    }
}
