package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDhcpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The routes of our own DHCP server, on the whole program with a server on an unprivileged port. */
class Dhcp4RoutesTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";

    @TempDir
    private Path folder;

    private TestingApp app;
    private TestingDhcpClient clients;

    private static String dhcp4(int port) {
        return """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  lifetime: 2h
                  options: {domain-name: home.arpa}
                  custom-options:
                    - {code: 224, name: colour, type: text}
                  subnets:
                    - prefix: 192.168.7.0/24
                      pools: [192.168.7.100-192.168.7.109]
                      options: {routers: 192.168.7.1}
                      reservations:
                        - {mac: "aa:bb:cc:dd:ee:ff", address: 192.168.7.10, name: nas}
                """.formatted(port);
    }

    @BeforeEach
    void start() {
        int port = TestingDhcpClient.freePort();
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, dhcp4(port)));
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterEach
    void stop() {
        clients.close();
        app.close();
    }

    private Reply post(String path, String body) {
        return app.send("POST", "api/v1/" + path, body);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void subnetsTellHowFullTheyAre() {
        clients.lease(LAPTOP, "laptop");
        JsonNode subnet = app.get("api/v1/dhcp4/subnets").json().path("items").get(0);
        assertThat(subnet.path("prefix").asString()).isEqualTo("192.168.7.0/24");
        assertThat(subnet.path("reservations").asInt()).isEqualTo(1);
        JsonNode pool = subnet.path("pools").get(0);
        assertThat(pool.path("range").asString()).isEqualTo("192.168.7.100-192.168.7.109");
        assertThat(pool.path("size").asInt()).isEqualTo(10);
        assertThat(pool.path("active").asInt()).isEqualTo(1);
        assertThat(pool.path("free").asInt()).isEqualTo(9);
        assertThat(pool.path("where").asString()).contains("innkeeper.yaml:").contains("dhcp4.subnets[0].pools[0]");
    }

    @Test
    void statisticsCountWhatCame() {
        clients.lease(LAPTOP, "laptop");
        JsonNode all = app.get("api/v1/dhcp4/statistics").json();
        assertThat(all.path("packets")
                        .valueStream()
                        .map(one -> one.path("type").asString() + " "
                                + one.path("outcome").asString() + " " + one.path("count")))
                .contains("discover offered 1", "request acknowledged 1");
        assertThat(all.path("leases").path("active").asInt()).isEqualTo(1);
        assertThat(all.path("repliesSent").asInt()).isEqualTo(2);
        assertThat(all.path("subnets").size()).isEqualTo(1);
    }

    @Test
    void anExplanationNamesAddressOptionsAndLines() {
        JsonNode nas = app.get("api/v1/dhcp4/explain?mac=aa:bb:cc:dd:ee:ff").json();
        assertThat(nas.path("verdict").asString()).isEqualTo("offered");
        assertThat(nas.path("address").asString()).isEqualTo("192.168.7.10");
        assertThat(nas.path("reservation").asString()).contains("dhcp4.subnets[0].reservations[0]");
        assertThat(nas.path("lifetimeSeconds").asInt()).isEqualTo(7200);
        assertThat(texts(nas.path("sentences")).getFirst())
                .isEqualTo("aa:bb:cc:dd:ee:ff gets 192.168.7.10: reserved for it.");
        JsonNode routers = nas.path("options")
                .valueStream()
                .filter(option -> option.path("name").asString().equals("routers"))
                .findFirst()
                .orElseThrow();
        assertThat(routers.path("code").asInt()).isEqualTo(3);
        assertThat(texts(routers.path("values"))).containsExactly("192.168.7.1");
        assertThat(routers.path("hex").asString()).isEqualTo("c0a80701");
        assertThat(routers.path("where").asString()).contains("dhcp4.subnets[0].options.routers");
        assertThat(app.get("api/v1/dhcp4/explain?mac=" + PHONE + "&subnet=192.168.7.0/24&vendor-class=x&client-id=0102")
                        .json()
                        .path("clientId")
                        .asString())
                .isEqualTo("01:02");
        assertThat(app.get("api/v1/leases").json().path("items").size()).isZero();
    }

    @Test
    void everyWrongFieldOfAQuestionIsNamed() {
        for (String row : List.of(
                "explain, mac",
                "explain?mac=x&client-id=zz&subnet=here&colour=red, mac client-id subnet colour",
                "explain?mac=02:00:00:00:00:01&subnet=10.0.0.0/8, subnet",
                "subnets?x=1, x",
                "exceptions?x=1, x")) {
            String[] parts = row.split(", ");
            String path = parts[0];
            String fields = parts[1];
            Reply reply = app.get("api/v1/dhcp4/" + path);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
        }
    }

    @Test
    void anotherModeThanShadowIsSaid() {
        Reply reply = app.get("api/v1/dhcp4/shadow");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("detail").asString()).contains("dhcp4.mode: shadow");
    }

    @Test
    void aLeaseOfOursCanBeEnded() {
        String address = clients.lease(LAPTOP, "laptop");
        await().until(() -> app.get("api/v1/leases/" + address).status() == 200);
        Reply ended = app.send("DELETE", "api/v1/leases/" + address, null);
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(ended.json().path("mac").asString()).isEqualTo(LAPTOP);
        await().until(() -> app.get("api/v1/leases/" + address).status() == 404);
        await().until(() -> app.eventTypes().contains("lease.released"));
        assertThat(app.send("DELETE", "api/v1/leases/" + address, null).status())
                .isEqualTo(404);
        assertThat(app.get("api/v1/dhcp4/statistics")
                        .json()
                        .path("leases")
                        .path("remembered")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void anExceptionHoldsUntilItEnds() throws Exception {
        app.send("PATCH", "api/v1/config", "{\"dhcp4\":{\"access\":{\"deny\":[\"02:00:00:00:00:*\"]}}}");
        assertThat(clients.isAnswered(LAPTOP, 300)).isFalse();
        Instant until = Instant.now().plus(Duration.ofHours(1));
        Reply made =
                post("dhcp4/exceptions", "{\"name\":\"guest\",\"mac\":\"" + LAPTOP + "\",\"until\":\"" + until + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("allow").asBoolean()).isTrue();
        assertThat(texts(made.json().path("match").path("mac"))).containsExactly(LAPTOP);
        assertThat(clients.lease(LAPTOP, "laptop")).startsWith("192.168.7.10");
        app.restart();
        JsonNode listed = app.get("api/v1/dhcp4/exceptions").json().path("items");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.get(0).path("id")).isEqualTo(made.json().path("id"));
        assertThat(clients.isAnswered(LAPTOP, 3_000)).isTrue();
        String path = "api/v1/dhcp4/exceptions/" + made.json().path("id").asString();
        assertThat(app.send("DELETE", path, null).status()).isEqualTo(200);
        assertThat(app.send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(clients.isAnswered(LAPTOP, 300)).isFalse();
    }

    @Test
    void anExceptionThatIsOverIsGone() throws IOException {
        Instant until = Instant.now().plusMillis(400);
        Reply made =
                post("dhcp4/exceptions", "{\"mac\":\"" + LAPTOP + "\",\"allow\":false,\"until\":\"" + until + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        await().until(() ->
                app.get("api/v1/dhcp4/exceptions").json().path("items").isEmpty());
        assertThat(clients.isAnswered(LAPTOP, 3_000)).isTrue();
    }

    @Test
    void everyWrongFieldOfAnExceptionIsNamed() {
        for (String row : List.of(
                "{}|body until",
                "{\"until\":\"2099-01-01T00:00:00Z\"}|body",
                "{\"mac\":\"zz\",\"until\":\"soon\"}|mac until",
                "{\"mac\":\"*\",\"until\":\"2020-01-01T00:00:00Z\"}|until",
                "{\"mac\":\"*\",\"until\":\"2099-01-01T00:00:00Z\",\"vendr\":\"x\",\"allow\":7}|vendr allow",
                "[]|body",
                "{|body")) {
            String[] parts = row.split("\\|");
            String body = parts[0];
            String fields = parts[1];
            Reply reply = post("dhcp4/exceptions", body);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
        }
    }

    @Test
    void aCheckSaysWhatLeasesWouldFeel() {
        String address = clients.lease(LAPTOP, "laptop");
        await().until(() -> app.get("api/v1/leases/" + address).status() == 200);
        JsonNode check =
                post("config/check", "{\"dhcp4\":{\"mode\":\"shadow\"}}").json();
        assertThat(check.path("valid").asBoolean()).isTrue();
        assertThat(texts(check.path("effects"))).singleElement().asString().contains("1 active lease");
        assertThat(post("config/check", "{\"dhcp4\":{\"lifetime\":\"1h\"}}")
                        .json()
                        .path("effects")
                        .size())
                .isZero();
    }

    @Test
    void withoutAServerItIsSaidWhatToWrite() {
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, ""));
        app.reload();
        for (String what : List.of(
                "GET dhcp4/subnets",
                "GET dhcp4/explain?mac=02:00:00:00:00:01",
                "GET dhcp4/shadow",
                "GET dhcp4/statistics",
                "GET dhcp4/exceptions",
                "POST dhcp4/exceptions",
                "DELETE dhcp4/exceptions/x",
                "POST reservations",
                "PUT reservations/x",
                "DELETE reservations/x")) {
            String method = what.substring(0, what.indexOf(' '));
            Reply reply = app.send(
                    method,
                    "api/v1/" + what.substring(method.length() + 1),
                    method.startsWith("P") ? "{\"mac\":\"02:00:00:00:00:01\"}" : null);
            assertThat(reply.status()).as(reply.body()).isEqualTo(409);
            assertThat(reply.json().path("detail").asString()).contains("dhcp4").contains("interfaces");
        }
    }
}
