package io.innkeeper.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Who holds which address. */
@Command(name = "leases", mixinStandardHelpOptions = true, description = "Who holds which address now.")
final class Leases extends ListCommand {
    @Option(
            names = {"-q", "--search"},
            paramLabel = "TEXT",
            description = "Address, name, MAC or vendor with this in it.")
    private @Nullable String text;

    @Option(names = "--allocation", paramLabel = "KIND", description = "static or dynamic.")
    private @Nullable String allocation;

    @Option(names = "--source", paramLabel = "NAME", description = "Of this source.")
    private @Nullable String source;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            defaultValue = "address",
            description = "address, hostname, mac, expiresAt, startedAt; with - before it for descending.")
    @SuppressWarnings("NullAway.Init")
    private String sort;

    @Override
    String path() {
        return "api/v1/leases?" + parameter("sort", sort).substring(1) + parameter("q", text)
                + parameter("allocation", allocation) + parameter("source", source);
    }

    @Override
    Table table() {
        return new Table("ADDRESS", "NAME", "MAC", "VENDOR", "KIND", "LEFT", "SOURCE");
    }

    @Override
    void row(Table table, JsonNode lease) {
        String name = text(lease, lease.path("deviceName").isNull() ? "hostname" : "deviceName");
        table.row(
                text(lease, "address"),
                name,
                text(lease, "mac"),
                text(lease, "vendor"),
                text(lease, "allocation"),
                Remaining.of(text(lease, "expiry"), text(lease, "expiresAt"), Instant.now()),
                text(lease, "source"));
    }

    @Override
    String nothing() {
        return "no leases";
    }
}
