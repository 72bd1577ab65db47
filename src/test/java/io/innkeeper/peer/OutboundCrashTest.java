package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.outbound.TestingReceiver;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** We are killed, a real broker and an HTTP receiver are gone for a while, at any moment: each hears every event, once by its key. */
@Tag("slow")
@Timeout(180)
class OutboundCrashTest {
    private static final int SOME = 40;

    @TempDir
    private Path folder;

    private final TestingReceiver receiver = new TestingReceiver();
    private RealMosquitto broker;
    private MqttListener listener;
    private Guests guests;
    private Path config;

    @BeforeEach
    void open() throws IOException {
        Namespaces.skipUnlessPossible("a broker of the test's own", "mosquitto", "mosquitto_sub");
        broker = new RealMosquitto(
                folder, "allow_anonymous true", "persistence true", "persistence_location " + folder + "/");
        broker.start();
        listener = new MqttListener(broker.port(), "listener");
        await().atMost(30, SECONDS).until(this::listens);
        Path leases = Files.writeString(folder.resolve("dnsmasq.leases"), "");
        config = Files.writeString(
                folder.resolve("innkeeper.yaml"), """
                store: sqlite:%1$s/innkeeper.db
                api: {listen: "127.0.0.1:0"}
                dnsmasq: {leases: %1$s/dnsmasq.leases, config: [%1$s/dnsmasq.conf]}
                outbound:
                  webhooks: [{name: hook, url: "%2$s", events: ["lease.*"]}]
                  mqtt: {broker: "mqtt://127.0.0.1:%3$d", events: ["lease.*"], home-assistant: off}
                """.formatted(folder, receiver.url(), broker.port()));
        Files.writeString(folder.resolve("dnsmasq.conf"), "dhcp-range=192.168.77.2,192.168.77.250\n");
        guests = new Guests(leases);
    }

    /** Its session is there once something comes through; what is said to nobody is lost. */
    private boolean listens() {
        Programs.run(
                Programs.find("mosquitto_pub"), "-p", String.valueOf(broker.port()), "-t", "test/hello", "-m", "hello");
        return !listener.payloads("test/hello").isEmpty();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (guests != null) {
            guests.leave();
        }
        if (listener != null) {
            listener.close();
        }
        if (broker != null) {
            broker.close();
        }
        receiver.close();
    }

    @Test
    void eachHearsEveryEventOnce() throws Exception {
        try (InnkeeperProcess first = start()) {
            first.awaitPage();
            awaitBoth(SOME);
            first.kill();
        }
        try (InnkeeperProcess second = start()) {
            URI base = second.awaitPage();
            awaitBoth(2 * SOME);
            receiver.stop();
            broker.stop();
            long told = newest(base);
            await("news that nobody hears").atMost(30, SECONDS).until(() -> newest(base) > told + SOME);
            second.kill();
        }
        receiver.restart();
        try (InnkeeperProcess third = start()) {
            URI base = third.awaitPage();
            broker.start();
            awaitBoth(byKey(posted()).size() + SOME);
            receiver.stop();
            receiver.restart();
            guests.leave();
            await("all is told").atMost(60, SECONDS).untilAsserted(() -> {
                List<Long> all = leaseEvents(base);
                assertThat(byKey(posted()).values()).containsExactlyElementsOf(all);
                assertThat(byKey(published()).values()).containsExactlyElementsOf(all);
            });
            System.out.printf(
                    "%d events, %d posts, %d messages%n",
                    leaseEvents(base).size(), posted().size(), published().size());
        }
    }

    private InnkeeperProcess start() throws IOException {
        return InnkeeperProcess.configured(List.of(), folder, config);
    }

    private void awaitBoth(int events) {
        await(events + " events")
                .atMost(60, SECONDS)
                .until(() ->
                        byKey(posted()).size() >= events && byKey(published()).size() >= events);
    }

    /** A key, and the number of its event. */
    private record Heard(String key, long number) {}

    private List<Heard> posted() {
        return receiver.taken.stream()
                .map(request ->
                        new Heard(request.header("Idempotency-Key"), number(Json.MAPPER.readTree(request.body()))))
                .toList();
    }

    private List<Heard> published() {
        return listener.lines.stream()
                .filter(line -> line.startsWith("innkeeper/events/lease."))
                .map(line -> Json.MAPPER.readTree(line.substring(line.indexOf(' ') + 1)))
                .map(event -> new Heard(event.path("key").asString(), number(event)))
                .toList();
    }

    /** As a receiver does it: of each key the first; the same key is never of another event. */
    private static Map<String, Long> byKey(List<Heard> all) {
        Map<String, Long> first = new LinkedHashMap<>();
        for (Heard one : all) {
            Long before = first.putIfAbsent(one.key(), one.number());
            assertThat(before == null || before == one.number())
                    .as("two events of the key %s", one.key())
                    .isTrue();
        }
        return first;
    }

    private static long number(JsonNode event) {
        return event.path("number").asLong();
    }

    private static List<JsonNode> page(URI base, long after) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        String page = new String(
                base.resolve("api/v1/events?limit=1000&after=" + after)
                        .toURL()
                        .openStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        Json.MAPPER.readTree(page).path("items").forEach(events::add);
        return events;
    }

    private static List<JsonNode> all(URI base) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (List<JsonNode> page = page(base, 0); !page.isEmpty(); page = page(base, number(all.getLast()))) {
            all.addAll(page);
        }
        return all;
    }

    private static long newest(URI base) throws IOException {
        List<JsonNode> all = all(base);
        return all.isEmpty() ? 0 : number(all.getLast());
    }

    private static List<Long> leaseEvents(URI base) throws IOException {
        return all(base).stream()
                .filter(event -> event.path("type").asString().startsWith("lease."))
                .map(OutboundCrashTest::number)
                .toList();
    }
}
