package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Presence, timeline and links over the API. {@link TestingApp} holds each answer against the OpenAPI document. */
class PresenceRoutesTest {
    private static final String NAS = "00:11:32:00:00:01";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() {
        app = TestingApp.start(folder);
        app.leases(
                TestingApp.lease(NAS, "192.168.1.2", "nas"),
                TestingApp.lease("02:00:00:00:00:07", "192.168.1.107", "h7"),
                TestingApp.lease("02:00:00:00:00:08", "192.168.1.108", "h8"));
        await().until(() ->
                app.get("api/v1/leases?limit=1").json().path("total").asInt() == 3);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void presenceIsShownFilteredAndHasATimeline() {
        JsonNode presence = app.get("api/v1/devices/" + NAS).json().path("presence");
        assertThat(presence.path("state").asString())
                .as("a lease of 12 hours that has one left is no sign of life of now")
                .isEqualTo("idle");
        assertThat(presence.path("lastEvidence").asString()).isEqualTo("dnsmasq");
        assertThat(presence.path("address").asString()).isEqualTo("192.168.1.2");
        assertThat(total("presence=idle")).isEqualTo(3);
        assertThat(total("presence=online")).isZero();
        assertThat(total("presence=offline&q=nas")).isZero();
        assertThat(total("new=1h")).isEqualTo(3);
        assertThat(total("new=0s")).isZero();
        assertThat(total("static=false")).isEqualTo(2);
        assertThat(total("static=true")).isEqualTo(1);
        JsonNode timeline = app.get("api/v1/devices/" + NAS + "/timeline").json();
        assertThat(timeline.path("presence").size()).isEqualTo(1);
        assertThat(timeline.path("presence").get(0).path("state").asString()).isEqualTo("online");
        assertThat(timeline.path("presence").get(0).path("to").isNull()).isTrue();
        assertThat(timeline.path("addresses").size()).isEqualTo(1);
        assertThat(app.get("api/v1/devices/02:00:00:00:00:99/timeline").status())
                .isEqualTo(404);
    }

    private static int total(String query) {
        return app.get("api/v1/devices?" + query).json().path("total").asInt();
    }

    @Test
    void anOwnerSaysWhoIsWhom() {
        String path = "api/v1/devices/02:00:00:00:00:07";
        String to = "02:00:00:00:00:08";
        app.send("PATCH", "api/v1/devices/" + to, "{\"name\":\"Ninas phone\",\"notes\":\"blue\"}");
        JsonNode linked = app.send("PATCH", path, "{\"link\":{\"to\":\"%s\",\"state\":\"confirmed\"}}".formatted(to))
                .json();
        assertThat(linked.path("linkedTo").asString()).isEqualTo(to);
        assertThat(linked.path("name").asString()).isEqualTo("Ninas phone");
        assertThat(linked.path("notes").asString()).isEqualTo("blue");
        assertThat(linked.path("link").path("confidence").asDouble()).isEqualTo(1);
        assertThat(app.get("api/v1/devices?q=Ninas").json().path("total").asInt())
                .isEqualTo(2);
        assertThat(app.get("api/v1/leases?q=h7")
                        .json()
                        .path("items")
                        .get(0)
                        .path("deviceName")
                        .asString())
                .isEqualTo("Ninas phone");
        JsonNode event = app.events().getLast();
        assertThat(event.path("type").asString()).isEqualTo("device.changed");
        assertThat(event.path("changed").get(0).asString()).isEqualTo("link");
        JsonNode parted = app.send("PATCH", path, "{\"link\":{\"to\":\"%s\",\"state\":\"rejected\"}}".formatted(to))
                .json();
        assertThat(parted.path("link").isNull()).isTrue();
        assertThat(parted.path("name").isNull()).isTrue();
        assertThat(app.send("PATCH", path, "{\"link\":{\"to\":\"02:00:00:00:00:07\",\"state\":\"perhaps\"}}")
                        .wrongFields())
                .containsExactlyInAnyOrder("link.to", "link.state");
        assertThat(app.send("PATCH", path, "{\"link\":7}").wrongFields())
                .containsExactlyInAnyOrder("link.to", "link.state");
        app.send("PATCH", "api/v1/devices/" + to, "{\"name\":null,\"notes\":null}");
    }
}
