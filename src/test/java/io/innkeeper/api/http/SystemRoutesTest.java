package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.NothingToRun;
import io.innkeeper.TestingApp;
import io.innkeeper.cli.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Names of systems over the API and the command line. {@link TestingApp} holds each answer against the OpenAPI document. */
class SystemRoutesTest {
    private static final String NAS = "00:11:32:00:00:01";
    private static final String OTHER = "02:00:00:00:00:07";
    private static final String SILENT = "02:00:00:00:00:08";

    @TempDir
    private static Path folder;

    private static TestingApp app;

    @BeforeAll
    static void start() {
        app = TestingApp.start(folder);
        app.leases(
                TestingApp.lease(NAS, "192.168.1.2", "nas"),
                TestingApp.lease(OTHER, "192.168.1.107", "nas"),
                TestingApp.lease(SILENT, "192.168.1.108", "*"));
        await().until(() -> app.get("api/v1/systems").json().path("total").asInt() == 3);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode hostname(String mac) {
        return app.get("api/v1/systems/" + mac + "/hostname").json();
    }

    @Test
    void whatItIsCalledAndWhy() {
        JsonNode loser = hostname(OTHER);
        assertThat(loser.path("name").asString()).isEqualTo("host-020000000007");
        assertThat(loser.path("wanted").asString()).isEqualTo("nas");
        assertThat(loser.path("current").asBoolean()).isTrue();
        assertThat(loser.path("reason").asString()).endsWith("nas is what " + NAS + " is called (first-wins)");
        assertThat(loser.path("made").asString()).isEqualTo("host-020000000007");
        JsonNode device = app.get("api/v1/devices/" + SILENT).json();
        assertThat(device.path("system").path("origin").asString()).isEqualTo("generated");
        assertThat(app.get("api/v1/devices?q=host-020000000008")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(app.get("api/v1/systems?q=nas").json().path("items").size())
                .as("name and wish")
                .isEqualTo(2);
        assertThat(app.get("api/v1/systems?sort=mac&limit=1")
                        .json()
                        .path("items")
                        .get(0)
                        .path("mac")
                        .asString())
                .isEqualTo(NAS);
        assertThat(app.eventTypes()).contains("device.named", "device.name-conflict");
    }

    @Test
    void whatItWouldBe() {
        JsonNode unknown = hostname("02:00:00:00:00:99");
        assertThat(unknown.path("name").asString()).isEqualTo("host-020000000099");
        assertThat(unknown.path("current").asBoolean()).isFalse();
        assertThat(unknown.path("since").isNull()).isTrue();
        JsonNode squatter = app.get("api/v1/systems/02:00:00:00:00:99/hostname?hostname=NAS&address=10.0.0.1")
                .json();
        assertThat(squatter.path("name").asString()).isEqualTo("host-020000000099");
        assertThat(squatter.path("wanted").asString()).isEqualTo("nas");
        assertThat(app.get("api/v1/systems/" + SILENT + "/hostname?hostname=tv")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("tv");
        assertThat(hostname(SILENT).path("name").asString())
                .as("nothing changed")
                .isEqualTo("host-020000000008");
        assertThat(app.get("api/v1/systems?q=0099").json().path("items").size()).isZero();
    }

    @Test
    void itIsRegisteredAndTakenBack() {
        String mac = "02:00:00:00:00:55";
        String path = "api/v1/systems/" + mac + "/hostname";
        assertThat(app.send("DELETE", path, null).status()).isEqualTo(404);
        JsonNode registered = app.send("PUT", path, "{\"hostname\":\"Web01\"}").json();
        assertThat(registered.path("name").asString()).isEqualTo("web01");
        assertThat(registered.path("origin").asString()).isEqualTo("owner");
        assertThat(app.get("api/v1/devices/" + mac)
                        .json()
                        .path("system")
                        .path("name")
                        .asString())
                .isEqualTo("web01");
        JsonNode back = app.send("DELETE", path, null).json();
        assertThat(back.path("name").asString()).isEqualTo("host-020000000055");
        assertThat(back.path("origin").asString()).isEqualTo("generated");
    }

    @Test
    void whatIsWrongIsToldByField() {
        String path = "api/v1/systems/" + NAS + "/hostname";
        assertThat(app.send("PUT", path, "{\"hostname\":\"4711\",\"name\":1}").wrongFields())
                .containsExactlyInAnyOrder("hostname", "name");
        assertThat(app.send("PUT", path, "{}").wrongFields()).containsExactly("hostname");
        assertThat(app.get(path + "?hostname=*&address=x").wrongFields())
                .containsExactlyInAnyOrder("hostname", "address");
        assertThat(app.get("api/v1/systems/x/hostname").status()).isEqualTo(400);
        assertThat(app.get("api/v1/systems?sort=x").status()).isEqualTo(400);
    }

    private static List<String> run(int exitCode, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Commands.of(new NothingToRun());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("hostname"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", app.uri().toString()));
        assertThat(line.execute(all.toArray(new String[0]))).as(err.toString()).isEqualTo(exitCode);
        return out.toString().lines().toList();
    }

    @Test
    void theCommandLineSaysIt() {
        assertThat(run(0, OTHER))
                .containsExactly(
                        OTHER + " is called host-020000000007: made by the pattern {prefix}-{mac}; nas is what " + NAS
                                + " is called (first-wins).",
                        "It wants to be called nas.");
        assertThat(run(0, "02:00:00:00:00:98"))
                .containsExactly(
                        "02:00:00:00:00:98 would be called host-020000000098: made by the pattern {prefix}-{mac}.");
        assertThat(run(0, "02:00:00:00:00:56", "--register", "db01"))
                .containsExactly("02:00:00:00:00:56 is called db01: it was registered so.");
        assertThat(run(0, "02:00:00:00:00:56", "--take-back", "--json").getFirst())
                .contains("\"name\":\"host-020000000056\"");
        assertThat(run(2, OTHER, "--register", "a", "--take-back")).isEmpty();
        assertThat(run(1, "no-mac")).isEmpty();
    }
}
