package io.innkeeper;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.view.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A webhook of the whole program, configured while it runs. */
@Tag("slow")
class OutboundTest {
    @TempDir
    private Path folder;

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private TestingApp app;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                told.add(Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        app = TestingApp.start(folder);
    }

    @AfterEach
    void stop() {
        app.close();
        receiver.stop(0);
    }

    private Reply configure(String events) {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        return app.send(
                "PATCH",
                "api/v1/config",
                "{\"outbound\":{\"webhooks\":[{\"name\":\"hook\",\"secret\":\"hunter2\",\"url\":\"" + url
                        + "\",\"events\":[" + events + "]}]}}");
    }

    private JsonNode service() {
        return app.get("api/v1/services")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals("outbound"))
                .findFirst()
                .orElse(Json.MAPPER.createObjectNode());
    }

    /** Of each event the first: what was on its way when its target changed may come again. */
    private List<String> hosts() {
        Set<Long> known = new HashSet<>();
        return told.stream()
                .filter(event -> known.add(event.path("number").asLong()))
                .filter(event -> event.path("type").asString().equals("lease.added"))
                .map(event -> event.path("lease").path("hostname").asString())
                .toList();
    }

    private void awaitHosts(String... names) {
        await().atMost(60, SECONDS).untilAsserted(() -> assertThat(hosts()).containsExactly(names));
    }

    @Test
    void aTargetComesAndGoesWhileItRuns() throws StartException {
        assertThat(service().path("state").asString("")).isEmpty();
        assertThat(configure("\"lease.added\"").status()).isEqualTo(200);
        await().atMost(60, SECONDS)
                .until(() -> service().path("detail").path("webhook:hook").has("waiting"));
        app.leases(TestingApp.lease("00:11:32:00:00:02", "192.168.1.101", "one"));
        awaitHosts("one");
        assertThat(configure("\"lease.*\"").status()).isEqualTo(200);
        app.restart();
        app.leases(
                TestingApp.lease("00:11:32:00:00:02", "192.168.1.101", "one"),
                TestingApp.lease("00:11:32:00:00:03", "192.168.1.102", "two"));
        awaitHosts("one", "two");
        assertThat(app.get("metrics").body()).contains("innkeeper_outbound_delivered_total{target=\"webhook:hook\"}");
        assertThat(app.send("PATCH", "api/v1/config", "{\"outbound\":null}").status())
                .isEqualTo(200);
        await().atMost(60, SECONDS)
                .until(() -> service().path("state").asString("").isEmpty());
    }

    @Test
    void aSecretIsNowhereToBeSeen() {
        assertThat(configure("\"lease.added\"").status()).isEqualTo(200);
        await().atMost(60, SECONDS).until(() -> service().has("state"));
        assertThat(app.get("api/v1/config").body()).contains("(hidden)").doesNotContain("hunter2");
        assertThat(app.events().toString()).doesNotContain("hunter2");
        assertThat(app.send("PATCH", "api/v1/config", "{\"outbound\":{\"webhooks\":[{\"secret\":\"hunter2\"}]}}")
                        .body())
                .doesNotContain("hunter2");
        assertThat(app.log.toString(java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("hunter2");
    }
}
