package io.innkeeper.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Who had an address when. */
@Command(name = "history", mixinStandardHelpOptions = true, description = "Who had an address when, newest first.")
final class History extends ListCommand {
    @Option(names = "--address", paramLabel = "IP", description = "Of this address.")
    private @Nullable String address;

    @Option(names = "--mac", paramLabel = "MAC", description = "Of this device.")
    private @Nullable String mac;

    @Option(names = "--at", paramLabel = "TIME", description = "Only who had it then, as 2026-11-21T07:00:00Z.")
    private @Nullable String at;

    @Override
    String path() {
        String query = parameter("address", address) + parameter("mac", mac) + parameter("at", at);
        return "api/v1/leases/history" + (query.isEmpty() ? "" : "?" + query.substring(1));
    }

    @Override
    Table table() {
        return new Table("ADDRESS", "MAC", "NAME", "FROM", "TO", "END");
    }

    @Override
    void row(Table table, JsonNode binding) {
        table.row(
                text(binding, "address"),
                text(binding, "mac"),
                text(binding, "hostname"),
                time(binding, "startedAt"),
                time(binding, "endedAt"),
                text(binding, "endReason"));
    }

    @Override
    String nothing() {
        return "nobody";
    }
}
