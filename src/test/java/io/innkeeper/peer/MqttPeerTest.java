package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.event.EventType;
import io.innkeeper.outbound.OutboundKit;
import io.innkeeper.service.Health;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events and device trackers at a real mosquitto. */
@Tag("slow")
class MqttPeerTest {
    private static final String DEVICE =
            "{\"device\":{\"mac\":\"00:11:32:00:00:01\",\"name\":null,\"hostname\":\"nas\","
                    + "\"vendor\":\"Synology\",\"addresses\":[{\"address\":\"10.0.0.9\",\"current\":false},"
                    + "{\"address\":\"10.0.0.2\",\"current\":true}]}}";
    private static final String ID = "innkeeper_001132000001";
    private static final String CONFIG = "homeassistant/device_tracker/" + ID + "/config";
    private static final String STATE = "innkeeper/devices/" + ID + "/state";

    @TempDir
    private Path folder;

    private @Nullable RealMosquitto broker;
    private @Nullable OutboundKit kit;

    @BeforeEach
    void look() {
        Namespaces.skipUnlessPossible("a broker of the test's own", "mosquitto", "mosquitto_sub", "openssl");
    }

    @AfterEach
    void close() {
        if (kit != null) {
            kit.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private RealMosquitto broker(String... lines) throws IOException {
        RealMosquitto made = new RealMosquitto(folder, lines);
        broker = made;
        made.start();
        return made;
    }

    private RealMosquitto lasting() throws IOException {
        return broker("allow_anonymous true", "persistence true", "persistence_location " + folder + "/");
    }

    private OutboundKit kit(RealMosquitto at, String more) {
        OutboundKit made = new OutboundKit(
                folder, "outbound: {mqtt: {broker: \"mqtt://127.0.0.1:" + at.port() + "\"" + more + "}}");
        kit = made;
        return made;
    }

    private static void eventually(ThrowingRunnable looked) {
        await().atMost(60, SECONDS).untilAsserted(looked);
    }

    /** The numbers of the events, without those whose key came before. */
    private static List<Long> numbers(MqttListener listener) {
        Map<String, Long> first = new LinkedHashMap<>();
        for (String payload : listener.payloads("innkeeper/events/lease.added")) {
            JsonNode event = Json.MAPPER.readTree(payload);
            first.putIfAbsent(event.path("key").asString(), event.path("number").asLong());
        }
        return List.copyOf(first.values());
    }

    private static void awaitConnection(OutboundKit kit, MqttListener listener) {
        eventually(() -> assertThat(listener.payloads("innkeeper/status")).contains("online"));
        eventually(() -> assertThat(kit.health().level()).isEqualTo(Health.Level.OK));
    }

    @Test
    void everyEventOnceOverRestartsOfBrokerAndOfUs() throws Exception {
        RealMosquitto at = lasting();
        OutboundKit told = kit(at, "");
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            awaitConnection(told, listener);
            told.tell(200);
            at.stop();
            told.tell(200);
            at.start();
            told.tell(100);
            told.stop();
            told.start();
            told.tell(100);
            at.stop();
            told.tell(100);
            told.stop();
            at.start();
            told.start();
            told.tell(300);
            eventually(() -> assertThat(numbers(listener)).hasSize(1_000));
            assertThat(numbers(listener))
                    .isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
            String key = Json.MAPPER
                    .readTree(listener.payloads("innkeeper/events/lease.added").getFirst())
                    .path("key")
                    .asString();
            assertThat(key).startsWith(told.storeIdentity() + "-1-");
        }
    }

    @Test
    void devicesAreTrackersThatHomeAssistantFinds() throws Exception {
        RealMosquitto at = lasting();
        OutboundKit told = kit(at, ", events: [\"lease.*\"]");
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            awaitConnection(told, listener);
            told.tell(EventType.DEVICE_DISCOVERED, "m", DEVICE);
            told.tell(EventType.DEVICE_OFFLINE, "m", DEVICE);
            told.tell(EventType.DEVICE_ONLINE, "m", DEVICE);
            eventually(() -> assertThat(listener.payloads(STATE)).containsExactly("home", "not_home", "home"));
            assertThat(listener.payloads(CONFIG)).hasSize(1);
            JsonNode config = Json.MAPPER.readTree(listener.payloads(CONFIG).getFirst());
            assertThat(config.path("state_topic").asString()).isEqualTo(STATE);
            assertThat(config.path("availability_topic").asString()).isEqualTo("innkeeper/status");
            assertThat(config.path("device").path("name").asString()).isEqualTo("nas");
            JsonNode attributes = Json.MAPPER.readTree(
                    listener.payloads("innkeeper/devices/" + ID + "/attributes").getLast());
            assertThat(attributes.path("address").asString()).isEqualTo("10.0.0.2");
            assertThat(attributes.path("vendor").asString()).isEqualTo("Synology");
            assertThat(listener.lines).noneMatch(line -> line.startsWith("innkeeper/events/device"));
        }
        try (MqttListener late = new MqttListener(at.port(), "late")) {
            eventually(() -> assertThat(late.payloads(STATE)).containsExactly("home"));
            eventually(() -> assertThat(late.payloads(CONFIG)).hasSize(1));
        }
    }

    @Test
    void aBrokerThatForgotIsToldAgain() throws Exception {
        RealMosquitto at = broker("allow_anonymous true");
        OutboundKit told = kit(at, ", keep-alive: 1s");
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            awaitConnection(told, listener);
            told.tell(EventType.DEVICE_OFFLINE, "m", DEVICE);
            eventually(() -> assertThat(listener.payloads(STATE)).containsExactly("not_home"));
        }
        told.stop();
        at.stop();
        at.start();
        told.start();
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            eventually(() -> assertThat(listener.payloads(STATE)).containsExactly("not_home"));
        }
        at.stop();
        at.start();
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            eventually(() -> assertThat(listener.payloads(STATE)).containsExactly("not_home"));
            eventually(() -> assertThat(listener.payloads(CONFIG)).hasSize(1));
        }
    }

    @Test
    void whenWeAreGoneItIsSaid() throws Exception {
        RealMosquitto at = lasting();
        OutboundKit told = kit(at, ", keep-alive: 1s, client-id: inn");
        try (MqttListener listener = new MqttListener(at.port(), "listener")) {
            awaitConnection(told, listener);
            try (MqttListener same = new MqttListener(at.port(), "inn")) {
                eventually(
                        () -> assertThat(listener.payloads("innkeeper/status")).contains("offline"));
                assertThat(same.payloads("nowhere")).isEmpty();
            }
            int before = listener.payloads("innkeeper/status").size();
            eventually(() ->
                    assertThat(listener.payloads("innkeeper/status").getLast()).isEqualTo("online"));
            told.stop();
            eventually(() ->
                    assertThat(listener.payloads("innkeeper/status").getLast()).isEqualTo("offline"));
            assertThat(listener.payloads("innkeeper/status")).hasSizeGreaterThan(before);
        }
    }

    @Test
    void aPasswordIsAskedForAndCheckedOverTls() throws Exception {
        certificate("broker");
        certificate("other");
        Programs.run("mosquitto_passwd", "-b", "-c", folder.resolve("users").toString(), "inn", "key");
        RealMosquitto at = broker(
                "allow_anonymous false",
                "password_file " + folder.resolve("users"),
                "certfile " + folder.resolve("broker.pem"),
                "keyfile " + folder.resolve("broker.key"));
        String ca = ", user: inn, ca-file: \"" + folder + "/%s.pem\", password: %s";
        Files.createDirectory(folder.resolve("kit"));
        expect(at, ca.formatted("broker", "wrong"), "not authorized");
        expect(at, ca.formatted("other", "key"), "cannot connect to 127.0.0.1");
        expect(at, ca.formatted("broker", "key"), "delivers to 1 targets");
    }

    private void certificate(String name) {
        Programs.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                folder.resolve(name + ".pem").toString(),
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
    }

    private void expect(RealMosquitto at, String more, String words) {
        String yaml = "outbound: {mqtt: {broker: \"mqtts://127.0.0.1:" + at.port() + "\"" + more + "}}";
        try (OutboundKit one = new OutboundKit(folder.resolve("kit"), yaml)) {
            one.tell(1);
            eventually(() -> {
                assertThat(one.health().message()).contains(words);
                boolean well = words.startsWith("delivers");
                assertThat(String.valueOf(one.health().detail().get("mqtt"))).contains(well ? "waiting=0" : "trouble");
            });
        }
    }
}
