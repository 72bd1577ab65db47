package io.innkeeper.api.http;

import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body the whole body; empty where it is a stream
 * @param headers further headers
 * @param stream writes the body for as long as there is something to tell; null where the body is known
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent, forgotten: nobody compares answers
public record Answer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable Stream stream) {
    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

    /** A body that comes bit by bit. Closed by whoever sends it, written to or not. */
    public interface Stream extends AutoCloseable {
        /**
         * Writes until there is nothing more, on the thread of the request.
         *
         * @throws IOException if the client is gone
         * @throws InterruptedException if the thread is to end
         */
        void write(OutputStream out) throws IOException, InterruptedException;

        @Override
        void close();
    }

    /** 200 with JSON. */
    public static Answer json(Object value) {
        return json(200, value);
    }

    /** JSON with another status. */
    public static Answer json(int status, Object value) {
        return new Answer(status, "application/json", bytes(value), NOT_KEPT, null);
    }

    /** A problem. */
    public static Answer problem(Problem problem) {
        return new Answer(problem.status(), "application/problem+json", bytes(problem), NOT_KEPT, null);
    }

    /** 200 with text. */
    public static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), NOT_KEPT, null);
    }

    /** 200 with server-sent events (WHATWG HTML §9.2). */
    public static Answer events(Stream stream) {
        Map<String, String> headers = Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
        return new Answer(200, "text/event-stream", new byte[0], headers, stream);
    }

    private static byte[] bytes(Object value) {
        return Json.MAPPER.writeValueAsBytes(value);
    }
}
