package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDhcpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The map of a network, and waking devices. {@link TestingApp} holds each answer against the OpenAPI document. The networks are
 * such that this machine is not in them (RFC 5737).
 */
class MapRoutesTest {
    private static final String NAS = "00:11:32:00:00:01";
    private static final String LAPTOP = "02:00:00:00:00:07";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() {
        TestingApp.write(
                folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  mode: shadow
                  subnets:
                    - prefix: 203.0.113.0/24
                      pools: [{range: 203.0.113.200-203.0.113.209, exclude: [203.0.113.203, 203.0.113.209]}]
                      reservations: [{mac: "02:00:00:00:00:99", address: 203.0.113.60, name: spare}]
                    - {prefix: 198.51.96.0/19}
                """.formatted(TestingDhcpClient.freePort())));
        TestingApp.write(folder.resolve("dnsmasq.conf"), """
                dhcp-range=203.0.113.100,203.0.113.250,255.255.255.0,12h
                dhcp-host=00:11:32:00:00:01,203.0.113.2,nas
                """);
        app = TestingApp.start(folder);
        // Of a lease of 12 hours that ends in an hour the holder was heard long ago; of a whole one, now.
        app.leases(
                TestingApp.lease(NAS, "203.0.113.2", "nas"),
                fresh(LAPTOP, "203.0.113.107", "laptop"),
                fresh("02:00:00:00:00:08", "198.51.100.4", "far"));
        awaitLeases(3);
    }

    private static String fresh(String mac, String address, String name) {
        return Instant.now().plus(Duration.ofHours(12)).getEpochSecond() + " " + mac + " " + address + " " + name
                + " *\n";
    }

    private static void awaitLeases(int count) {
        await().until(() ->
                app.get("api/v1/leases?limit=1").json().path("total").asInt() == count);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode map(String query) {
        Reply reply = app.get("api/v1/map" + query);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> texts(JsonNode list, String... fields) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            List<String> parts = new ArrayList<>();
            for (String field : fields) {
                parts.add(each.path(field).asString("-"));
            }
            texts.add(String.join(" ", parts));
        }
        return texts;
    }

    @Test
    void cellsAreThereOnlyWhereSomethingIsKnown() {
        JsonNode map = map("?prefix=203.0.113.0/24");
        assertThat(map.path("prefix").asString()).isEqualTo("203.0.113.0/24");
        assertThat(texts(map.path("cells"), "address", "state", "mac", "name", "allocation"))
                .containsExactly(
                        "203.0.113.2 idle " + NAS + " nas static",
                        "203.0.113.60 reserved 02:00:00:00:00:99 spare -",
                        "203.0.113.107 online " + LAPTOP + " laptop dynamic");
        assertThat(texts(map.path("pools"), "first", "last"))
                .containsExactly("203.0.113.200 203.0.113.202", "203.0.113.204 203.0.113.208");
        assertThat(texts(map("?prefix=203.0.113.104/29").path("cells"), "address"))
                .containsExactly("203.0.113.107");
        assertThat(map("?prefix=203.0.113.104/29").path("pools").size()).isZero();
        assertThat(texts(map("?prefix=198.51.96.0/20").path("cells"), "address", "state"))
                .containsExactly("198.51.100.4 online");
    }

    @Test
    void networksAreOnOfferAndThePartsOfWideOnes() {
        JsonNode map = map("");
        List<String> networks = new ArrayList<>();
        map.path("networks").forEach(network -> networks.add(network.asString()));
        assertThat(networks).contains("203.0.113.0/24", "198.51.100.0/24").doesNotContain("198.51.96.0/19");
        assertThat(networks).doesNotHaveDuplicates();
        assertThat(map.path("prefix").asString()).isEqualTo(networks.getFirst());
        assertThat(networks)
                .allSatisfy(
                        each -> assertThat(map("?prefix=" + each).path("prefix").asString())
                                .isEqualTo(each));
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.96.0/19", "0.0.0.0/0", "fd00::/120", "nonsense", "1.2.3.4/33"})
    void aNetworkThatCannotBeDrawnIsRefused(String prefix) {
        Reply reply = app.get("api/v1/map?prefix=" + prefix);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactly("prefix");
    }

    @Test
    void aDeviceThatIsNowhereNearCannotBeWoken() {
        Reply far = app.send("POST", "api/v1/devices/02:00:00:00:00:08/wake", null);
        assertThat(far.status()).isEqualTo(409);
        assertThat(far.json().path("detail").asString()).contains("198.51.100.4 is in no network of this machine");
        assertThat(app.send("POST", "api/v1/devices/02:00:00:00:00:55/wake", null)
                        .status())
                .isEqualTo(404);
        assertThat(app.send("POST", "api/v1/devices/nonsense/wake", null).wrongFields())
                .containsExactly("mac");
    }

    @Test
    void thoseWithoutANameOfTheirOwnerAreFound() {
        app.send("PATCH", "api/v1/devices/" + LAPTOP, "{\"name\":\"Ninas laptop\"}");
        assertThat(texts(app.get("api/v1/devices?named=true").json().path("items"), "mac"))
                .containsExactly(LAPTOP);
        assertThat(app.get("api/v1/devices?named=false").json().path("total").asInt())
                .isEqualTo(2);
        assertThat(app.get("api/v1/devices?named=perhaps").wrongFields()).containsExactly("named");
        app.send("PATCH", "api/v1/devices/" + LAPTOP, "{\"name\":null}");
    }
}
