package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.TestingApp.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands to DHCP clients, what the lease monitor shows of them, and its newest messages, on a running program. */
class UplinkOrdersTest {
    private static final String COMMANDS = "api/v1/services/lease-monitor/commands";

    @TempDir
    Path folder;

    private Path called;
    private TestingApp app;
    private TestingPusher pusher;

    @BeforeEach
    void start() throws Exception {
        called = folder.resolve("called");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, """
                lease-monitor:
                  listen: "tcp://127.0.0.1:0"
                  clients: {erouter0: {dhcpv4: 4, dhcpv6: 6, alias: cpe-wan, duid: "00:03:00:01:02:00:00:00:00:01"}, wan1: {dhcpv4: 2}}
                  hooks:
                    renew: [/bin/sh, -c, 'echo "$COMMAND $INTERFACE $FAMILY" >> %s']
                    restart: [/bin/sh, -c, 'exit $((FAMILY - 4))']
                    release: [/bin/true]
                """.formatted(called)));
        app = TestingApp.start(folder);
        pusher = new TestingPusher(app);
        pusher.push("v4-bound");
        await().until(() -> uplink(0).path("dhcpv4").path("leases").size() == 1);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private JsonNode uplink(int index) {
        return app.get("api/v1/lease-monitor").json().path("uplinks").path(index);
    }

    private Reply command(String name, String args) {
        return app.send("POST", COMMANDS, "{\"command\":\"" + name + "\",\"args\":" + args + "}");
    }

    private List<String> audit() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("innkeeper.db"));
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(
                        "SELECT action, subject, detail FROM audit WHERE action LIKE 'uplink%' ORDER BY id")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " | " + rows.getString(2) + " | " + rows.getString(3));
            }
        }
        return lines;
    }

    private List<String> lifecycle() {
        return app.eventTypes().stream()
                .filter(type -> type.matches("wan\\.(started|stopped|failed)"))
                .toList();
    }

    @Test
    void aCommandRunsItsProgramForEachClientAndIsOnRecord() throws Exception {
        assertThat(command("renew", "{\"interface\":\"erouter0\"}").status()).isEqualTo(200);
        assertThat(command("renew", "{\"interface\":\"erouter0\",\"family\":\"6\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Files.readAllLines(called))
                .containsExactly("renew erouter0 4", "renew erouter0 6", "renew erouter0 6");
        assertThat(audit())
                .containsExactly(
                        "uplink renew | erouter0 DHCPv4 | done",
                        "uplink renew | erouter0 DHCPv6 | done",
                        "uplink renew | erouter0 DHCPv6 | done");
        assertThat(lifecycle()).isEmpty();
    }

    @Test
    void whatBecameOfAClientIsPublishedAsTheManagerDoes() throws Exception {
        Reply restarted = command("restart_client", "{\"interface\":\"erouter0\"}");
        assertThat(restarted.status()).isEqualTo(503);
        assertThat(restarted.json().path("message").asString())
                .contains("DHCPv6 client of erouter0 failed", "status 2");
        assertThat(command("release", "{\"interface\":\"wan1\"}").status()).isEqualTo(200);
        await().until(() -> lifecycle().size() == 3);
        assertThat(lifecycle()).containsExactly("wan.started", "wan.failed", "wan.stopped");
        assertThat(audit()).contains("uplink restart | erouter0 DHCPv6 | failed: it ended with status 2");
    }

    @Test
    void aParameterOfTr181DoesTheSame() throws Exception {
        Reply reply = app.send("POST", "api/v1/tr181/Device.DHCPv6.Client.6.Renew", "{\"value\":true}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Files.readAllLines(called)).containsExactly("renew erouter0 6");
    }

    @Test
    void whatIsNotKnownIsTurnedDown() {
        assertThat(command("renew", "{\"interface\":\"eth9\"}")
                        .json()
                        .path("message")
                        .asString())
                .contains("'eth9'", "there are: erouter0, wan1");
        assertThat(command("renew", "{\"interface\":\"wan1\",\"family\":\"6\"}").status())
                .isEqualTo(422);
        assertThat(command("renew", "{}").status()).isEqualTo(422);
        assertThat(app.send("PATCH", "api/v1/config", "{\"lease-monitor\":{\"hooks\":{\"renew\":[\"/bin/date\"]}}}")
                        .body())
                .contains("cannot be set through the API");
    }

    @Test
    void theMonitorShowsInterfacesAndMessages() throws Exception {
        pusher.push(new byte[1_720]);
        pusher.push("v6-add-both");
        await().until(() -> uplink(0).path("dhcpv6").path("leases").size() == 2);
        JsonNode uplink = uplink(0);
        assertThat(uplink.path("alias").asString()).isEqualTo("cpe-wan");
        assertThat(uplink.path("dhcpv4").path("number").asInt()).isEqualTo(4);
        JsonNode held = uplink.path("dhcpv4").path("leases").path(0);
        assertThat(held.path("text").asString()).isEqualTo("192.0.2.45/24");
        assertThat(held.path("stage").asString()).isEqualTo("bound");
        assertThat(held.path("renewAt").asString())
                .isLessThan(held.path("validUntil").asString());
        assertThat(uplink.path("dhcpv6").path("leases").path(1).path("text").asString())
                .isEqualTo("2001:db8:abcd::/48");
        assertThat(uplink(1).path("name").asString()).isEqualTo("wan1");
        assertThat(uplink(1).path("dhcpv6").isNull()).isTrue();
        List<JsonNode> messages = app.get("api/v1/lease-monitor/messages")
                .json()
                .path("items")
                .valueStream()
                .toList();
        assertThat(messages).hasSize(3);
        assertThat(messages.getLast().path("action").asString()).isEqualTo("bound");
        assertThat(messages).extracting(one -> one.path("outcome").asString()).contains("interface", "taken");
        assertThat(app.get("api/v1/lease-monitor/messages?interface=erouter0&limit=1")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(app.get("api/v1/lease-monitor/messages?limit=0").wrongFields())
                .containsExactly("limit");
        assertThat(app.get("api/v1/tr181/Device.DHCPv6.Client.6.DUID").json().toString())
                .contains("\"00030001020000000001\"");
    }
}
