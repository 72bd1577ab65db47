package io.innkeeper.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Systems that were marked for installation. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Systems that were marked for installation, newest first.",
        footer = {"", "Example: innkeeper install list"})
final class InstallList extends ListCommand {
    @Override
    String path() {
        return InstallCommand.PATH;
    }

    @Override
    Table table() {
        return new Table("MAC", "PROFILE", "STATE", "MARKED", "UNTIL", "SERVED", "WHAT");
    }

    @Override
    void row(Table table, JsonNode one) {
        boolean ended = text(one, "state").equals("ended");
        table.row(
                text(one, "mac"),
                text(one, "profile"),
                text(one, "state"),
                time(one, "markedAt"),
                ended ? time(one, "endedAt") : time(one, "until"),
                time(one, "servedAt"),
                text(one, ended ? "ended" : "served"));
    }

    @Override
    String nothing() {
        return "no system was marked for installation";
    }
}
