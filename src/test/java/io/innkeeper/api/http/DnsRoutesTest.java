package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDns;
import io.innkeeper.view.Json;
import io.innkeeper.wire.dns.RecordType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The DNS server over HTTP, with real questions. {@link TestingApp} holds each answer against the OpenAPI document. */
class DnsRoutesTest {
    private static final String TABLET = "02:00:00:00:00:07";
    private static final String TABLET_ADDRESS = "127.0.0.7";
    private static final String OTHER = "127.0.0.8";
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static TestingDns upstream;
    private static TestingApp app;
    private static int port;

    @BeforeAll
    static void start() {
        upstream = TestingDns.start();
        TestingApp.write(folder.resolve("ads.txt"), "||ads.example^\n||example.net/banner.js\n||track.example^\n");
        TestingApp.write(folder.resolve("games.txt"), "play.example\n");
        TestingApp.write(
                folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, upstream.section("""
                block-answer: nxdomain
                block:
                  - {list: %1$s/ads.txt, name: ads}
                  - %1$s/games.txt
                rules: ["||hand.example^"]
                """.formatted(folder))));
        app = TestingApp.start(folder);
        port = TestingDns.port(app);
        app.leases(TestingApp.lease(TABLET, TABLET_ADDRESS, "tablet"));
        await().until(() -> explain("ads.example", TABLET_ADDRESS)
                .path("deviceName")
                .asString("")
                .equals("tablet"));
        await().until(() ->
                explain("ads.example", TABLET_ADDRESS).path("step").asString().equals("blocked"));
    }

    @AfterAll
    static void stop() {
        app.close();
        upstream.close();
    }

    private static JsonNode explain(String name, String client) {
        Reply reply = app.get("api/v1/dns/explain?name=" + name + "&client=" + client);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static int rcode(String from, String name) {
        return TestingDns.ask(port, from, name).rcode();
    }

    private static JsonNode firstRow(String query) {
        return await().until(
                        () -> app.get("api/v1/dns/queries?" + query).json().path("items"), items -> !items.isEmpty())
                .get(0);
    }

    @Test
    void whatWasAskedIsFoundByDeviceNameAndStep() {
        assertThat(TestingDns.first(TestingDns.ask(port, TABLET_ADDRESS, "One.Example")))
                .isEqualTo(TestingDns.ADDRESS);
        JsonNode row = firstRow("name=one.EX&device=" + TABLET);
        assertThat(row.path("name").asString()).isEqualTo("one.example");
        assertThat(row.path("client").asString()).isEqualTo(TABLET_ADDRESS);
        assertThat(row.path("device").asString()).isEqualTo(TABLET);
        assertThat(row.path("deviceName").asString()).isEqualTo("tablet");
        assertThat(row.path("type").asString()).isEqualTo("A");
        assertThat(row.path("rcode").asString()).isEqualTo("NOERROR");
        assertThat(row.path("step").asString()).isEqualTo("forwarded");
        assertThat(row.path("upstream").asString()).startsWith("udp://127.0.0.1:");
        assertThat(row.path("list").isNull()).isTrue();
        assertThat(row.path("transport").asString()).isEqualTo("udp");
        assertThat(Instant.parse(row.path("at").asString()))
                .isAfter(Instant.now().minus(Duration.ofMinutes(1)));

        assertThat(rcode(OTHER, "pixel.track.example")).isEqualTo(3);
        JsonNode blocked = firstRow("step=blocked&under=track.example&rcode=nxdomain&type=a&from=1h&client=" + OTHER);
        assertThat(blocked.path("list").asString()).isEqualTo("ads");
        assertThat(blocked.path("device").isNull()).isTrue();
        assertThat(app.get("api/v1/dns/queries?under=track.example&to=1h")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 5; i++) {
            TestingDns.ask(port, OTHER, "page" + i + ".paged.example");
        }
        await().until(() -> app.get("api/v1/dns/queries?under=paged.example")
                        .json()
                        .path("items")
                        .size()
                == 5);
        JsonNode first =
                app.get("api/v1/dns/queries?under=paged.example&limit=3").json();
        assertThat(first.path("items").size()).isEqualTo(3);
        assertThat(first.path("items").get(0).path("name").asString()).isEqualTo("page4.paged.example");
        JsonNode second = app.get("api/v1/dns/queries?under=paged.example&limit=3&cursor="
                        + first.path("next").asString())
                .json();
        assertThat(second.path("items").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "queries?from=yesterday, from",
        "queries?device=tablet, device",
        "queries?client=nobody, client",
        "queries?step=maybe, step",
        "queries?type=AAAAA, type",
        "queries?rcode=bad, rcode",
        "queries?limit=0, limit",
        "queries?limit=1001, limit",
        "queries?cursor=x, cursor",
        "queries?under=a..b, under",
        "queries?from=1h&to=2h, to",
        "queries?colour=red, colour",
        "queries/stream?step=maybe, step",
        "statistics?window=year, window",
        "statistics?limit=101, limit",
        "explain, name",
        "explain?name=a..b, name",
        "explain?name=a.example&type=?, type",
        "explain?name=a.example&client=x, client",
    })
    void whatMakesNoSenseIsNamed(String query, String field) {
        Reply reply = app.get("api/v1/dns/" + query.replace("type=?", "type=%3F"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactly(field);
    }

    @Test
    void queriesAreToldAsTheyCome() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        app.uri().resolve("api/v1/dns/queries/stream?name=live&client=" + TABLET_ADDRESS))
                .build();
        InputStream body = app.http.send(request, BodyHandlers.ofInputStream()).body();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry:");
            CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> data(lines));
            TestingDns.ask(port, OTHER, "live.example");
            TestingDns.ask(port, TABLET_ADDRESS, "dead.example");
            TestingDns.ask(port, TABLET_ADDRESS, "more.live.example");
            JsonNode row = Json.MAPPER.readTree(told.get(10, TimeUnit.SECONDS));
            assertThat(row.path("name").asString()).isEqualTo("more.live.example");
            assertThat(row.path("deviceName").asString()).isEqualTo("tablet");
        }
        Reply head = app.send("HEAD", "api/v1/dns/queries/stream", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/event-stream");
    }

    private static String data(BufferedReader lines) {
        try {
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            return line.substring(6);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void countsAndTopLists() {
        for (int i = 0; i < 3; i++) {
            TestingDns.ask(port, TABLET_ADDRESS, "often.example");
            TestingDns.ask(port, TABLET_ADDRESS, "often.ads.example");
        }
        for (String window : List.of("hour", "day")) {
            await().untilAsserted(() -> {
                JsonNode statistics = app.get("api/v1/dns/statistics?limit=100&window=" + window)
                        .json();
                assertThat(statistics.path("window").asString()).isEqualTo(window);
                assertThat(statistics.path("names").findValuesAsString("name")).contains("often.example");
                assertThat(statistics.path("blocked").findValuesAsString("name"))
                        .contains("often.ads.example");
                assertThat(statistics.path("clients").findValuesAsString("deviceName"))
                        .contains("tablet");
                assertThat(statistics.path("times").findValuesAsString("step")).contains("blocked", "cached");
                JsonNode slot =
                        statistics.path("series").get(statistics.path("series").size() - 1);
                assertThat(slot.path("counts").path("blocked").asInt()).isPositive();
            });
        }
    }

    @Test
    void whyANameIsBlocked() {
        JsonNode why = explain("www.ads.example", TABLET_ADDRESS);
        assertThat(why.path("step").asString()).isEqualTo("blocked");
        assertThat(why.path("list").asString()).isEqualTo("ads");
        assertThat(why.path("rcode").asString()).isEqualTo("NXDOMAIN");
        assertThat(why.path("mode").asString()).isEqualTo("blocking");
        assertThat(why.path("device").asString()).isEqualTo(TABLET);
        assertThat(why.path("steps").valueStream().map(JsonNode::asString)).anyMatch(step -> step.contains("list ads"));
        JsonNode found = why.path("found").get(0);
        assertThat(found.path("list").asString()).isEqualTo("ads");
        assertThat(found.path("line").asInt()).isEqualTo(1);
        assertThat(found.path("text").asString()).isEqualTo("||ads.example^");
        assertThat(found.path("effect").asString()).isEqualTo("block");
        JsonNode hand = explain("hand.example", OTHER);
        assertThat(hand.path("list").asString()).isEqualTo("rules");
    }

    @Test
    void whereAnAnswerCameFrom() {
        assertThat(explain("fresh.example", OTHER).path("step").asString()).isEqualTo("forwarded");
        TestingDns.ask(port, OTHER, "kept.example");
        firstRow("under=kept.example");
        JsonNode why = explain("kept.example", OTHER);
        assertThat(why.path("step").asString()).isEqualTo("cached");
        assertThat(why.path("cachedSeconds").isIntegralNumber()).isTrue();
        assertThat(why.path("records").get(0).asString()).contains(TestingDns.ADDRESS);
        assertThat(why.path("lastForwarded").path("upstream").asString()).startsWith("udp://127.0.0.1:");
        Reply flushed = app.send("POST", "api/v1/dns/cache/flush?name=kept.example", null);
        assertThat(flushed.json().path("flushed").asInt()).isEqualTo(1);
        assertThat(explain("kept.example", OTHER).path("step").asString()).isEqualTo("forwarded");
        assertThat(app.get("api/v1/dns/explain?name=kept.example")
                        .json()
                        .path("client")
                        .asString())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void listsTellWhatWasReadOfThem() {
        JsonNode lists = app.get("api/v1/dns/lists").json().path("items");
        assertThat(lists.findValuesAsString("name")).containsExactly("rules", "ads", "games.txt");
        JsonNode ads = lists.get(1);
        assertThat(ads.path("enabled").asBoolean()).isTrue();
        assertThat(ads.path("rules").asInt()).isEqualTo(2);
        assertThat(ads.path("lines").asInt()).isEqualTo(3);
        assertThat(ads.path("rejectedLines").asInt()).isEqualTo(1);
        assertThat(ads.path("rejected")
                        .get(0)
                        .path("examples")
                        .get(0)
                        .path("number")
                        .asInt())
                .isEqualTo(2);
        assertThat(ads.path("error").isNull()).isTrue();
        assertThat(app.send("POST", "api/v1/dns/lists/ads/refresh", null).status())
                .isEqualTo(200);
        assertThat(app.send("POST", "api/v1/dns/lists/none/refresh", null).status())
                .isEqualTo(404);
        assertThat(app.send("POST", "api/v1/dns/lists/rules/refresh", null).status())
                .isEqualTo(409);
    }

    @Test
    void aListIsSwitchedOffAndOnAndStaysSo() throws Exception {
        assertThat(rcode(OTHER, "play.example")).isEqualTo(3);
        Reply off = app.send("PATCH", "api/v1/dns/lists/games.txt", "{\"enabled\":false}");
        assertThat(off.status()).as(off.body()).isEqualTo(200);
        assertThat(off.json().path("enabled").asBoolean()).isFalse();
        await().until(() -> rcode(OTHER, "play.example") == 0);
        assertThat(app.get("api/v1/config")
                        .json()
                        .path("config")
                        .path("dns")
                        .path("switches")
                        .path("games.txt")
                        .asBoolean(true))
                .isFalse();
        assertThat(app.send("POST", "api/v1/dns/lists/games.txt/refresh", null).status())
                .isEqualTo(409);
        assertThat(app.send("PATCH", "api/v1/dns/lists/games.txt", "{\"enabled\":true}")
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        await().until(() -> rcode(OTHER, "play.example") == 3);

        Reply wrong = app.send("PATCH", "api/v1/dns/lists/ads", "{\"enabled\":1,\"colour\":2}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.wrongFields()).containsExactly("colour", "enabled");
        assertThat(app.send("PATCH", "api/v1/dns/lists/none", "{\"enabled\":true}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anExceptionForADevice() {
        assertThat(rcode(TABLET_ADDRESS, "shop.ads.example")).isEqualTo(3);
        Reply made = app.send(
                "POST", "api/v1/dns/exceptions", "{\"name\":\"shop.ads.example\",\"device\":\"" + TABLET + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("deviceName").asString()).isEqualTo("tablet");
        assertThat(Instant.parse(made.json().path("until").asString()))
                .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_601));
        await().until(() -> rcode(TABLET_ADDRESS, "shop.ads.example") == 0);
        assertThat(rcode(OTHER, "shop.ads.example")).isEqualTo(3);
        String id = made.json().path("id").asString();
        Reply again = app.send(
                "POST",
                "api/v1/dns/exceptions",
                "{\"name\":\"shop.ads.example\",\"device\":\"" + TABLET + "\",\"seconds\":60}");
        assertThat(again.json().path("id").asString()).isEqualTo(id);
        assertThat(app.get("api/v1/dns/exceptions").json().path("items").findValuesAsString("id"))
                .containsOnlyOnce(id);
        assertThat(app.send("DELETE", "api/v1/dns/exceptions/" + id, null).status())
                .isEqualTo(200);
        assertThat(app.send("DELETE", "api/v1/dns/exceptions/" + id, null).status())
                .isEqualTo(404);
        await().until(() -> rcode(TABLET_ADDRESS, "shop.ads.example") == 3);
    }

    @Test
    void exceptionsForTheCallerForAnAddressAndForEverybody() {
        JsonNode mine = app.send("POST", "api/v1/dns/exceptions", "{\"name\":\"mine.ads.example\"}")
                .json();
        assertThat(mine.path("client").asString()).isEqualTo("127.0.0.1");
        await().until(() -> rcode("127.0.0.1", "mine.ads.example") == 0);
        app.send("POST", "api/v1/dns/exceptions", "{\"name\":\"one.ads.example\",\"client\":\"" + OTHER + "\"}");
        await().until(() -> rcode(OTHER, "one.ads.example") == 0);
        app.send("POST", "api/v1/dns/exceptions", "{\"name\":\"all.ads.example\",\"everybody\":true,\"seconds\":600}");
        await().until(() -> rcode(TABLET_ADDRESS, "all.ads.example") == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name",
                "{\"name\":7} | name",
                "{\"name\":\"a..b\"} | name",
                "{\"name\":\"a\",\"device\":\"x\"} | device",
                "{\"name\":\"a\",\"client\":\"x\"} | client",
                "{\"name\":\"a\",\"device\":\"02:00:00:00:00:07\",\"client\":\"127.0.0.1\"} | client",
                "{\"name\":\"a\",\"client\":\"127.0.0.1\",\"everybody\":true} | everybody",
                "{\"name\":\"a\",\"everybody\":\"yes\"} | everybody",
                "{\"name\":\"a\",\"seconds\":0} | seconds",
                "{\"name\":\"a\",\"seconds\":2592001} | seconds",
                "{\"name\":\"a\",\"seconds\":1.5} | seconds",
                "{\"name\":\"a\",\"until\":1} | until",
            })
    void anExceptionThatMakesNoSense(String body, String field) {
        Reply reply = app.send("POST", "api/v1/dns/exceptions", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.wrongFields()).containsExactly(field);
    }

    @Test
    void theStatusCounts() {
        TestingDns.ask(port, OTHER, "status.example", RecordType.TXT);
        JsonNode status = app.get("api/v1/dns/status").json();
        assertThat(status.path("answered").path("forwarded").asInt()).isPositive();
        assertThat(status.path("mode").asString()).isEqualTo("blocking");
        assertThat(status.path("blockedNames").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(status.path("upstreams").get(0).path("healthy").asBoolean()).isTrue();
        assertThat(status.path("upstreams").get(0).path("roundTripMicros").asInt())
                .isPositive();
        assertThat(status.path("log").path("mode").asString()).isEqualTo("full");
        assertThat(status.path("cache").path("entries").asInt()).isPositive();
    }

    @Test
    void theMetricsCount() {
        TestingDns.ask(port, OTHER, "ads.example");
        TestingDns.ask(port, OTHER, "metric.example");
        await().untilAsserted(() -> assertThat(app.get("metrics").body())
                .containsPattern("innkeeper_dns_queries_total\\{step=\"blocked\"} [1-9]")
                .containsPattern("innkeeper_dns_cache_entries [1-9]")
                .containsPattern("innkeeper_dns_blocked_names [3-9]")
                .containsPattern(
                        "innkeeper_dns_upstream_messages_total\\{outcome=\"answered\",upstream=\"udp://127[^\"]+\"} [1-9]")
                .containsPattern("innkeeper_dns_upstream_round_trip_seconds\\{upstream=\"[^\"]+\"} 0\\.0")
                .containsPattern("innkeeper_dns_log_rows_lost_total\\{reason=\"dropped\"} 0"));
    }

    @Test
    void whatADeviceAskedIsForgotten() {
        TestingDns.ask(port, TABLET_ADDRESS, "secret.example");
        TestingDns.ask(port, OTHER, "secret.example");
        await().until(() -> app.get("api/v1/dns/queries?under=secret.example")
                        .json()
                        .path("items")
                        .size()
                == 2);
        Reply gone = app.send("DELETE", "api/v1/dns/queries?device=" + TABLET, null);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.json().path("forgotten").asInt()).isPositive();
        assertThat(app.get("api/v1/dns/queries?under=secret.example")
                        .json()
                        .path("items")
                        .findValuesAsString("client"))
                .containsExactly(OTHER);
        assertThat(app.send("DELETE", "api/v1/dns/queries?device=x", null).wrongFields())
                .containsExactly("device");
    }

    @Test
    void withoutTheSectionEachCallSaysHowToHaveIt(@TempDir Path empty) {
        try (TestingApp other = TestingApp.start(empty)) {
            for (String path : List.of(
                    "status", "queries", "queries/stream", "statistics", "lists", "explain?name=a", "exceptions")) {
                Reply reply = other.get("api/v1/dns/" + path, "Accept", JSON);
                assertThat(reply.status()).as(path).isEqualTo(409);
                assertThat(reply.json().path("detail").asString())
                        .startsWith("dns is not configured: write a section dns");
            }
            assertThat(other.send("POST", "api/v1/dns/exceptions", "{\"name\":\"a\"}")
                            .status())
                    .isEqualTo(409);
            assertThat(other.send("PATCH", "api/v1/dns/lists/a", "{\"enabled\":true}")
                            .status())
                    .isEqualTo(409);
            assertThat(other.send("POST", "api/v1/dns/cache/flush", null).status())
                    .isEqualTo(409);
            assertThat(other.send("DELETE", "api/v1/dns/queries", null).status())
                    .isEqualTo(409);
        }
    }
}
