package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Reservations that users make while the program runs, over HTTP and on a server that runs. */
class ReservationRoutesTest {
    private static final String LAPTOP = "02:00:00:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final String PATH = "api/v1/reservations";

    @TempDir
    private Path folder;

    private TestingApp app;
    private TestingDhcpClient clients;

    private static String dhcp4(int port, String more) {
        return """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  lifetime: 2h
                %s  subnets:
                    - prefix: 192.168.7.0/24
                      pools: [192.168.7.100-192.168.7.109]
                      reservations:
                        - {mac: "aa:bb:cc:dd:ee:ff", address: 192.168.7.10, name: nas}
                    - {prefix: 192.168.8.0/24}
                """.formatted(port, more);
    }

    @BeforeEach
    void start() {
        int port = TestingDhcpClient.freePort();
        String colour = "  custom-options:\n    - {code: 224, name: colour, type: text}\n";
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, dhcp4(port, colour)));
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterEach
    void stop() {
        clients.close();
        app.close();
    }

    private Reply post(String body) {
        return app.send("POST", PATH, body);
    }

    private JsonNode list() {
        return app.get(PATH).json().path("items");
    }

    private JsonNode own() {
        return list().valueStream()
                .filter(one -> !one.path("id").isNull())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void allKindsAreListedTogether() {
        await().until(() -> list().size() == 2);
        assertThat(post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.7.50\"}")
                        .status())
                .isEqualTo(201);
        JsonNode all = app.get(PATH).json();
        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.path("items")
                        .valueStream()
                        .map(one -> one.path("addresses").get(0).asString() + " "
                                + one.path("origin").asString() + " " + one.path("readOnly") + " "
                                + one.path("id").isNull()))
                .containsExactlyInAnyOrder(
                        "192.168.1.2 dnsmasq true true",
                        "192.168.7.10 dhcp4 true true",
                        "192.168.7.50 dhcp4 false false");
        assertThat(all.path("items").valueStream().map(one -> one.path("where").asString()))
                .anyMatch(where -> where.contains("innkeeper.yaml:") && where.contains("reservations[0]"))
                .contains("API");
    }

    @Test
    void oneCallKeepsALease() {
        String address = clients.lease(LAPTOP, "laptop");
        await().until(() -> app.get("api/v1/leases/" + address).status() == 200);
        Reply made = post("{\"lease\":\"" + address + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("warnings").size()).isZero();
        JsonNode one = made.json().path("reservation");
        assertThat(texts(one.path("macs"))).containsExactly(LAPTOP);
        assertThat(texts(one.path("addresses"))).containsExactly(address);
        assertThat(one.path("name").asString()).isEqualTo("laptop");
        assertThat(own().path("leased").asBoolean()).isTrue();
        JsonNode why = app.get("api/v1/dhcp4/explain?mac=" + LAPTOP).json();
        assertThat(why.path("reservation").asString()).isEqualTo("API (reservation laptop)");
        assertThat(post("{\"lease\":\"192.168.7.109\"}").wrongFields()).containsExactly("lease");
        assertThat(post("{\"lease\":\"fd00::1\"}").wrongFields()).containsExactly("lease");
    }

    @Test
    void aReservationHoldsAtOnceAndOverARestart() throws Exception {
        Reply made = post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.7.50\",\"name\":\"laptop\","
                + "\"options\":{\"colour\":\"red\",\"ntp-servers\":[\"192.168.7.1\",\"192.168.7.2\"]}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(clients.lease(LAPTOP, "x")).isEqualTo("192.168.7.50");
        app.restart();
        assertThat(own().path("name").asString()).isEqualTo("laptop");
        assertThat(texts(own().path("options").path("ntp-servers"))).containsExactly("192.168.7.1", "192.168.7.2");
        assertThat(clients.lease(LAPTOP, "x")).isEqualTo("192.168.7.50");
        String id = made.json().path("reservation").path("id").asString();
        JsonNode document = app.get(PATH + "/" + id).json();
        assertThat(document.path("options").path("colour").asString()).isEqualTo("red");
        Reply changed = app.send("PUT", PATH + "/" + id, "{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.7.51\"}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(texts(changed.json().path("warnings")))
                .singleElement()
                .asString()
                .contains(LAPTOP + " holds 192.168.7.50 now");
        assertThat(own().path("id").asString()).isEqualTo(id);
        assertThat(own().path("name").isNull()).isTrue();
        Reply gone = app.send("DELETE", PATH + "/" + id, null);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(texts(gone.json().path("addresses"))).containsExactly("192.168.7.51");
        assertThat(list().valueStream().filter(one -> !one.path("readOnly").asBoolean()))
                .isEmpty();
        for (String method : List.of("GET", "PUT", "DELETE")) {
            assertThat(app.send(method, PATH + "/" + id, method.equals("PUT") ? "{}" : null)
                            .status())
                    .as(method)
                    .isEqualTo(404);
        }
    }

    @Test
    void whoHoldsTheAddressIsNamed() {
        String address = clients.lease(PHONE, "phone");
        Reply made = post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"" + address + "\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(texts(made.json().path("warnings")))
                .singleElement()
                .asString()
                .contains(address + " is held by phone (" + PHONE + ") now")
                .contains("at the latest");
    }

    @Test
    void everyWrongFieldIsNamed() {
        for (String row : List.of(
                "{}|body",
                "{\"address\":\"192.168.7.50\"}|body",
                "{\"mac\":\"zz\",\"address\":\"here\",\"name\":\"a b\",\"colour\":1}|mac address name colour",
                "{\"mac\":\"02:00:00:00:00:09\",\"address\":\"10.0.0.1\"}|address",
                "{\"mac\":\"02:00:00:00:00:09\",\"address\":\"192.168.7.255\"}|address",
                "{\"mac\":\"02:00:00:00:00:09\",\"subnet\":\"10.0.0.0/8\"}|subnet",
                "{\"mac\":\"02:00:00:00:00:09\",\"address\":\"192.168.7.50\",\"subnet\":\"192.168.8.0/24\"}|address",
                "{\"mac\":\"aa:bb:cc:dd:ee:ff\",\"address\":\"192.168.7.10\"}|mac address",
                "{\"clientId\":\"\",\"duid\":\"words\"}|clientId duid",
                "{\"mac\":\"02:00:00:00:00:09\",\"options\":{\"routrs\":\"1\",\"ntp-servers\":\"x\",\"lease-time\":5}}"
                        + "|options.routrs options.ntp-servers options.lease-time",
                "{\"mac\":\"02:00:00:00:00:09\",\"lifetime\":\"soon\"}|lifetime",
                "[]|body",
                "{|body")) {
            String[] parts = row.split("\\|");
            String body = parts[0];
            String fields = parts[1];
            Reply reply = post(body);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
            assertThat(own0()).isZero();
        }
    }

    private long own0() {
        return list().valueStream().filter(one -> !one.path("id").isNull()).count();
    }

    @Test
    void noClientAndNoAddressStandsInTwo() {
        Reply first = post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.7.50\"}");
        Reply again = post("{\"macs\":[\"" + PHONE + "\",\"" + LAPTOP + "\"],\"address\":\"192.168.7.50\"}");
        assertThat(again.wrongFields()).containsExactlyInAnyOrder("mac", "address");
        assertThat(post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.8.50\"}")
                        .status())
                .as("another subnet")
                .isEqualTo(201);
        String id = first.json().path("reservation").path("id").asString();
        assertThat(app.send("PUT", PATH + "/" + id, "{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.7.50\"}")
                        .status())
                .as("itself")
                .isEqualTo(200);
    }

    @Test
    void linesAreTakenTogetherOrNotAtAll() {
        String lines = """
                mac,address,name,client-id
                # the kitchen
                02:00:00:00:00:11,192.168.7.11,"oven"

                02:00:00:00:00:12,192.168.7.12
                ,192.168.7.13,,0x0102
                """;
        Reply dry = app.send("POST", PATH + "/import?dry-run=true", lines, "Content-Type", "text/csv");
        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        assertThat(dry.json().path("lines").asInt()).isEqualTo(3);
        assertThat(dry.json().path("taken").asInt()).isZero();
        assertThat(own0()).isZero();
        String wrong = lines + "zz,10.0.0.1\n02:00:00:00:00:11,192.168.7.14\na,b,c,d,e\n";
        Reply refused = app.send("POST", PATH + "/import", wrong, "Content-Type", "text/csv");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder("line 7: mac", "line 7: address", "line 8: mac", "line 9");
        assertThat(own0()).isZero();
        Reply found = app.send("POST", PATH + "/import?dry-run=true", wrong, "Content-Type", "text/csv");
        assertThat(found.json().path("errors").size()).isEqualTo(4);
        Reply taken = app.send("POST", PATH + "/import", lines, "Content-Type", "text/csv");
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(taken.json().path("taken").asInt()).isEqualTo(3);
        assertThat(own0()).isEqualTo(3);
        assertThat(clients.lease("02:00:00:00:00:11", "x")).isEqualTo("192.168.7.11");
        assertThat(app.send("POST", PATH + "/import", lines).status()).isEqualTo(415);
        assertThat(app.send("POST", PATH + "/import?dry-run=maybe", lines, "Content-Type", "text/csv")
                        .wrongFields())
                .containsExactly("dry-run");
    }

    @Test
    void oneThatHasNoPlaceAnyMoreRests() {
        post("{\"mac\":\"" + LAPTOP + "\",\"address\":\"192.168.8.50\",\"name\":\"laptop\"}");
        post("{\"mac\":\"" + PHONE + "\",\"options\":{\"colour\":\"red\"}}");
        String small = dhcp4(TestingDhcpClient.freePort(), "").replace("    - {prefix: 192.168.8.0/24}\n", "");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, small));
        app.reload();
        assertThat(list().valueStream()
                        .filter(one -> !one.path("readOnly").asBoolean())
                        .map(one -> one.path("problem").asString()))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("192.168.8.50 is in no subnet"))
                .anyMatch(problem -> problem.contains("options.colour"));
    }
}
