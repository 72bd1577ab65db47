package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.config.ConfigSources;
import io.innkeeper.ops.LogSetup;
import io.innkeeper.view.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole program on a free port, with a lease file, a dnsmasq configuration and a configuration file in one folder. */
public final class TestingApp implements AutoCloseable {
    /** What the log says goes here. */
    public final ByteArrayOutputStream log = new ByteArrayOutputStream();

    public final Path folder;
    public final HttpClient http = HttpClient.newHttpClient();
    private final LogSetup logSetup = new LogSetup(log, false);
    private final List<String> settings;
    private final Map<String, String> environment;
    private App app;
    private @Nullable OpenApiCheck check;

    /** An answer. */
    public record Reply(int status, Map<String, List<String>> headers, String body) {
        public JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** The names of the fields that a problem complains about. */
        public List<String> wrongFields() {
            assertThat(header("content-type")).isEqualTo("application/problem+json");
            assertThat(json().path("status").asInt()).isEqualTo(status);
            return json().path("errors")
                    .valueStream()
                    .map(error -> error.path("field").asString())
                    .toList();
        }
    }

    private TestingApp(Path folder, List<String> settings, Map<String, String> environment) throws StartException {
        this.folder = folder;
        this.settings = settings;
        this.environment = environment;
        this.app = make();
    }

    /** Starts on a folder; files that are there already stay. */
    public static TestingApp start(Path folder, String... settings) {
        try {
            init(folder);
            return new TestingApp(folder, List.of(settings), Map.of("INNKEEPER_API_GRPC", "127.0.0.1:0"));
        } catch (StartException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static void init(Path folder) {
        if (!Files.exists(folder.resolve("innkeeper.yaml"))) {
            write(folder.resolve("innkeeper.yaml"), yaml(folder, ""));
        }
        if (!Files.exists(folder.resolve("dnsmasq.leases"))) {
            write(folder.resolve("dnsmasq.leases"), "");
        }
        if (!Files.exists(folder.resolve("dnsmasq.conf"))) {
            write(folder.resolve("dnsmasq.conf"), """
                    dhcp-range=192.168.1.100,192.168.1.250,255.255.255.0,12h
                    dhcp-host=00:11:32:00:00:01,192.168.1.2,nas
                    """);
        }
    }

    /** The configuration file of a folder, with more in it. */
    public static String yaml(Path folder, String more) {
        return """
                store: sqlite:%1$s/innkeeper.db
                dnsmasq:
                  name: home
                  leases: %1$s/dnsmasq.leases
                  config: [%1$s/dnsmasq.conf]
                  poll: 200ms
                log: {level: warn}
                %2$s""".formatted(folder, more.contains("api:") ? more : "api: {listen: \"127.0.0.1:0\"}\n" + more);
    }

    public static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private App make() throws StartException {
        App made = new App(new ConfigSources(folder.resolve("innkeeper.yaml"), environment, settings), false, logSetup);
        try {
            made.start();
        } catch (StartException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /** Stops and starts again on the same files. */
    public void restart() throws StartException {
        app.close();
        app = make();
    }

    public URI uri() {
        return app.uri();
    }

    public void reload() {
        app.reload();
    }

    /** One line of a lease file. */
    public static String lease(String mac, String ip, String name) {
        return Instant.now().getEpochSecond() + 3_600 + " " + mac + " " + ip + " " + name + " *\n";
    }

    public void leases(String... lines) {
        write(folder.resolve("dnsmasq.leases"), String.join("", lines));
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Sends JSON unless the headers say otherwise. */
    public Reply send(String method, String path, @Nullable String body, String... headers) {
        return send(method, uri().resolve(path), body, headers);
    }

    public Reply send(String method, URI at, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            Reply reply = new Reply(
                    response.statusCode(),
                    response.headers().map(),
                    new String(response.body(), StandardCharsets.UTF_8));
            check(method, at.getPath(), reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + at, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void check(String method, String path, Reply reply) {
        if (check == null) {
            check = new OpenApiCheck(app.uri(), http);
        }
        if (method.matches("GET|POST|PATCH|DELETE")) {
            check.check(method, path, reply);
        }
    }

    /** The events so far. */
    public List<JsonNode> events() {
        return get("api/v1/events?recent=1000", "Accept", "application/json")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** The types of the events so far. */
    public List<String> eventTypes() {
        return events().stream().map(event -> event.path("type").asString()).toList();
    }

    @Override
    public void close() {
        app.close();
        http.shutdownNow();
        logSetup.close();
        LoggerContext.getContext(false).reconfigure();
    }
}
