package io.innkeeper.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Access rules of the DHCP server that end by themselves. */
@Command(
        name = "exceptions",
        mixinStandardHelpOptions = true,
        subcommands = {ExceptionAdd.class, ExceptionDelete.class},
        description = "Who the DHCP server lets in, or keeps out, for a time; without a command, the list.",
        footer = {"", "Example: innkeeper exceptions add --mac aa:bb:cc:dd:ee:ff --for 2h"})
final class Exceptions extends ApiCommand {
    @Override
    int call(Client client, PrintWriter out) throws Client.Failure {
        JsonNode answer = client.get("api/v1/dhcp4/exceptions");
        if (json()) {
            out.println(answer);
            return ExitCode.OK;
        }
        Table table = new Table("ID", "WHAT", "UNTIL", "WHOM", "NAME", "WHERE");
        for (JsonNode one : answer.path("items")) {
            table.row(
                    text(one, "id"),
                    one.path("allow").asBoolean(true) ? "answer" : "refuse",
                    time(one, "until"),
                    whom(one.path("match")),
                    text(one, "name"),
                    text(one, "where"));
        }
        out.print(answer.path("items").isEmpty() ? "no exceptions\n" : table.text());
        return ExitCode.OK;
    }

    static String whom(JsonNode match) {
        StringBuilder words = new StringBuilder();
        match.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            words.append(words.isEmpty() ? "" : " ").append(entry.getKey()).append('=');
            words.append(value.isArray() ? joined(value) : value.asString(""));
        });
        return words.toString();
    }
}
