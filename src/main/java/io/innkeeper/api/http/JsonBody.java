package io.innkeeper.api.http;

import io.innkeeper.view.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** The body of a call as a JSON object. */
final class JsonBody {
    private static final ObjectReader READER = Json.MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private JsonBody() {}

    /** Reads the body; ends the call where it is not a JSON object. */
    static ObjectNode object(Call call) {
        String type = call.contentType();
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            throw new ProblemException(Problem.of(
                    415, "content-type", "Unsupported media type", "send the body as Content-Type: application/json"));
        }
        return object(call.body());
    }

    static ObjectNode object(byte[] body) {
        try {
            JsonNode node = READER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new ProblemException(Problem.badRequest("body", "must be a JSON object"));
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            String place = where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
            throw new ProblemException(Problem.badRequest(
                    "body", "is not JSON: " + e.getOriginalMessage().split(" \\(", 2)[0] + place));
        }
    }
}
