package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One device. */
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = {
            "Everything known of one device: whether it is there, its names and addresses, when it was there.",
            "With --is or --is-not: says whether it is that other device under a new hardware address."
        })
final class DeviceCommand extends ApiCommand {
    private static final int WIDTH = 12;

    @Parameters(paramLabel = "MAC", description = "Its hardware address.")
    @SuppressWarnings("NullAway.Init")
    private String mac;

    @Option(names = "--is", paramLabel = "MAC", description = "It is that device: name and notes are shared.")
    private @Nullable String same;

    @Option(names = "--is-not", paramLabel = "MAC", description = "It is not that device.")
    private @Nullable String other;

    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        if (same != null && other != null) {
            throw usage("--is and --is-not exclude each other");
        }
        String path = "api/v1/devices/" + URLEncoder.encode(mac, StandardCharsets.UTF_8);
        String to = same == null ? other : same;
        JsonNode device = to == null
                ? client.get(path)
                : client.send(
                        "PATCH",
                        path,
                        Json.write(Map.of("link", Map.of("to", to, "state", same == null ? "rejected" : "confirmed"))));
        if (json()) {
            out.println(device);
            return ExitCode.OK;
        }
        print(device, client.get(path + "/timeline"), out);
        return ExitCode.OK;
    }

    private static void print(JsonNode device, JsonNode timeline, PrintWriter out) {
        JsonNode presence = device.path("presence");
        JsonNode link = device.path("link");
        JsonNode fingerprint = device.path("fingerprint");
        line(out, "MAC", text(device, "mac") + (device.path("randomMac").asBoolean(false) ? " (random)" : ""));
        line(out, "Name", text(device, "name"));
        line(out, "Notes", text(device, "notes"));
        String source = text(device, "hostnameSource");
        line(out, "Host name", text(device, "hostname") + (source.equals("-") ? "" : " (" + source + ")"));
        line(out, "Vendor", text(device, "vendor"));
        line(out, "Kind", text(fingerprint, "kind"));
        line(out, "Fingerprint", fingerprint(fingerprint));
        line(
                out,
                "Presence",
                presence.isObject()
                        ? text(presence, "state") + " since " + time(presence, "since") + ", last heard "
                                + time(presence, "lastSeenAt") + " by " + text(presence, "lastEvidence")
                        : "-");
        line(out, "First seen", time(device, "firstSeenAt"));
        if (link.isObject()) {
            List<String> reasons = new ArrayList<>();
            link.path("reasons").forEach(reason -> reasons.add(reason.asString("")));
            line(
                    out,
                    "Is",
                    text(link, "to") + ", " + text(link, "state") + " ("
                            + Math.round(100 * link.path("confidence").asDouble(0)) + " %: "
                            + String.join("; ", reasons).replaceAll("\\p{Cntrl}", "?") + ")");
        }
        Table addresses = new Table("ADDRESS", "FIRST SEEN", "LAST SEEN", "NOW", "SOURCE");
        timeline.path("addresses")
                .forEach(address -> addresses.row(
                        text(address, "address"),
                        time(address, "firstSeenAt"),
                        time(address, "lastSeenAt"),
                        address.path("current").asBoolean(false) ? "yes" : "no",
                        text(address, "source")));
        Table spans = new Table("PRESENCE", "FROM", "TO");
        timeline.path("presence").forEach(span -> spans.row(text(span, "state"), time(span, "from"), time(span, "to")));
        out.print("\n" + addresses.text() + "\n" + spans.text());
    }

    private static String fingerprint(JsonNode fingerprint) {
        String whole = text(fingerprint, "ja4d");
        String parameters = whole.equals("-") ? text(fingerprint, "ja4dParameters") : whole;
        String vendorClass = text(fingerprint, "vendorClass");
        return vendorClass.equals("-") ? parameters : parameters + ", " + vendorClass;
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(name + " ".repeat(WIDTH - name.length()) + value);
    }
}
