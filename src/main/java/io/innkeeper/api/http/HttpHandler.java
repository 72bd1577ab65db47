package io.innkeeper.api.http;

import io.innkeeper.security.AccessGate;
import io.innkeeper.store.BadQueryException;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request, step by step: gate → stream → route → page → not found. Runs on virtual threads, so steps may block. */
final class HttpHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    /** Serves the event stream. */
    interface Stream {
        /** Takes the request over where it asks for a stream; false where it asks for something else. */
        boolean serve(Request request, Response response, Callback callback) throws Exception;
    }

    private final Supplier<AccessGate> gate;
    private final RouteTable routes;
    private final Stream stream;
    private final StaticFiles files;
    private final HttpStatistics statistics;
    private final Set<Answer.Stream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    HttpHandler(
            Supplier<AccessGate> gate, RouteTable routes, Stream stream, StaticFiles files, HttpStatistics statistics) {
        this.gate = gate;
        this.routes = routes;
        this.stream = stream;
        this.files = files;
        this.statistics = statistics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            commonHeaders(request, response);
            String path = request.getHttpURI().getDecodedPath();
            String refusal = refusal(request, path).orElse(null);
            if (refusal != null) {
                statistics.refused();
                send(request, response, callback, Answer.problem(Problem.of(403, "refused", "Refused", refusal)));
            } else if (request.getMethod().equals("OPTIONS")) {
                preflight(path, response, callback);
            } else if (!isQueryReadable(request)) {
                send(request, response, callback, Answer.problem(Problem.badRequest("query", "cannot be decoded")));
            } else if (!stream.serve(request, response, callback)) {
                answer(request, response, callback, path);
            }
        } catch (EofException e) {
            callback.failed(e);
        } catch (Exception e) {
            failed(request, response, callback, e);
        }
        return true;
    }

    /** Jetty throws where the octets of a query are no text. */
    private static boolean isQueryReadable(Request request) {
        try {
            Request.extractQueryParameters(request);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void failed(Request request, Response response, Callback callback, Exception e) {
        LOG.error("{} {} failed; this is a fault in Innkeeper", request.getMethod(), request.getHttpURI(), e);
        if (response.isCommitted()) {
            callback.failed(e);
        } else {
            Problem problem =
                    Problem.of(500, "internal", "Internal error", "a fault in Innkeeper; its log has the details");
            send(request, response, callback, Answer.problem(problem));
        }
    }

    private void commonHeaders(Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        String origin = request.getHeaders().get("Origin");
        if (origin != null && gate.get().isCors(origin)) {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Vary", "Origin");
        }
    }

    private Optional<String> refusal(Request request, String path) {
        HttpFields headers = request.getHeaders();
        boolean navigation =
                request.getMethod().equals("GET") && files.find(path).isPresent();
        return gate.get().refusal(hostOf(request), headers.get("Origin"), headers.get("Sec-Fetch-Site"), navigation);
    }

    private static @Nullable String hostOf(Request request) {
        String header = request.getHeaders().get("Host");
        return header != null ? header : request.getHttpURI().getAuthority();
    }

    private void preflight(String path, Response response, Callback callback) {
        Set<String> methods = methods(path);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Allow", String.join(", ", methods));
        headers.put("Access-Control-Allow-Methods", String.join(", ", methods));
        headers.put("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID");
        headers.put("Access-Control-Max-Age", "600");
        response.setStatus(methods.isEmpty() ? 404 : 204);
        response.write(true, null, callback);
    }

    private Set<String> methods(String path) {
        return files.find(path).isPresent() ? Set.of("GET") : routes.methods(path);
    }

    private void answer(Request request, Response response, Callback callback, String path) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        RouteTable.Match match = routes.find(method, path).orElse(null);
        if (match != null) {
            Answer answer = call(match, request);
            statistics.answered(match.route().path(), answer.status());
            send(request, response, callback, answer);
            return;
        }
        StaticFiles.StaticFile file = method.equals("GET") ? files.find(path).orElse(null) : null;
        if (file != null) {
            sendFile(request, response, callback, file);
            return;
        }
        Set<String> methods = methods(path);
        if (!methods.isEmpty()) {
            response.getHeaders().put("Allow", String.join(", ", methods));
        }
        Problem problem = methods.isEmpty()
                ? Problem.notFound("there is nothing at " + path + "; /openapi.json lists what there is")
                : Problem.of(
                        405,
                        "method",
                        "Method not allowed",
                        request.getMethod() + " is not possible here; " + String.join(", ", methods) + " is");
        send(request, response, callback, Answer.problem(problem));
    }

    private static Answer call(RouteTable.Match match, Request request) {
        Call call = new Call(request, match.values());
        try {
            call.allowOnly(match.route().parameterNames());
            if (match.route().parameters().isEmpty()) {
                call.check(); // nothing more to find fault with
            }
            return match.route().handler().handle(call);
        } catch (ProblemException e) {
            return Answer.problem(e.problem());
        } catch (BadQueryException e) {
            return Answer.problem(Problem.badRequest(e.parameter(), String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            LOG.error("{} {}: {}", request.getMethod(), request.getHttpURI().getPath(), e.getMessage());
            return Answer.problem(
                    Problem.of(503, "store", "The store does not answer", String.valueOf(e.getMessage())));
        }
    }

    private void send(Request request, Response response, Callback callback, Answer answer) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Type", answer.contentType());
        Answer.Stream stream = answer.stream();
        if (stream != null) {
            answer.headers().forEach(headers::put);
            sendStream(request, response, callback, stream);
            return;
        }
        if (!request.consumeAvailable()) {
            // Nobody wants the rest of the body: the connection ends, and the client must not send its next request
            // there.
            headers.put("Connection", "close");
        }
        headers.put("Content-Length", answer.body().length);
        answer.headers().forEach(headers::put);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(answer.body()), callback);
    }

    private void sendStream(Request request, Response response, Callback callback, Answer.Stream stream) {
        open.add(stream);
        try (stream) {
            if (!closed && !request.getMethod().equals("HEAD")) {
                try (OutputStream out = Content.Sink.asOutputStream(response)) {
                    stream.write(out);
                }
            }
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        } finally {
            open.remove(stream);
        }
    }

    /** Ends all answers that would go on. */
    void endStreams() {
        closed = true;
        open.forEach(Answer.Stream::close);
    }

    private void sendFile(Request request, Response response, Callback callback, StaticFiles.StaticFile file) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("ETag", file.etag());
        headers.put("Cache-Control", "no-cache");
        headers.put("Content-Security-Policy", files.contentSecurityPolicy());
        if (file.etag().equals(request.getHeaders().get("If-None-Match"))) {
            response.setStatus(304);
            response.write(true, null, callback);
            return;
        }
        response.setStatus(200);
        headers.put("Content-Type", file.type());
        headers.put("Content-Length", file.bytes().length);
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(file.bytes()), callback);
    }
}
