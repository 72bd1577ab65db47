package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds every answer of a server against what its own OpenAPI document promises. */
final class OpenApiCheck {
    private final JsonNode document;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    OpenApiCheck(URI base, HttpClient http) {
        try {
            document = Json.MAPPER.readTree(http.send(
                            HttpRequest.newBuilder(base.resolve("openapi.json")).build(), BodyHandlers.ofByteArray())
                    .body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void check(String method, String path, TestingApp.Reply reply) {
        String type = reply.header("content-type");
        if (!type.contains("json")) {
            return;
        }
        JsonNode operation = operation(method.toLowerCase(Locale.ROOT), path);
        JsonNode answers = operation.path("responses");
        JsonNode answer = type.equals("application/problem+json")
                ? problem(answers)
                : answers.path(String.valueOf(reply.status()));
        JsonNode schema = answer.path("content").path(type).path("schema");
        assertThat(schema.isObject())
                .as("%s %s answered %s %s, which the document does not know", method, path, reply.status(), type)
                .isTrue();
        assertThat(schema(schema).validate(reply.body(), InputFormat.JSON))
                .as("%s %s answered %s", method, path, reply.body())
                .isEmpty();
    }

    /** Problems of paths that do not exist look as all others do. */
    private JsonNode problem(JsonNode answers) {
        return answers.isMissingNode()
                ? document.path("paths")
                        .path("/api/v1/leases")
                        .path("get")
                        .path("responses")
                        .path("default")
                : answers.path("default");
    }

    private JsonNode operation(String method, String path) {
        String[] parts = path.split("/", -1);
        return document.path("paths")
                .propertyStream()
                .filter(entry -> fits(entry.getKey().split("/", -1), parts))
                .map(entry -> entry.getValue().path(method))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(Json.MAPPER.missingNode());
    }

    private static boolean fits(String[] pattern, String[] parts) {
        if (pattern.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!pattern[i].startsWith("{") && !pattern[i].equals(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = Json.MAPPER.createObjectNode();
            whole.set("components", document.path("components"));
            whole.putArray("allOf").add(schema);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(whole.toString(), InputFormat.JSON);
        });
    }
}
