package io.innkeeper.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp;
import io.innkeeper.TestingApp.Reply;
import io.innkeeper.TestingDhcpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Marks for installation over HTTP, on a program with a DHCP server that runs. */
class InstallationRoutesTest {
    private static final String MACHINE = "02:00:00:00:00:31";
    private static final String OTHER = "02:00:00:00:00:32";
    private static final String PATH = "api/v1/installations";

    @TempDir
    private Path folder;

    private int port;
    private TestingApp app;
    private TestingDhcpClient clients;

    private void configure(String profiles) {
        TestingApp.write(
                folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                dhcp4:
                  listen: 127.0.0.1:%d
                  answer-to-source: true
                  conflict-check: off
                  subnets: [{prefix: 192.168.7.0/24, pools: [192.168.7.100-192.168.7.109]}]
                install:
                  dnsmasq-file: %s
                  profiles:
                %s""".formatted(port, kept(), profiles)));
    }

    private static final String DEBIAN = """
                debian: {next-server: 192.168.7.9, files: {bios: pxelinux.0, efi-x64: grubx64.efi}}
                rescue: {http: {efi-x64: "http://192.168.7.9/rescue.efi"}, ipxe: rescue.ipxe, ends: confirmed}
            """;

    private Path kept() {
        return folder.resolve("marks");
    }

    @BeforeEach
    void start() {
        port = TestingDhcpClient.freePort();
        configure(DEBIAN);
        app = TestingApp.start(folder);
        clients = new TestingDhcpClient(port, "192.168.7.1");
    }

    @AfterEach
    void stop() {
        clients.close();
        app.close();
    }

    private Reply mark(String mac, String profile) {
        return app.send("POST", PATH, "{\"mac\":\"" + mac + "\",\"profile\":\"" + profile + "\"}");
    }

    private JsonNode state(String mac) {
        return app.get(PATH + "/" + mac).json();
    }

    private List<JsonNode> told() {
        return app.events().stream()
                .filter(event -> event.path("type").asString().startsWith("install."))
                .toList();
    }

    @Test
    void aMarkIsServedOnceAndEndedByTheInstaller() {
        assertThat(clients.boot(MACHINE, 7).file()).isEmpty();
        Reply made = mark(MACHINE.toUpperCase(java.util.Locale.ROOT), "debian");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("state").asString()).isEqualTo("marked");
        assertThat(clients.boot(MACHINE, 7).file()).isEqualTo("grubx64.efi");
        assertThat(clients.boot(MACHINE, 7).file()).isEqualTo("grubx64.efi");
        assertThat(clients.boot(OTHER, 7).file()).isEmpty();
        await().until(() -> state(MACHINE).path("state").asString().equals("served"));
        assertThat(state(MACHINE).path("served").asString()).isEqualTo("dhcp4: grubx64.efi (pxe, efi-x64)");
        Reply ended = app.send("POST", PATH + "/" + MACHINE + "/ended", "{\"why\":\"it is\\ndone\"}");
        assertThat(ended.json().path("state").asString()).isEqualTo("ended");
        assertThat(ended.json().path("ended").asString()).isEqualTo("it is done");
        assertThat(clients.boot(MACHINE, 7).file()).isEmpty();
        Reply again = app.send("POST", PATH + "/" + MACHINE + "/ended", null);
        assertThat(again.body()).isEqualTo(ended.body());
        assertThat(told().stream().map(event -> event.path("type").asString()))
                .containsExactly("install.marked", "install.served", "install.ended");
        assertThat(told().get(1).path("mac").asString()).isEqualTo(MACHINE);
        assertThat(told().get(1).path("by").asString()).isEqualTo("dhcp4");
        assertThat(told().get(2).path("installation").path("servedAt").isString())
                .isTrue();
    }

    @Test
    void marksAreThereAfterARestartAndInTheFile() throws Exception {
        assertThat(kept()).content().doesNotContain("set:");
        mark(MACHINE, "debian");
        mark(OTHER, "rescue");
        assertThat(kept())
                .content()
                .contains(MACHINE + ",tag:innkeeper-netboot,set:innkeeper-profile-debian\n")
                .contains(OTHER + ",tag:innkeeper-netboot,set:innkeeper-profile-rescue\n");
        app.restart();
        assertThat(clients.boot(MACHINE, 0).file()).isEqualTo("pxelinux.0");
        Reply gone = app.send("DELETE", PATH + "/" + MACHINE, null);
        assertThat(gone.json().path("ended").asString()).isEqualTo("taken back");
        assertThat(kept())
                .content()
                .contains(MACHINE + ",tag:innkeeper-netboot,set:innkeeper-over\n")
                .contains(OTHER + ",tag:innkeeper-netboot,set:innkeeper-profile-rescue\n");
        assertThat(app.get(PATH + "/dnsmasq.hosts", "Accept", "text/plain").body())
                .isEqualTo(Files.readString(kept()));
        assertThat(app.get(PATH + "/dnsmasq.conf", "Accept", "text/plain").body())
                .contains("dhcp-hostsdir=" + folder.toAbsolutePath() + "\n");
    }

    @Test
    void aProfileThatChangesIsInForceAtOnce() {
        mark(MACHINE, "debian");
        mark(OTHER, "rescue");
        configure("    debian: {files: {efi-x64: other.efi}}\n");
        await().untilAsserted(() -> assertThat(clients.boot(MACHINE, 7).file()).isEqualTo("other.efi"));
        assertThat(clients.boot(OTHER, 7).file()).isEmpty();
        assertThat(kept()).content().doesNotContain("rescue");
        Reply unnamed = app.send("POST", PATH, "{\"mac\":\"" + OTHER + "\"}");
        assertThat(unnamed.json().path("profile").asString()).as(unnamed.body()).isEqualTo("debian");
    }

    @Test
    void aFileThatCannotBeWrittenIsWrittenLater() throws IOException {
        Files.delete(kept());
        Files.createDirectory(kept());
        Files.createFile(kept().resolve("in-the-way"));
        assertThat(mark(MACHINE, "debian").status()).isEqualTo(201);
        assertThat(app.log.toString(java.nio.charset.StandardCharsets.UTF_8)).contains("install.dnsmasq-file");
        Files.delete(kept().resolve("in-the-way"));
        Files.delete(kept());
        await().atMost(java.time.Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kept()).content().contains(MACHINE));
    }

    @Test
    void listsAndProfiles() {
        mark(MACHINE, "debian");
        mark(OTHER, "rescue");
        app.send("DELETE", PATH + "/" + OTHER, null);
        assertThat(app.get(PATH).json().path("total").asInt()).isEqualTo(2);
        JsonNode first = app.get(PATH + "?limit=1&sort=mac").json();
        assertThat(first.path("items").get(0).path("mac").asString()).isEqualTo(MACHINE);
        JsonNode second = app.get(
                        PATH + "?limit=1&sort=mac&cursor=" + first.path("next").asString())
                .json();
        assertThat(second.path("items").get(0).path("mac").asString()).isEqualTo(OTHER);
        assertThat(app.get(PATH + "?state=ended").json().path("items").size()).isEqualTo(1);
        JsonNode profiles = app.get(PATH + "/profiles").json().path("items");
        assertThat(profiles.get(0).path("boots").toString()).isEqualTo("[\"bios\",\"efi-x64\"]");
        assertThat(profiles.get(1).path("boots").toString()).isEqualTo("[\"http efi-x64\",\"ipxe\"]");
        assertThat(profiles.get(1).path("ends").asString()).isEqualTo("confirmed");
        assertThat(profiles.get(0).path("hold").asString()).isEqualTo("5m");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(mark("nobody", "debian").wrongFields()).containsExactly("mac");
        Reply unknown = mark(MACHINE, "windows");
        assertThat(unknown.wrongFields()).containsExactly("profile");
        assertThat(unknown.body()).contains("windows", "one of debian, rescue");
        assertThat(app.send("POST", PATH, "{\"mac\":\"" + MACHINE + "\"}").wrongFields())
                .containsExactly("profile");
        assertThat(app.get(PATH + "?state=lost").wrongFields()).containsExactly("state");
        assertThat(app.get(PATH + "/" + MACHINE).status()).isEqualTo(404);
        assertThat(app.send("DELETE", PATH + "/" + MACHINE, null).status()).isEqualTo(404);
        assertThat(app.send("POST", PATH + "/x/ended", null).wrongFields()).containsExactly("mac");
        assertThat(told()).isEmpty();
    }
}
