package io.innkeeper.cli;

import io.innkeeper.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Talks to a running Innkeeper. */
final class Client implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The server does not do what was asked, or is not there. The message is for the user. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        Failure(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Client(URI base) {
        this.base = base;
    }

    JsonNode get(String path) throws Failure {
        return send("GET", path, null);
    }

    /** Sends a request; the body is JSON or null. */
    JsonNode send(String method, String path, @Nullable String body) throws Failure {
        return send(method, path, body, "application/json");
    }

    /** Sends a request with a body of this type, or none. */
    JsonNode send(String method, String path, @Nullable String body, String contentType) throws Failure {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Content-Type", contentType)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            // The answer of a service that did not do a command; a problem has a number there.
            boolean commandFailed = answer.path("status").isString() && answer.has("data");
            if (response.statusCode() >= 400 && !commandFailed) {
                throw problem(answer);
            }
            return answer;
        } catch (IOException e) {
            throw unreachable();
        } catch (JacksonException e) {
            throw new Failure(ExitCode.FAILED, base + " answers, but it is not an Innkeeper");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    /** What is answered as plain text. */
    String text(String path) throws Failure {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "text/plain")
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw problem(Json.MAPPER.readTree(response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable();
        } catch (JacksonException e) {
            throw new Failure(ExitCode.FAILED, base + " answers, but it is not an Innkeeper");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    private static Failure problem(JsonNode answer) {
        StringBuilder text = new StringBuilder(answer.path("detail").asString("the server refused"));
        // The detail of a single wrong field says it already.
        JsonNode errors = answer.path("errors").size() > 1 ? answer.path("errors") : MissingNode.getInstance();
        for (JsonNode error : errors) {
            text.append("\n  ").append(error.path("field").asString(""));
            text.append(": ").append(error.path("message").asString(""));
        }
        return new Failure(ExitCode.FAILED, text.toString());
    }

    private Failure unreachable() {
        return new Failure(
                ExitCode.UNREACHABLE,
                "no Innkeeper answers at " + base + "; start one with './innkeeper run', or name another with --url or"
                        + " INNKEEPER_URL");
    }

    /** Opens the event stream after a number. */
    InputStream stream(String path, @Nullable Long after) throws Failure {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", String.valueOf(after));
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw problem(Json.MAPPER.readTree(response.body().readAllBytes()));
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
