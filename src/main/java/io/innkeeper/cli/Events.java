package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What happened, and what happens. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "The newest events; with --follow those to come, for as long as it runs.")
final class Events extends ApiCommand {
    @Option(
            names = {"-f", "--follow"},
            description = "Print events as they happen; reconnects by itself.")
    private boolean follow;

    @Option(names = "--after", paramLabel = "N", description = "Begin after this number.")
    private @Nullable Long after;

    @Option(names = "--type", paramLabel = "KINDS", description = "Only these, as lease.*,device.discovered.")
    private @Nullable String types;

    @Option(
            names = {"-n", "--recent"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the newest. Default: 20.")
    private int recent;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        if (follow) {
            followForEver(client, out);
            return ExitCode.OK;
        }
        String from = after == null ? "recent=" + recent : "limit=1000&after=" + after;
        for (JsonNode event :
                client.get("api/v1/events?" + from + parameter("type", types)).path("items")) {
            print(event, out);
        }
        return ExitCode.OK;
    }

    private void print(JsonNode event, PrintWriter out) {
        if (json()) {
            out.println(event);
        } else {
            out.println("%-8s %-20s %-18s %s"
                    .formatted(text(event, "number"), time(event, "at"), text(event, "type"), words(event)));
        }
        out.flush();
    }

    private static String words(JsonNode event) {
        JsonNode lease = event.path("lease");
        if (lease.isObject()) {
            String name = text(lease, "hostname");
            return text(lease, "address") + " " + (name.equals("-") ? "" : name + " ") + text(lease, "mac");
        }
        JsonNode device = event.path("device");
        if (device.isObject()) {
            String name = text(device, device.path("name").isNull() ? "hostname" : "name");
            return text(device, "mac") + (name.equals("-") ? "" : " " + name);
        }
        if (event.has("msgType")) {
            JsonNode held = event.path("leaseInfo");
            String words = text(event, "interface") + " DHCPv" + text(event, "family");
            return Stream.of("address", "sitePrefix")
                    .filter(held::has)
                    .map(name -> " " + text(held, name))
                    .collect(Collectors.joining("", words, ""));
        }
        JsonNode service = event.path("service");
        if (service.isString()) {
            return service.stringValue() + " " + text(event, "message");
        }
        return text(event, "from") + " " + event.path(event.has("problems") ? "problems" : "changes");
    }

    /** The first connection must succeed; later ones are tried again, since the server may be restarting. */
    private void followForEver(Client client, PrintWriter out) throws Client.Failure {
        String path = "api/v1/events"
                + (types == null ? "" : "?" + parameter("type", types).substring(1));
        InputStream stream = client.stream(path, after);
        while (!Thread.currentThread().isInterrupted()) {
            read(stream, out);
            stream = reconnect(client, path);
        }
    }

    private InputStream reconnect(Client client, String path) throws Client.Failure {
        while (true) {
            try {
                TimeUnit.SECONDS.sleep(1);
                return client.stream(path, after);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Client.Failure(ExitCode.OK, "interrupted");
            } catch (Client.Failure failure) {
                if (failure.exitCode() != ExitCode.UNREACHABLE) {
                    throw failure;
                }
            }
        }
    }

    private void read(InputStream stream, PrintWriter out) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    after = Long.valueOf(line.substring(4));
                } else if (line.startsWith("data: {\"number\"")) {
                    print(Json.MAPPER.readTree(line.substring(6)), out);
                } else if (line.equals("event: reset")) {
                    out.println("# events were missed: they are no longer held");
                }
            }
        } catch (IOException e) {
            // Cut: the caller connects again and asks for what comes after the last number.
        }
    }
}
