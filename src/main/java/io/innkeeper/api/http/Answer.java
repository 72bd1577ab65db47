package io.innkeeper.api.http;

import io.innkeeper.view.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a call is answered.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body the whole body
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent, forgotten: nobody compares answers
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    /** 200 with JSON. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    /** JSON with another status. */
    public static Answer json(int status, Object value) {
        return new Answer(status, "application/json", bytes(value), Map.of("Cache-Control", "no-store"));
    }

    /** A problem. */
    public static Answer problem(Problem problem) {
        return new Answer(
                problem.status(), "application/problem+json", bytes(problem), Map.of("Cache-Control", "no-store"));
    }

    /** 200 with text. */
    public static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of("Cache-Control", "no-store"));
    }

    private static byte[] bytes(Object value) {
        return Json.MAPPER.writeValueAsBytes(value);
    }
}
