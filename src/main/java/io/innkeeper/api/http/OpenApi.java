package io.innkeeper.api.http;

import io.innkeeper.config.JsonSchema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, written from the same table that finds the handlers. */
public final class OpenApi {
    private static final Pattern PATH_VALUE = Pattern.compile("\\{([a-z]+)}");

    private final JsonSchema schemas = JsonSchema.forApi("#/components/schemas/");

    private OpenApi() {}

    /** The document for a table. */
    public static Map<String, Object> write(RouteTable table, String version) {
        return new OpenApi().document(table, version);
    }

    private Map<String, Object> document(RouteTable table, String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : table.routes()) {
            paths.computeIfAbsent(route.path(), any -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        schemas.reference(Problem.class);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Innkeeper",
                        "version",
                        version,
                        "description",
                        "Knows every guest of a network.",
                        "license",
                        Map.of("name", "Apache-2.0", "identifier", "Apache-2.0")));
        document.put("paths", paths);
        document.put("components", Map.of("schemas", schemas.definitions()));
        return document;
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", route.summary());
        operation.put("operationId", operationId(route));
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body() != null) {
            operation.put(
                    "requestBody",
                    Map.of("content", Map.of("application/json", Map.of("schema", request(route.body())))));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private static String operationId(Route route) {
        String words = route.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        return route.method().toLowerCase(Locale.ROOT) + "_" + words;
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        Matcher values = PATH_VALUE.matcher(route.path());
        while (values.find()) {
            parameters.add(parameter(values.group(1), "path", "which one", true));
        }
        route.parameters().forEach(p -> parameters.add(parameter(p.name(), "query", p.description(), false)));
        return parameters;
    }

    private static Map<String, Object> parameter(String name, String in, String description, boolean required) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("description", description);
        parameter.put("required", required);
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    private Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Class<?> answer = route.answer();
        for (Integer status : route.statuses()) {
            responses.put(String.valueOf(status), answer == null ? Map.of("description", "text") : json(route, answer));
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "what went wrong (RFC 9457)",
                        "content",
                        Map.of("application/problem+json", Map.of("schema", schema(Problem.class)))));
        return responses;
    }

    private Map<String, Object> json(Route route, Class<?> answer) {
        Map<String, Object> schema = route.list() ? page(answer) : schema(answer);
        return Map.of("description", "as asked", "content", Map.of("application/json", Map.of("schema", schema)));
    }

    /** In an answer every field is there; in a request those that can be null can be left out. */
    private Map<String, Object> request(Class<?> type) {
        Map<String, Object> reference = schema(type);
        if (type.isRecord() && schemas.definitions().get(type.getSimpleName()) instanceof Map<?, ?> schema) {
            Map<String, Object> relaxed = new LinkedHashMap<>();
            schema.forEach((key, value) -> relaxed.put(String.valueOf(key), value));
            relaxed.put("required", requiredOf(type));
            schemas.definitions().put(type.getSimpleName(), relaxed);
        }
        return reference;
    }

    private static List<String> requiredOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(field -> !field.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName)
                .toList();
    }

    private Map<String, Object> schema(Class<?> type) {
        return type == Object.class ? Map.of("type", "object") : schemas.reference(type);
    }

    private Map<String, Object> page(Class<?> item) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("items", Map.of("type", "array", "items", schema(item)));
        properties.put("next", Map.of("type", List.of("string", "null")));
        properties.put("total", Map.of("type", "integer"));
        return Map.of("type", "object", "properties", properties, "required", List.of("items"));
    }
}
