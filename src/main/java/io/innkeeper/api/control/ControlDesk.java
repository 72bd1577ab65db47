package io.innkeeper.api.control;

import io.innkeeper.service.Command;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.view.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** From a line to its answer: reads the request, finds the service that is meant, has it done. */
final class ControlDesk {
    /** Who asks, for the audit. */
    private static final String BY = "control socket";

    private static final String FORM =
            "{\"service\": \"dnsmasq\", \"command\": \"get_status\", \"args\": {}} is one; {\"command\":"
                    + " \"list_services\"} tells what there is";
    private static final Set<String> FIELDS = Set.of("service", "command", "args");
    private static final TypeReference<Map<String, Object>> ARGS = new TypeReference<>() {};
    private static final ObjectReader READER = Json.MAPPER
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ServiceController services;

    ControlDesk(ServiceController services) {
        this.services = services;
    }

    /** The answer to a line; never throws for what stands in it. */
    CommandResponse answer(String line) {
        JsonNode node;
        try {
            node = READER.readTree(line);
        } catch (JacksonException e) {
            return CommandResponse.commandError("this is not JSON; write one JSON object a line: " + FORM);
        }
        return node instanceof ObjectNode object
                ? answer(object)
                : CommandResponse.commandError("a command is a JSON object: " + FORM);
    }

    private CommandResponse answer(ObjectNode request) {
        JsonNode command = request.get("command");
        JsonNode service = request.get("service");
        JsonNode args = request.get("args");
        String complaint = complaint(request, command, service, args);
        if (complaint != null) {
            return CommandResponse.commandError(complaint + "; " + FORM);
        }
        Map<String, Object> values = args == null || args.isNull() ? Map.of() : Json.MAPPER.convertValue(args, ARGS);
        Command asked = new Command(request.get("command").stringValue(), values, BY);
        return service == null || service.isNull()
                ? withoutService(asked)
                : services.command(service.stringValue(), asked);
    }

    private static @Nullable String complaint(
            ObjectNode request, @Nullable JsonNode command, @Nullable JsonNode service, @Nullable JsonNode args) {
        if (!FIELDS.containsAll(request.propertyNames())) {
            return "a command has the fields service, command and args, and no others";
        }
        if (command == null || !command.isString() || command.stringValue().isBlank()) {
            return "'command' is missing or not a text";
        }
        if (service != null && !service.isNull() && !service.isString()) {
            return "'service' is not a text";
        }
        return args == null || args.isNull() || args.isObject() ? null : "'args' is not an object";
    }

    /** Commands about all services, and those that only one service has. */
    private CommandResponse withoutService(Command asked) {
        if (asked.name().equals("list_services")) {
            return asked.args().isEmpty()
                    ? CommandResponse.success(Map.of("services", services.statuses()))
                    : CommandResponse.commandError("list_services takes no arguments");
        }
        if (asked.name().equals("list_commands") && asked.args().isEmpty()) {
            return CommandResponse.success(Map.of("services", commandsOfAll()));
        }
        List<String> having = services.havingOwn(asked.name());
        if (having.size() == 1) {
            return services.command(having.getFirst(), asked);
        }
        List<String> which = having.isEmpty()
                ? services.statuses().stream().map(ServiceStatus::name).toList()
                : having;
        return CommandResponse.commandError(
                "'service' is missing, and the command does not tell which is meant; there are: "
                        + String.join(", ", which));
    }

    private List<Map<String, Object>> commandsOfAll() {
        return services.statuses().stream()
                .map(status -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("service", status.name());
                    one.put("commands", services.commands(status.name()));
                    return one;
                })
                .toList();
    }
}
