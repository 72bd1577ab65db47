package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every route of the table, on the whole program. {@link TestingApp} holds each answer against the OpenAPI document. */
class RoutesTest {
    private static final String NAS = "00:11:32:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() {
        app = TestingApp.start(folder);
        List<String> lines = new ArrayList<>();
        lines.add(TestingApp.lease(NAS, "192.168.1.2", "nas"));
        lines.add(TestingApp.lease(PHONE, "192.168.1.100", "phone"));
        lines.add("0 02:00:00:00:00:03 192.168.1.101 * *\n");
        for (int i = 0; i < 30; i++) {
            lines.add(TestingApp.lease("02:00:00:00:01:%02x".formatted(i), "192.168.1." + (110 + i), "h" + i));
        }
        lines.add("duid 00:01:00:01:2f:1a:2b:3c:dc:a6:32:00:00:01\n");
        lines.add(TestingApp.lease("7", "fd00::7", "nas").replace(" *\n", " 00:03:00:01:00:11:32:00:00:01\n"));
        app.leases(lines.toArray(new String[0]));
        await().until(() ->
                app.get("api/v1/leases?limit=1").json().path("total").asInt() == 34);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static List<String> addresses(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json()
                .path("items")
                .valueStream()
                .map(lease -> lease.path("address").asString())
                .toList();
    }

    @Test
    void aLeaseHasAllItsFields() {
        JsonNode lease = app.get("api/v1/leases/192.168.1.2").json();
        assertThat(lease.path("mac").asString()).isEqualTo(NAS);
        assertThat(lease.path("hostname").asString()).isEqualTo("nas");
        assertThat(lease.path("allocation").asString()).isEqualTo("static");
        assertThat(lease.path("allocationReason").asString()).contains("dhcp-host=00:11:32:00:00:01");
        assertThat(lease.path("origin").asString()).isEqualTo("dnsmasq");
        assertThat(lease.path("source").asString()).isEqualTo("home");
        assertThat(lease.path("subnet").asString()).isEqualTo("192.168.1.0/24");
        assertThat(lease.path("vendor").asString()).containsIgnoringCase("synology");
        assertThat(lease.path("expiresAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        JsonNode infinite = app.get("api/v1/leases/192.168.1.101").json();
        assertThat(infinite.path("expiresAt").isNull()).isTrue();
        assertThat(infinite.path("expiry").asString()).isEqualTo("infinite");
        assertThat(app.get("api/v1/leases/fd00:0:0::7").json().path("family").asInt())
                .isEqualTo(6);
        assertThat(app.get("api/v1/leases/192.168.1.2?source=home").status()).isEqualTo(200);
        assertThat(app.get("api/v1/leases/192.168.1.2?source=guest").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "q=PHONE, 192.168.1.100",
        "q=synolog, 192.168.1.2 fd00::7",
        "q=02:00:00:00:00:0, 192.168.1.100 192.168.1.101",
        "q=%25, ''",
        "allocation=static, 192.168.1.2",
        "family=6, fd00::7",
        "mac=00-11-32-00-00-01, 192.168.1.2 fd00::7",
        "hostname=nas, 192.168.1.2 fd00::7",
        "hostname=na, ''",
        "subnet=192.168.1.100/31, 192.168.1.100 192.168.1.101",
        "subnet=fd00::/64, fd00::7",
        "source=guest, ''",
        "source=home&family=6&origin=dnsmasq, fd00::7",
        "family=6&q=phone, ''",
    })
    void filters(String query, String expected) {
        assertThat(String.join(" ", addresses(app.get("api/v1/leases?" + query))))
                .isEqualTo(expected);
    }

    @Test
    void sortsAndPages() {
        List<String> all = addresses(app.get("api/v1/leases"));
        assertThat(all)
                .hasSize(34)
                .startsWith("192.168.1.2", "192.168.1.100", "192.168.1.101")
                .endsWith("fd00::7");
        assertThat(addresses(app.get("api/v1/leases?sort=-address"))).isEqualTo(all.reversed());
        assertThat(addresses(app.get("api/v1/leases?sort=-expiresAt")).getFirst())
                .isEqualTo("192.168.1.101");
        List<String> walked = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            Reply page = app.get("api/v1/leases?limit=7" + (next.isEmpty() ? "" : "&cursor=" + next));
            walked.addAll(addresses(page));
            assertThat(page.json().has("total")).isEqualTo(next.isEmpty());
            next = page.json().path("next").isNull()
                    ? ""
                    : page.json().path("next").asString();
            pages++;
        } while (!next.isEmpty());
        assertThat(walked).isEqualTo(all);
        assertThat(pages).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "leases?limit=0, limit",
        "leases?limit=1001, limit",
        "leases?limit=x, limit",
        "leases?limit=99999999999999999999, limit",
        "leases?family=5&allocation=magic&mac=zz&subnet=1.2.3.4/33, family allocation mac subnet",
        "leases?sort=nonsense, sort",
        "leases?cursor=nonsense, cursor",
        "leases?colour=red&size=3, colour size",
        "leases?colour=red&limit=0, colour limit",
        "leases/history?address=x&mac=y&at=yesterday, address mac at",
        "leases/history?at=2026-13-01T00:00:00Z, at",
        "leases/history?at=%2B999999999-01-01T00:00:00Z, at",
        "leases?q=%ff%fe, query",
        "leases/x?colour=red, colour address",
        "leases/192.168.1.2?colour=red, colour",
        "devices?sort=x, sort",
        "devices?limit=-1, limit",
        "devices/nonsense, mac",
        "devices?presence=away, presence",
        "devices?new=yesterday, new",
        "devices?static=perhaps, static",
        "devices/nonsense/timeline, mac",
        "devices/00:11:32:00:00:01?x=1, x",
        "reservations?limit=0, limit",
        "reservations?sort=id, sort",
        "services?x=1, x",
        "status?x=1, x",
        "config?x=1, x",
        "events?recent=0&limit=0&after=x&type=lease.eaten, type after recent limit",
        "events?types=lease.*, types",
    })
    void everyWrongFieldIsNamed(String path, String fields) {
        Reply reply = app.get("api/v1/" + path, "Accept", "application/json");
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
        assertThat(reply.json().path("type").asString()).isEqualTo("/problems/bad-request");
        assertThat(reply.json().path("detail").asString()).isNotBlank();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : List.of(
                "api/v1/leases/192.168.1.99",
                "api/v1/devices/02:00:00:00:00:99",
                "api/v1/services/dns",
                "api/v1/nothing",
                "api/v1/leases/",
                "api/v2/leases",
                "nothing.html")) {
            Reply reply = app.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.wrongFields()).isEmpty();
            assertThat(reply.json().path("type").asString()).isEqualTo("/problems/not-found");
        }
        assertThat(app.get("api/v1/leases/192.168.1.99").json().path("detail").asString())
                .contains("history");
        assertThat(app.get("api/v1/services/dns").json().path("detail").asString())
                .contains("dnsmasq, api");
    }

    @Test
    void aMethodThatIsNotPossibleSaysWhichAre() {
        Reply reply = app.send("PUT", "api/v1/devices/" + NAS, "{}");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("GET, PATCH");
        assertThat(app.send("POST", "", "x").status()).isEqualTo(405);
        assertThat(app.send("DELETE", "api/v1/leases", null).status()).isEqualTo(405);
    }

    @Test
    void aLeaseOfDnsmasqIsNotOursToEnd() {
        Reply reply = app.send("DELETE", "api/v1/leases/192.168.1.2", null);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("detail").asString()).contains("dnsmasq 'home'");
        assertThat(app.send("DELETE", "api/v1/leases/192.168.1.99", null).status())
                .isEqualTo(404);
        assertThat(app.send("DELETE", "api/v1/leases/x", null).wrongFields()).containsExactly("address");
    }

    @Test
    void headIsGetWithoutBody() {
        Reply head = app.send("HEAD", "api/v1/leases", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(Integer.parseInt(head.header("content-length"))).isGreaterThan(1_000);
        assertThat(app.send("HEAD", "", null).header("etag")).isNotEmpty();
    }

    @Test
    void devicesAreListedAndFound() {
        assertThat(app.get("api/v1/devices?limit=5").json().path("total").asInt())
                .isEqualTo(33);
        JsonNode nas = app.get("api/v1/devices/00-11-32-00-00-01").json();
        assertThat(nas.path("hostname").asString()).isEqualTo("nas");
        assertThat(nas.path("allocation").asString()).isEqualTo("static");
        assertThat(nas.path("randomMac").asBoolean()).isFalse();
        assertThat(nas.path("addresses").size()).isEqualTo(2);
        assertThat(app.get("api/v1/devices/" + PHONE).json().path("randomMac").asBoolean())
                .isTrue();
        assertThat(app.get("api/v1/devices?q=phone").json().path("items").size())
                .isEqualTo(1);
        assertThat(app.get("api/v1/devices?q=192.168.1.2%22")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void anOwnerNamesADevice() {
        String path = "api/v1/devices/02:00:00:00:01:05";
        Reply named = app.send("PATCH", path, "{\"name\":\"  Zoë’s 📱 \",\"notes\":\"line one\\nline two\"}");
        assertThat(named.status()).as(named.body()).isEqualTo(200);
        assertThat(named.json().path("name").asString()).isEqualTo("Zoë’s 📱");
        app.send("PATCH", path, "{\"name\":\"New\"}");
        JsonNode device = app.get(path).json();
        assertThat(device.path("name").asString()).isEqualTo("New");
        assertThat(device.path("notes").asString()).as("left out: stays").isEqualTo("line one\nline two");
        assertThat(app.get("api/v1/leases?q=New")
                        .json()
                        .path("items")
                        .get(0)
                        .path("deviceName")
                        .asString())
                .isEqualTo("New");
        app.send("PATCH", path, "{\"name\":null,\"notes\":\"  \"}");
        device = app.get(path).json();
        assertThat(device.path("name").isNull()).isTrue();
        assertThat(device.path("notes").isNull()).isTrue();
        assertThat(app.eventTypes()).contains("device.changed");
    }

    @ParameterizedTest
    @MethodSource("badPatches")
    void aBadPatchChangesNothing(String body, String fields) {
        String path = "api/v1/devices/" + PHONE;
        String before = app.get(path).body();
        Reply reply = app.send("PATCH", path, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactlyInAnyOrder(fields.split(" "));
        assertThat(app.get(path).body()).isEqualTo(before);
    }

    static Stream<List<String>> patches() {
        return Stream.of(
                List.of("{\"name\":5}", "name"),
                List.of("{\"name\":\"" + "x".repeat(101) + "\"}", "name"),
                List.of(
                        "{\"notes\":\"" + "x".repeat(4_001) + "\",\"name\":[],\"colour\":\"red\"}",
                        "notes name colour"),
                List.of("{\"name\":\"a\\u0000b\"}", "name"),
                List.of("{\"name\":\"a\\nb\"}", "name"),
                List.of("{\"notes\":\"\\ud800\"}", "notes"),
                List.of("{\"mac\":\"02:00:00:00:00:09\"}", "mac"),
                List.of("[]", "body"),
                List.of("\"x\"", "body"),
                List.of("", "body"),
                List.of("{\"name\":", "body"),
                List.of("{} {}", "body"),
                List.of("{\"name\":\"a\",\"name\":\"b\"}", "body"),
                List.of("[".repeat(5_000), "body"));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> badPatches() {
        return patches().map(pair -> org.junit.jupiter.params.provider.Arguments.of(pair.getFirst(), pair.getLast()));
    }

    @Test
    void aPatchNeedsJsonOfAKnownDevice() {
        Reply form = app.send(
                "PATCH", "api/v1/devices/" + PHONE, "name=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.json().path("detail").asString()).contains("application/json");
        assertThat(app.send("PATCH", "api/v1/devices/" + PHONE, "{}", "Content-Type", "application/merge-patch+json")
                        .status())
                .isEqualTo(200);
        assertThat(app.send("PATCH", "api/v1/devices/02:00:00:00:00:99", "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(app.send("PATCH", "api/v1/devices/x", "{}").wrongFields()).containsExactly("mac");
        String large = "{\"notes\":\"" + "x".repeat(Call.MAX_BODY) + "\"}";
        assertThat(app.send("PATCH", "api/v1/devices/" + PHONE, large).status()).isEqualTo(413);
    }

    @Test
    void historyTellsWhoHadAnAddress() {
        JsonNode binding = app.get("api/v1/leases/history?address=192.168.1.2")
                .json()
                .path("items")
                .get(0);
        assertThat(binding.path("mac").asString()).isEqualTo(NAS);
        assertThat(binding.path("endedAt").isNull()).isTrue();
        String started = binding.path("startedAt").asString();
        assertThat(app.get("api/v1/leases/history?address=192.168.1.2&at=" + started)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(app.get("api/v1/leases/history?address=192.168.1.2&at=2020-01-01T00:00:00Z")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        // A plus in an address is a space; a zone offset must not break on it.
        assertThat(app.get("api/v1/leases/history?at=2036-01-01T02:00:00+02:00")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(34);
        assertThat(app.get("api/v1/leases/history?mac=" + NAS)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void reservationsSayWhetherTheyAreLeased() {
        JsonNode reservations = app.get("api/v1/reservations").json();
        assertThat(reservations.path("total").asInt()).isEqualTo(1);
        JsonNode nas = reservations.path("items").get(0);
        assertThat(nas.path("name").asString()).isEqualTo("nas");
        assertThat(nas.path("leased").asBoolean()).isTrue();
        assertThat(nas.path("readOnly").asBoolean()).isTrue();
        assertThat(nas.path("where").asString()).contains("dnsmasq.conf:2");
    }

    @Test
    void servicesAndTheirCommands() {
        JsonNode services = app.get("api/v1/services").json().path("items");
        assertThat(services.valueStream().map(service -> service.path("name").asString()))
                .containsExactly("dnsmasq", "api", "grpc");
        JsonNode dnsmasq = app.get("api/v1/services/dnsmasq").json();
        assertThat(dnsmasq.path("state").asString()).isEqualTo("running");
        assertThat(dnsmasq.path("detail").path("sources").get(0).path("leases").asInt())
                .isEqualTo(34);
        Reply reread = app.send("POST", "api/v1/services/dnsmasq/commands", "{\"command\":\"reread\"}");
        assertThat(reread.status()).isEqualTo(200);
        assertThat(reread.json().path("status").asString()).isEqualTo("success");
        Reply status =
                app.send("POST", "api/v1/services/dnsmasq/commands", "{\"command\":\"status\",\"args\":{\"a\":null}}");
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.json().path("data").path("sources").size()).isEqualTo(1);
        Reply unknown = app.send("POST", "api/v1/services/dnsmasq/commands", "{\"command\":\"explode\",\"args\":null}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().path("status").asString()).isEqualTo("error");
        assertThat(unknown.json().path("message").asString())
                .contains("explode")
                .contains("reread");
        assertThat(unknown.json().path("data").path("error").asString()).isEqualTo("CommandError");
        assertThat(app.get("api/v1/services/dnsmasq/commands")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("name").asString()))
                .containsExactly(
                        "reread", "enable", "disable", "status", "restore", "list_commands", "get_status", "restart");
        Reply restore = app.send("POST", "api/v1/services/dnsmasq/commands", "{\"command\":\"restore\"}");
        assertThat(restore.status()).isEqualTo(503);
        assertThat(restore.json().path("message").asString()).contains("enable-dbus");
        assertThat(app.get("api/v1/dnsmasq/home/metrics").status()).isEqualTo(404);
        assertThat(app.get("api/v1/services/dns/commands").status()).isEqualTo(404);
        assertThat(app.send("POST", "api/v1/services/dns/commands", "{\"command\":\"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(app.send("POST", "api/v1/services/api/commands", "{\"args\":[],\"arg\":1}")
                        .wrongFields())
                .containsExactlyInAnyOrder("command", "args", "arg");
        assertThat(app.send("POST", "api/v1/services/api/commands", "x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void statusAndHealth() {
        JsonNode status = app.get("api/v1/status").json();
        assertThat(status.path("leases").path("active").asInt()).isEqualTo(34);
        assertThat(status.path("leases").path("static").asInt()).isEqualTo(1);
        assertThat(status.path("leases").path("dynamic").asInt()).isEqualTo(33);
        assertThat(status.path("demo").asBoolean()).isFalse();
        assertThat(status.path("devices").path("newToday").asInt()).isEqualTo(33);
        assertThat(status.path("events").path("newest").asLong()).isGreaterThanOrEqualTo(67);
        assertThat(app.get("health/live").json().path("status").asString()).isEqualTo("ok");
        Reply ready = app.get("health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("checks").propertyNames()).containsExactly("store", "dnsmasq", "api", "grpc");
    }

    @Test
    void eventsAsAList() {
        List<JsonNode> events = app.events();
        assertThat(events.getFirst().path("number").asLong()).isEqualTo(1);
        assertThat(app.eventTypes()).contains("service.started", "lease.added", "device.discovered");
        JsonNode some = app.get(
                        "api/v1/events?after=2&limit=3&type=lease.*,device.discovered", "Accept", "application/json")
                .json();
        assertThat(some.path("items").size()).isEqualTo(3);
        assertThat(some.path("items")
                        .valueStream()
                        .map(event -> event.path("type").asString()))
                .allMatch(type -> type.startsWith("lease.") || type.equals("device.discovered"));
        assertThat(app.get("api/v1/events?type=security.*", "Accept", "application/json")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        Reply badHeader = app.get("api/v1/events", "Last-Event-ID", "x");
        assertThat(badHeader.wrongFields()).containsExactly("Last-Event-ID");
    }

    @Test
    void everyAnswerIsSafeToShow() {
        for (String path : List.of("", "api/v1/leases", "api/v1/nothing", "metrics", "js/main.js")) {
            Reply reply = app.get(path);
            assertThat(reply.header("x-content-type-options")).as(path).isEqualTo("nosniff");
            assertThat(reply.header("referrer-policy")).as(path).isEqualTo("no-referrer");
            assertThat(reply.headers()).as(path).doesNotContainKey("server");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../pom.xml",
                "js/../../io/innkeeper/device/oui.bin",
                "js/%2e%2e/%2e%2e/io/innkeeper/store/sqlite-1.sql",
                "..%2f..%2fetc/passwd",
                "js/..%5c..%5cx.js",
                "%00index.html",
                "js/main.js%00.html",
                "//etc/passwd",
                "js//main.js",
                "js/",
                "ui/index.html",
                "_static/../../io/innkeeper/device/oui.bin",
                "io/innkeeper/store/sqlite-1.sql",
                ".hidden.html",
                "js/.main.js",
                "META-INF/MANIFEST.MF",
                "index.html/..;/x.js"
            })
    void nothingButThePageIsServed(String path) {
        java.net.URI at = java.net.URI.create(app.uri() + path);
        Reply reply = app.send("GET", at, null);
        assertThat(reply.status()).as(reply.body()).isIn(400, 404);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    }
}
