package io.innkeeper.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The commands of a service, for people. */
final class CommandList {
    private CommandList() {}

    /** One after the other: how to write it, what it does, what each argument means. */
    static String text(JsonNode commands) {
        StringBuilder text = new StringBuilder();
        for (JsonNode command : commands) {
            text.append(text.isEmpty() ? "" : "\n").append(ApiCommand.text(command, "name"));
            for (JsonNode argument : command.path("arguments")) {
                String form = ApiCommand.text(argument, "name") + "="
                        + ApiCommand.text(argument, "type").toUpperCase(java.util.Locale.ROOT);
                text.append(argument.path("required").asBoolean() ? " " + form : " [" + form + "]");
            }
            text.append("\n    ").append(ApiCommand.text(command, "doc")).append('\n');
            for (JsonNode argument : command.path("arguments")) {
                text.append("    ").append(ApiCommand.text(argument, "name")).append(": ");
                text.append(ApiCommand.text(argument, "doc"))
                        .append(limits(argument))
                        .append('\n');
            }
            text.append("    gives ").append(ApiCommand.text(command, "result")).append('\n');
        }
        return text.toString();
    }

    private static String limits(JsonNode argument) {
        List<String> limits = new ArrayList<>();
        if (!argument.path("choices").isEmpty()) {
            limits.add("one of " + ApiCommand.joined(argument.path("choices")));
        }
        boolean ofText = ApiCommand.text(argument, "type").equals("text");
        if (argument.path("min").isNumber() && !ofText) {
            limits.add("from " + number(argument.path("min")));
        }
        if (argument.path("max").isNumber() && !ofText) {
            String unit = ApiCommand.text(argument, "type").equals("duration") ? " seconds" : "";
            limits.add("up to " + number(argument.path("max")) + unit);
        }
        if (argument.path("preset").isString()) {
            limits.add("without it " + ApiCommand.text(argument, "preset"));
        }
        return limits.isEmpty() ? "" : " (" + String.join(", ", limits) + ")";
    }

    private static String number(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().toPlainString();
    }
}
