package io.innkeeper.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What was ever seen. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        description = "Every device ever seen, newest sighting first.")
final class Devices extends ListCommand {
    @Option(
            names = {"-q", "--search"},
            paramLabel = "TEXT",
            description = "With this in name, address, vendor or notes.")
    private @Nullable String text;

    @Option(names = "--presence", paramLabel = "STATE", description = "Only those: online, idle or offline.")
    private @Nullable String presence;

    @Option(names = "--new", paramLabel = "TIME", description = "Only those first seen within this time, as 24h or 7d.")
    private @Nullable String newWithin;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            defaultValue = "-lastSeenAt",
            description = "lastSeenAt, firstSeenAt, mac, name; with - before it for descending.")
    @SuppressWarnings("NullAway.Init")
    private String sort;

    @Override
    String path() {
        return "api/v1/devices?" + parameter("sort", sort).substring(1)
                + parameter("q", text)
                + parameter("presence", presence)
                + parameter("new", newWithin);
    }

    @Override
    Table table() {
        return new Table("MAC", "NAME", "ADDRESSES", "VENDOR", "PRESENCE", "FIRST SEEN", "LAST SEEN");
    }

    @Override
    void row(Table table, JsonNode device) {
        StringBuilder addresses = new StringBuilder();
        for (JsonNode address : device.path("addresses")) {
            if (address.path("current").asBoolean(false)) {
                addresses.append(addresses.isEmpty() ? "" : ",").append(text(address, "address"));
            }
        }
        boolean random = device.path("randomMac").asBoolean(false);
        table.row(
                text(device, "mac"),
                text(device, device.path("name").isNull() ? "hostname" : "name"),
                addresses.isEmpty() ? "-" : addresses.toString(),
                random ? "(random MAC)" : text(device, "vendor"),
                text(device.path("presence"), "state"),
                time(device, "firstSeenAt"),
                time(device, "lastSeenAt"));
    }

    @Override
    String nothing() {
        return "no devices";
    }
}
