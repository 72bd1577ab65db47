package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What the DNS server was asked. */
@Command(
        name = "queries",
        mixinStandardHelpOptions = true,
        description = "The newest queries, the newest last; with --follow those to come, until the server ends.",
        footer = {"", "Example: innkeeper dns queries --step blocked --device aa:bb:cc:dd:ee:ff --follow"})
final class DnsQueries extends ApiCommand {
    private static final String PATH = "api/v1/dns/queries";

    @Option(
            names = {"-f", "--follow"},
            description = "Print queries as they come.")
    private boolean follow;

    @Option(names = "--name", paramLabel = "TEXT", description = "This text is in the name.")
    private @Nullable String name;

    @Option(names = "--device", paramLabel = "MAC", description = "Asked by this device.")
    private @Nullable String device;

    @Option(names = "--client", paramLabel = "ADDRESS", description = "Asked from this address.")
    private @Nullable String client;

    @Option(names = "--step", paramLabel = "STEP", description = "Answered by this step: blocked, cached, forwarded, …")
    private @Nullable String step;

    @Option(names = "--type", paramLabel = "TYPE", description = "Asked for this type.")
    private @Nullable String type;

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "Asked of this server, such as dnsmasq/home, whose log tells queries. Default: our own.")
    private @Nullable String server;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the newest, at most 1000. Default: 20.")
    private int limit;

    @Override
    int call(Client api, PrintWriter out) throws Client.Failure {
        String filter = parameter("name", name)
                + parameter("device", device)
                + parameter("client", client)
                + parameter("step", step)
                + parameter("type", type)
                + parameter("server", server);
        if (follow) {
            read(api.stream(PATH + "/stream" + (filter.isEmpty() ? "" : "?" + filter.substring(1)), null), out);
            return ExitCode.OK;
        }
        JsonNode items = api.get(PATH + "?limit=" + limit + filter).path("items");
        for (int i = items.size() - 1; i >= 0; i--) {
            print(items.get(i), out);
        }
        if (items.isEmpty() && !json()) {
            out.println("no queries");
        }
        return ExitCode.OK;
    }

    private void print(JsonNode query, PrintWriter out) {
        if (json()) {
            out.println(query);
        } else {
            String list = text(query, "list");
            out.println("%-20s %-18s %-10s %-8s %s %s"
                    .formatted(
                            time(query, "at"),
                            text(query, query.path("deviceName").isNull() ? "client" : "deviceName"),
                            text(query, "step"),
                            text(query, "rcode"),
                            text(query, "name"),
                            text(query, "type") + (list.equals("-") ? "" : " (" + list + ")")));
        }
        out.flush();
    }

    private void read(InputStream stream, PrintWriter out) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: {\"number\"")) {
                    print(Json.MAPPER.readTree(line.substring(6)), out);
                } else if (line.startsWith("data: {\"rows\"") && !json()) {
                    out.println("# too quick to be shown: "
                            + Json.MAPPER
                                    .readTree(line.substring(6))
                                    .path("rows")
                                    .asString() + " queries");
                }
            }
        } catch (IOException e) {
            // The server ended, or let go.
        }
    }
}
