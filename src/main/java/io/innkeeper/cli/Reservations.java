package io.innkeeper.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Addresses kept for certain hosts. */
@Command(name = "reservations", mixinStandardHelpOptions = true, description = "Addresses kept for certain hosts.")
final class Reservations extends ListCommand {
    @Override
    String path() {
        return "api/v1/reservations";
    }

    @Override
    Table table() {
        return new Table("ADDRESS", "NAME", "MAC", "LEASED", "WHERE");
    }

    @Override
    void row(Table table, JsonNode reservation) {
        table.row(
                joined(reservation.path("addresses")),
                text(reservation, "name"),
                joined(reservation.path("macs")),
                reservation.path("leased").asBoolean(false) ? "yes" : "no",
                text(reservation, "where"));
    }

    private static String joined(JsonNode texts) {
        StringBuilder joined = new StringBuilder();
        texts.forEach(text -> joined.append(joined.isEmpty() ? "" : ",").append(text.asString("")));
        return joined.isEmpty() ? "-" : joined.toString();
    }

    @Override
    String nothing() {
        return "no reservations";
    }
}
