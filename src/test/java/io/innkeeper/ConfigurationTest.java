package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The configuration of a running program: read, checked, patched, reloaded, edited. */
@Tag("slow")
class ConfigurationTest {
    private static final String CONFIG = "api/v1/config";

    @TempDir
    private Path folder;

    private TestingApp app;
    private Path file;

    @BeforeEach
    void start() {
        app = TestingApp.start(folder);
        file = folder.resolve("innkeeper.yaml");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private JsonNode running() {
        return app.get(CONFIG).json().path("config");
    }

    private String source(String key) {
        return app.get(CONFIG).json().path("sources").path(key).asString();
    }

    private Reply patch(String patch) {
        return app.send("PATCH", CONFIG, patch);
    }

    private long count(String type) {
        return app.eventTypes().stream().filter(type::equals).count();
    }

    private JsonNode last(String type) {
        return app.events().reversed().stream()
                .filter(event -> event.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void edit(String more) {
        TestingApp.write(file, TestingApp.yaml(folder, more));
    }

    private void replace(String more) throws IOException {
        Path next = Files.writeString(folder.resolve("innkeeper.yaml~"), TestingApp.yaml(folder, more));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void showsWhatIsInForceAndWhereItCameFrom() {
        assertThat(running().path("dnsmasq").get(0).path("name").asString()).isEqualTo("home");
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
        assertThat(source("log.level")).contains("innkeeper.yaml");
    }

    @Test
    void aPatchIsAppliedToldAndKept() throws StartException {
        Reply reply = patch("{\"events\":{\"keep\":5000},\"api\":{\"allowed-hosts\":[\"nas.lan\"]}}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("applied").asBoolean()).isTrue();
        assertThat(reply.json().path("changes").propertyNames()).containsExactlyInAnyOrder("events", "api");
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(5_000);
        assertThat(last("config.applied").path("changes").path("events").asString())
                .isEqualTo("adjust");
        app.restart();
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(5_000);
        assertThat(patch("{\"events\":null,\"api\":null}").status()).isEqualTo(200);
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
        app.restart();
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
    }

    @Test
    void aPatchThatChangesNothingIsNoEvent() {
        long applied = count("config.applied");
        assertThat(patch("{}").json().path("changes").size()).isZero();
        assertThat(patch("{\"log\":{\"level\":\"warn\"}}").status()).isEqualTo(200);
        assertThat(app.send("POST", CONFIG + "/reload", null).status()).isEqualTo(200);
        assertThat(count("config.applied")).isEqualTo(applied);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"events\":{\"keep\":1},\"log\":{\"level\":\"loud\"},\"colour\":1} | events.keep log.level colour",
                "{\"api\":{\"listen\":\"127.0.0.1:99999\"}} | api.listen",
                "{\"dnsmasq\":{\"name\":\"a b\"}} | dnsmasq[0].name",
            })
    void aBadPatchLeavesTheOldOneRunningAndSaysWhy(String patch, String fields) {
        JsonNode before = running();
        Reply reply = patch(patch);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.wrongFields()).contains(fields.split(" "));
        assertThat(reply.json().path("type").asString()).isEqualTo("/problems/config-rejected");
        assertThat(running()).isEqualTo(before);
        assertThat(last("config.rejected").path("problems").size())
                .isEqualTo(reply.json().path("errors").size());
        assertThat(last("config.rejected").path("from").asString()).isEqualTo("API");
    }

    @Test
    void thePatchMustBeAnObject() {
        assertThat(patch("[]").wrongFields()).containsExactly("body");
        assertThat(patch("nonsense").wrongFields()).containsExactly("body");
        assertThat(patch("{\"store\":\"sqlite:other.db\"}").status()).isEqualTo(422);
    }

    @Test
    void aCheckChangesNothing() {
        long events = app.events().size();
        Reply good = app.send("POST", CONFIG + "/check", "{\"events\":{\"keep\":5000}}");
        assertThat(good.json().path("valid").asBoolean()).isTrue();
        Reply bad = app.send("POST", CONFIG + "/check", "{\"evnets\":{\"keep\":5000}}");
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.json().path("valid").asBoolean()).isFalse();
        assertThat(bad.json().path("errors").get(0).asString())
                .contains("evnets")
                .contains("events");
        assertThat(app.send("POST", CONFIG + "/check", null)
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
        assertThat(app.events()).hasSize((int) events);
    }

    @Test
    void anotherPortMovesTheListenerAndTheAnswerStillArrives() throws Exception {
        URI before = app.uri();
        int port = freePort();
        Reply reply = patch("{\"api\":{\"listen\":\"127.0.0.1:" + port + "\"}}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("changes").path("api").asString()).isEqualTo("restart");
        assertThat(app.uri().getPort()).isEqualTo(port);
        assertThat(app.get("health/ready").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> !answers(before));
        app.restart();
        assertThat(app.uri().getPort()).isEqualTo(port);
    }

    private static boolean answers(URI at) {
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new java.net.InetSocketAddress(at.getHost(), at.getPort()), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aTakenPortIsRefusedAndTheOldListenerGoesOn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI before = app.uri();
            Reply reply =
                    patch("{\"api\":{\"listen\":\"127.0.0.1:" + taken.getLocalPort() + "\",\"max-sse-clients\":7}}");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.json().path("errors").get(0).path("message").asString())
                    .contains("api.listen")
                    .contains("cannot listen");
            assertThat(app.uri()).isEqualTo(before);
            assertThat(running().path("api").path("max-sse-clients").asInt()).isEqualTo(5_000);
            assertThat(last("config.rejected").path("problems").get(0).asString())
                    .contains("cannot listen");
            assertThat(app.get("metrics").body()).contains("innkeeper_sse_followers 0.0");
            app.restart();
            assertThat(app.get("health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void theSamePortOnMoreAddressesClosesFirst() throws IOException {
        int port = freePort();
        patch("{\"api\":{\"listen\":\"127.0.0.1:" + port + "\"}}");
        Reply wider = patch("{\"api\":{\"listen\":\":" + port + "\"}}");
        assertThat(wider.status()).as(wider.body()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> app.send("GET", URI.create("http://[::1]:" + port + "/health/ready"), null)
                                .status()
                        == 200);
    }

    @Test
    void aMoveThatFailsAfterTheAnswerIsTakenBack() throws Exception {
        int port = freePort();
        patch("{\"api\":{\"listen\":\"127.0.0.1:" + port + "\"}}");
        // Someone else sits on the same port of another address, so that all of them together cannot be had.
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(other.isBound()).isTrue();
            Reply wider = patch("{\"api\":{\"listen\":\"0.0.0.0:" + port + "\",\"max-sse-clients\":7}}");
            assertThat(wider.status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(() -> count("config.rejected") == 1);
            await().atMost(Duration.ofSeconds(15))
                    .ignoreExceptions()
                    .until(() -> app.get("health/ready").status() == 200);
            assertThat(running().path("api").path("listen").asString()).isEqualTo("127.0.0.1:" + port);
            assertThat(running().path("api").path("max-sse-clients").asInt()).isEqualTo(5_000);
            app.restart();
            assertThat(app.uri().getPort()).isEqualTo(port);
        }
    }

    @Test
    void aRunTimeAddressThatCannotBeHadDoesNotKeepItFromStarting() throws Exception {
        int port = freePort();
        patch("{\"api\":{\"listen\":\"127.0.0.1:" + port + "\",\"max-sse-clients\":7}}");
        app.close();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            app = TestingApp.start(folder);
            assertThat(app.uri().getPort()).isNotEqualTo(port);
            assertThat(last("config.rejected").path("problems").get(0).asString())
                    .contains("cannot listen");
        }
        app.restart();
        assertThat(app.uri().getPort()).as("it was only set aside").isEqualTo(port);
        assertThat(running().path("api").path("max-sse-clients").asInt()).isEqualTo(7);
    }

    @Test
    void anAddressOfTheFileThatCannotBeHadEndsTheStart() throws IOException {
        app.close();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "api.listen=127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> TestingApp.start(folder, listen)).hasMessageContaining("cannot listen");
        }
        app = TestingApp.start(folder);
    }

    @Test
    void theFileIsFollowedHoweverItIsWritten() throws IOException {
        edit("events: {keep: 2000}\n");
        awaitKeep(2_000);
        assertThat(last("config.applied").path("from").asString()).isEqualTo("file");
        replace("events: {keep: 3000}\n");
        awaitKeep(3_000);
        Files.delete(file);
        replace("events: {keep: 4000}\n");
        awaitKeep(4_000);
        assertThat(count("config.applied")).isEqualTo(3);
    }

    private void awaitKeep(int keep) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> running().path("events").path("keep").asInt() == keep);
    }

    @Test
    void aBrokenFileIsRejectedOnceAndAMendedOneApplied() {
        edit("events: {keep: none}\n");
        await().atMost(Duration.ofSeconds(10)).until(() -> count("config.rejected") == 1);
        JsonNode rejected = last("config.rejected");
        assertThat(rejected.path("from").asString()).isEqualTo("file");
        assertThat(rejected.path("problems").get(0).asString())
                .contains("events.keep")
                .contains("innkeeper.yaml");
        await().during(Duration.ofMillis(2_500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> count("config.rejected") == 1);
        Reply reload = app.send("POST", CONFIG + "/reload", null);
        assertThat(reload.status()).isEqualTo(422);
        assertThat(reload.wrongFields()).containsExactly("events.keep");
        edit("events: {keep: 2000}\n");
        awaitKeep(2_000);
    }

    @Test
    void whatIsSetAtRunTimeLiesOverTheFile() {
        patch("{\"events\":{\"keep\":7000}}");
        edit("events: {keep: 2000}\nhistory: {keep: 10d}\n");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> running().path("history").path("keep").asString().equals("10d"));
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(7_000);
        patch("{\"events\":{\"keep\":null}}");
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(2_000);
    }

    @Test
    void aSignalReadsAgain() throws IOException {
        Files.writeString(file, TestingApp.yaml(folder, "events: {keep: 2000}\n"));
        app.reload();
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(2_000);
        assertThat(last("config.applied").path("from").asString()).isIn("SIGHUP", "file");
    }

    @Test
    void sourcesComeAndGo() throws IOException {
        app.leases(TestingApp.lease("02:00:00:00:00:01", "192.168.1.101", "a"));
        Path other = Files.writeString(
                folder.resolve("other.leases"), TestingApp.lease("02:00:00:00:00:02", "10.0.0.1", "b"));
        String two =
                "{\"dnsmasq\":[{\"name\":\"home\",\"leases\":\"%s/dnsmasq.leases\"},{\"name\":\"lab\",\"leases\":\"%s\"}]}"
                        .formatted(folder, other);
        assertThat(patch(two).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> app.get("api/v1/leases").json().path("items").size() == 2);
        long events = count("lease.added");
        assertThat(patch("{\"dnsmasq\":[]}").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> app.get("api/v1/leases").json().path("items").size() == 0);
        assertThat(count("lease.released") + count("lease.expired")).isZero();
        assertThat(patch("{\"dnsmasq\":null}").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> app.get("api/v1/leases").json().path("items").size() == 1);
        assertThat(count("lease.added")).isEqualTo(events + 1);
    }

    @Test
    void leasesEventsAndDevicesOutliveARestart() throws StartException {
        app.leases(TestingApp.lease("02:00:00:00:00:01", "192.168.1.101", "a"));
        await().until(() -> count("lease.added") == 1);
        List<JsonNode> before = app.events();
        app.restart();
        assertThat(app.events().subList(0, before.size())).isEqualTo(before);
        await().during(Duration.ofMillis(700)).until(() -> count("lease.added") == 1);
        assertThat(app.get("api/v1/devices").json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aStoreThatCannotWriteChangesNothingAndSaysSo() throws Exception {
        app.leases(TestingApp.lease("02:00:00:00:00:01", "192.168.1.101", "a"));
        await().until(() -> count("lease.added") == 1);
        sql(
                "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'the disk is full'); END",
                "CREATE TRIGGER full2 BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        Reply reply = patch("{\"events\":{\"keep\":7000}}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("detail").asString()).contains("the disk is full");
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
        app.leases(TestingApp.lease("02:00:00:00:00:01", "192.168.1.101", "b"));
        await().until(() -> app.get("health/ready").status() == 503);
        assertThat(app.get("health/ready").json().path("checks").path("store").asString())
                .contains("the disk is full");
        assertThat(app.get("health/live").status()).isEqualTo(200);
        sql("DROP TRIGGER full", "DROP TRIGGER full2");
        await().until(() -> app.get("health/ready").status() == 200);
        assertThat(count("lease.changed")).isEqualTo(1);
    }

    private void sql(String... statements) throws java.sql.SQLException {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("innkeeper.db"));
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aSecondProgramOnTheSameStoreDoesNotStart() {
        assertThatThrownBy(() -> TestingApp.start(folder)).hasMessageContaining("another Innkeeper is running");
        assertThat(app.get("health/ready").status()).isEqualTo(200);
    }

    @Test
    void aRunTimeLayerThatNoLongerFitsIsSetAside() throws Exception {
        app.close();
        sql("INSERT INTO setting VALUES ('config.runtime', '{\"colour\":1,\"events\":{\"keep\":7000}}')");
        app = TestingApp.start(folder);
        assertThat(running().path("events").path("keep").asInt()).isEqualTo(1_000_000);
        assertThat(last("config.rejected").path("problems").get(0).asString()).contains("colour");
    }
}
