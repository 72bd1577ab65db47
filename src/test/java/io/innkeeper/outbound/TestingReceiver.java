package io.innkeeper.outbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP receiver on a real socket that can fail, hang, stop and come back on the same port. */
public final class TestingReceiver implements AutoCloseable {
    /** A request as it came. */
    public record Received(Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Answers a request. */
    interface Answer {
        void to(HttpExchange exchange, Received request) throws IOException;
    }

    /** What it took, in order: only what it acknowledged. */
    public final List<Received> taken = new CopyOnWriteArrayList<>();

    /** All that came. */
    final List<Received> heard = new CopyOnWriteArrayList<>();

    private final int port;
    private volatile Answer answer = this::take;
    private @Nullable HttpServer server;

    public TestingReceiver() {
        HttpServer first = listen(0);
        port = first.getAddress().getPort();
        serve(first);
    }

    private static HttpServer listen(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpServer made) {
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new LinkedHashMap<>();
                exchange.getRequestHeaders()
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Received request = new Received(headers, body);
                heard.add(request);
                answer.to(exchange, request);
            }
        });
        made.start();
        server = made;
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    /** From now on it answers so. */
    void answers(Answer next) {
        answer = next;
    }

    /** From now on it takes everything. */
    void takes() {
        answer = this::take;
    }

    void take(HttpExchange exchange, Received request) throws IOException {
        taken.add(request);
        exchange.sendResponseHeaders(204, -1);
    }

    static Answer status(int status) {
        return (exchange, request) -> exchange.sendResponseHeaders(status, -1);
    }

    /** The process is gone: whatever was being answered is cut. */
    public void stop() {
        Objects.requireNonNull(server).stop(0);
        server = null;
    }

    /** It is back on the same port. */
    public void restart() {
        serve(listen(port));
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
