package io.innkeeper.api.http;

import io.innkeeper.service.Command;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandView;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceStatus;
import io.innkeeper.view.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services and their commands. */
public final class ServiceRoutes {
    private static final TypeReference<Map<String, Object>> ARGS = new TypeReference<>() {};

    /**
     * A command as JSON.
     *
     * @param command its name
     * @param args its arguments by name
     */
    public record CommandBody(String command, @Nullable Map<String, Object> args) {}

    private final ServiceController services;

    /** Of this controller. */
    public ServiceRoutes(ServiceController services) {
        this.services = services;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.list(
                        "/api/v1/services",
                        "What runs, and how it is",
                        ServiceStatus.class,
                        List.of(),
                        call -> Answer.json(Map.of("items", services.statuses()))),
                Route.get("/api/v1/services/{name}", "One service", ServiceStatus.class, this::one),
                Route.list(
                        "/api/v1/services/{name}/commands",
                        "What a service can be told, with arguments, types and ranges",
                        CommandView.class,
                        List.of(),
                        call -> Answer.json(
                                Map.of("items", services.commands(status(call).name())))),
                Route.with(
                                "POST",
                                "/api/v1/services/{name}/commands",
                                "Tells a service to do something. 422 where command or arguments are wrong (CommandError), 502 where"
                                        + " the network did not do its part (NetworkError), 503 where the service cannot"
                                        + " do it now (ServiceError)",
                                CommandBody.class,
                                CommandResponse.class,
                                this::command)
                        .answering(200, 422, 502, 503));
    }

    private Answer one(Call call) {
        return Answer.json(status(call));
    }

    private ServiceStatus status(Call call) {
        String name = call.path("name");
        return services.status(name).orElseThrow(() -> {
            List<String> names =
                    services.statuses().stream().map(ServiceStatus::name).toList();
            return new ProblemException(
                    Problem.notFound("there is no service of that name; there are: " + String.join(", ", names)));
        });
    }

    private Answer command(Call call) {
        ServiceStatus status = status(call);
        ObjectNode body = JsonBody.object(call);
        for (String field : body.propertyNames()) {
            if (!field.equals("command") && !field.equals("args")) {
                call.error(field, "unknown field; there are: command, args");
            }
        }
        JsonNode name = body.get("command");
        if (name == null || !name.isString() || name.stringValue().isBlank()) {
            call.error("command", "is missing or not a text");
        }
        JsonNode args = body.get("args");
        if (args != null && !args.isNull() && !args.isObject()) {
            call.error("args", "must be an object");
        }
        call.check();
        Map<String, Object> values = args == null || args.isNull() ? Map.of() : Json.MAPPER.convertValue(args, ARGS);
        Command command = new Command(body.get("command").stringValue(), values, call.remoteAddress());
        CommandResponse response = services.command(status.name(), command);
        return Answer.json(httpStatus(response), response);
    }

    /** A body that is no command at all is a 400 with a problem; these come with the response of the service. */
    static int httpStatus(CommandResponse response) {
        return switch (response.kind()) {
            case COMMAND -> 422;
            case NETWORK -> 502;
            case SERVICE -> 503;
            case null -> 200;
        };
    }
}
