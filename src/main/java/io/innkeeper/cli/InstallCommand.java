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

/** Marks a system for installation. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        subcommands = {InstallList.class, InstallCancel.class, InstallSnippet.class},
        description = {
            "Marks a system for installation: when it boots from the network the next time, it is told to boot what the"
                    + " profile says.",
            "Nobody else is. The mark ends by itself, see docs/install.md."
        },
        footer = {
            "",
            "Examples: innkeeper install 02:00:00:00:00:01 --profile debian",
            "          innkeeper install list",
            "          innkeeper install cancel 02:00:00:00:00:01"
        })
final class InstallCommand extends ApiCommand {
    static final String PATH = "api/v1/installations";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MAC",
            description = "Its hardware address; it need not be known.")
    private @Nullable String mac;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "One of install.profiles; may be left out where there is only one.")
    private @Nullable String profile;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        if (mac == null) {
            throw usage("say which system, as in 'innkeeper install 02:00:00:00:00:01', or list, cancel, snippet");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("mac", mac);
        if (profile != null) {
            body.put("profile", profile);
        }
        JsonNode mark = client.send("POST", PATH, Json.write(body));
        out.println(
                json()
                        ? mark
                        : text(mark, "mac") + " is marked for " + text(mark, "profile") + " until "
                                + time(mark, "until") + ": let it boot from the network");
        return ExitCode.OK;
    }
}
