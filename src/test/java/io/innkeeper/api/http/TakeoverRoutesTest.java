package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.StartException;
import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDhcpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Taking a watched dnsmasq over, on the whole program with a server on an unprivileged port. */
class TakeoverRoutesTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final String NAS = "aa:bb:cc:dd:ee:ff";
    private static final String PATH = "api/v1/dhcp4/takeover";

    @TempDir
    private Path folder;

    private TestingApp app;
    private TestingDhcpClient clients;

    @BeforeEach
    void start() {
        int port = TestingDhcpClient.freePort();
        TestingApp.write(folder.resolve("dnsmasq.conf"), "dhcp-range=192.168.7.100,192.168.7.109,255.255.255.0,2h\n");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  subnets:
                    - prefix: 192.168.7.0/24
                      pools: [192.168.7.100-192.168.7.109]
                      reservations:
                        - {mac: "aa:bb:cc:dd:ee:ff", address: 192.168.7.10, name: nas}
                """.formatted(port)));
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterEach
    void stop() {
        clients.close();
        app.close();
    }

    private void dnsmasqLeases(String... lines) {
        app.leases(lines);
        await().until(() ->
                app.get("api/v1/leases?origin=dnsmasq").json().path("items").size() == lines.length);
    }

    private Reply takeOver() {
        return app.send("POST", PATH, null);
    }

    private static List<String> outcomes(JsonNode view) {
        return view.path("leases")
                .valueStream()
                .map(one -> one.path("address").asString() + " "
                        + one.path("outcome").asString())
                .toList();
    }

    @Test
    void aPlanThenTheDeedThenNothingMore() throws StartException {
        dnsmasqLeases(
                TestingApp.lease(LAPTOP, "192.168.7.105", "laptop"),
                TestingApp.lease(NAS, "192.168.7.10", "storage"),
                "0 " + PHONE + " 192.168.7.106 phone 01:02:03\n",
                TestingApp.lease("02:00:00:00:00:03", "192.168.7.11", "x"),
                "duid 00:01:00:01:aa:bb:cc:dd\n4000000000 5 fd00::5 six 00:01:00:01\n");
        JsonNode plan = app.get(PATH).json();
        assertThat(plan.path("done").asBoolean()).isFalse();
        assertThat(plan.path("mode").asString()).isEqualTo("selective");
        assertThat(plan.path("adopted").asInt()).isEqualTo(3);
        assertThat(plan.path("v6").asInt()).isEqualTo(1);
        assertThat(outcomes(plan))
                .containsExactly(
                        "192.168.7.10 adopted",
                        "192.168.7.11 refused",
                        "192.168.7.105 adopted",
                        "192.168.7.106 adopted");
        assertThat(plan.path("leases").get(1).path("reason").asString())
                .isEqualTo("in no pool, and not reserved for this client");
        assertThat(plan.path("answering").get(0).asString()).contains("dnsmasq.conf:1: dhcp-range=192.168.7.100");
        assertThat(app.get("api/v1/leases?origin=dhcp4").json().path("items").size())
                .isZero();

        JsonNode done = takeOver().json();
        assertThat(done.path("done").asBoolean()).isTrue();
        assertThat(done.path("adopted").asInt()).isEqualTo(3);
        await().until(() ->
                app.get("api/v1/leases?origin=dhcp4").json().path("items").size() == 3);
        JsonNode phone = app.get("api/v1/leases/192.168.7.106?source=server").json();
        assertThat(phone.path("expiry").asString()).isEqualTo("infinite");
        assertThat(phone.path("clientId").asString()).isEqualTo("01:02:03");
        assertThat(app.get("api/v1/leases/192.168.7.10?source=server")
                        .json()
                        .path("hostname")
                        .asString())
                .isEqualTo("nas");

        JsonNode again = takeOver().json();
        assertThat(again.path("adopted").asInt()).isZero();
        assertThat(again.path("known").asInt()).isEqualTo(3);

        app.restart();
        assertThat(takeOver().json().path("known").asInt()).isEqualTo(3);
        assertThat(clients.lease(LAPTOP, "laptop")).isEqualTo("192.168.7.105");
        assertThat(clients.lease("02:00:00:00:00:09", "new")).isNotIn("192.168.7.105", "192.168.7.106");
    }

    @Test
    void whoHasALeaseOfOursKeepsIt() {
        String address = clients.lease(PHONE, "phone");
        dnsmasqLeases(TestingApp.lease(LAPTOP, address, "laptop"));
        JsonNode view = takeOver().json();
        assertThat(view.path("refused").asInt()).isEqualTo(1);
        assertThat(view.path("leases").get(0).path("reason").asString()).startsWith("held by " + PHONE);
    }

    @Test
    void whatIsNotThereIsSaid() {
        Reply unknown = app.get(PATH + "?from=nobody");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.wrongFields()).containsExactly("from");
        assertThat(app.get(PATH + "?from=home").json().path("from").get(0).asString())
                .isEqualTo("home");
    }

    @Test
    void theSectionThatSaysWhatDnsmasqSays() {
        await().untilAsserted(() -> assertThat(
                        app.get(PATH + "/config").json().path("yaml").asString())
                .contains("    - prefix: 192.168.7.0/24\n      lifetime: 2h\n"));
    }
}
