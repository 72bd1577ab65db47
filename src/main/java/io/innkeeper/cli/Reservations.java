package io.innkeeper.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Addresses kept for certain hosts. */
@Command(
        name = "reservations",
        mixinStandardHelpOptions = true,
        subcommands = {ReservationAdd.class, ReservationDelete.class, ReservationImport.class},
        description = "Addresses kept for certain hosts; without a command, the list.",
        footer = {"", "Example: innkeeper reservations add --lease 192.168.1.50"})
final class Reservations extends ListCommand {
    @Override
    String path() {
        return "api/v1/reservations";
    }

    @Override
    Table table() {
        return new Table("ADDRESS", "NAME", "MAC", "LEASED", "ID", "WHERE");
    }

    @Override
    void row(Table table, JsonNode reservation) {
        table.row(
                joined(reservation.path("addresses")),
                text(reservation, "name"),
                joined(reservation.path("macs")),
                reservation.path("leased").asBoolean(false) ? "yes" : "no",
                text(reservation, "id"),
                where(reservation));
    }

    private static String where(JsonNode reservation) {
        String problem = text(reservation, "problem");
        return text(reservation, "where") + (problem.equals("-") ? "" : ", without effect: " + problem);
    }

    @Override
    String nothing() {
        return "no reservations";
    }
}
