package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tells what dnsmasq did: can stand as dhcp-script itself, where the quicker shell script is not wanted. */
@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = {
            "Tells Innkeeper what dnsmasq did. Takes the arguments of a dhcp-script, and its variables (DNSMASQ_…) from the"
                    + " environment.",
            "packaging/dnsmasq/innkeeper-notify.sh does the same in a few milliseconds."
        })
final class Notify extends ApiCommand {
    // Not required for the library, which would ask 'notify lease' for it, too.
    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "add, old, del, arp-add, …")
    private @Nullable String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MAC", description = "Hardware address; for IPv6 the DUID.")
    private @Nullable String mac;

    @Parameters(index = "2", arity = "0..1", paramLabel = "IP", description = "The address.")
    private @Nullable String ip;

    @Parameters(index = "3", arity = "0..1", paramLabel = "NAME", description = "The host name.")
    private @Nullable String hostname;

    @Option(names = "--source", paramLabel = "NAME", description = "Which dnsmasq, by its name in the configuration.")
    private @Nullable String source;

    private final Map<String, String> environment;

    Notify(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        if (action == null) {
            throw usage("Missing required parameter: 'ACTION'");
        }
        Map<String, String> body = new LinkedHashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("DNSMASQ_")) {
                body.put(name, value);
            }
        });
        put(body, "action", action);
        put(body, "mac", mac);
        put(body, "ip", ip);
        put(body, "hostname", hostname);
        put(body, "source", source);
        JsonNode answer = client.send("POST", "internal/v1/dnsmasq", Json.write(body));
        if (json()) {
            out.println(answer);
        }
        return ExitCode.OK;
    }

    private static void put(Map<String, String> body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
