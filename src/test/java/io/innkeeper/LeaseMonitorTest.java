package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program hears messages of the real plugins: leases, events, what is shown, and what it remembers. */
class LeaseMonitorTest {
    private static final String SECTION = "lease-monitor: {listen: \"tcp://127.0.0.1:0\"}\n";
    private static final Pattern PORT = Pattern.compile("tcp://127\\.0\\.0\\.1:([0-9]+)");

    @TempDir
    Path folder;

    private TestingApp app;

    @BeforeEach
    void start() {
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, SECTION));
        app = TestingApp.start(folder);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private JsonNode status() {
        return app.send("POST", "api/v1/services/lease-monitor/commands", "{\"command\":\"get_status\"}")
                .json()
                .path("data");
    }

    private static String port(String message) {
        Matcher port = PORT.matcher(message);
        assertThat(port.find()).isTrue();
        return port.group(1);
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/rdk", name + ".bin"));
    }

    /** As a plugin does: a connection for each message. */
    private void push(byte[] message) throws IOException {
        int port = Integer.parseInt(port(status().path("message").asString()));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(SpHello.of(SpHello.PUSH));
            assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(SpHello.of(SpHello.PULL));
            socket.getOutputStream().write(SpFrames.head(SpFrames.Form.TCP, message.length));
            socket.getOutputStream().write(message);
        }
    }

    private List<JsonNode> leases() {
        return app.get("api/v1/leases?origin=rdk")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode lease(String address) {
        await().until(() -> leases().stream()
                .anyMatch(lease -> lease.path("address").asString().equals(address)));
        return leases().stream()
                .filter(lease -> lease.path("address").asString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLeaseOfUdhcpcIsALeaseLikeOthers() throws Exception {
        push(sample("v4-bound"));
        JsonNode lease = lease("192.0.2.45");
        assertThat(lease.path("source").asString()).isEqualTo("erouter0");
        assertThat(lease.path("lifetimeSeconds").asInt()).isEqualTo(3_600);
        assertThat(lease.path("subnet").asString()).isEqualTo("192.0.2.0/24");
        assertThat(lease.path("details").path("t1").asString()).isEqualTo("1800");
        assertThat(lease.path("details").path("server").asString()).isNotEmpty();
        push(sample("v4-deconfig"));
        await().until(() -> leases().isEmpty());
        assertThat(app.eventTypes()).contains("lease.added", "lease.released");
    }

    @Test
    void anAddressAndAPrefixAreTwoLeases() throws Exception {
        push(sample("v6-add-both"));
        JsonNode prefix = lease("2001:db8:abcd::");
        assertThat(prefix.path("subnet").asString()).isEqualTo("2001:db8:abcd::/48");
        assertThat(prefix.path("details").path("prefix").asString()).isEqualTo("2001:db8:abcd::/48");
        JsonNode address = lease("2001:db8:1::45");
        assertThat(address.path("subnet").isNull()).isTrue();
        assertThat(address.path("iaid").isNumber()).isTrue();
    }

    @Test
    void whatWasHeardIsKnownAfterARestart() throws Exception {
        push(sample("v4-bound"));
        push(sample("v6-add-both"));
        lease("2001:db8:1::45");
        app.restart();
        assertThat(status().path("detail").path("interfaces").toString())
                .contains("\"dhcp4\":\"bound\"")
                .contains("\"dhcp6\":\"bound\"");
        push(sample("v4-renew"));
        push(sample("v6-add-both"));
        await().until(() -> lease("192.0.2.45").path("lifetimeSeconds").asInt() == 7_200);
        await().until(() -> app.get("metrics").body().contains("{family=\"6\",type=\"DHCP_LEASE_RENEW\"} 1.0"));
        assertThat(app.get("metrics").body())
                .contains("innkeeper_lease_monitor_told_total{family=\"4\",type=\"DHCP_LEASE_RENEW\"} 1.0")
                .doesNotContain("DHCP_LEASE_UPDATE");
    }

    @Test
    void aNumberStaysWithItsInterfaceOverARestart() throws Exception {
        push(of("wan1", sample("v4-bound")));
        lease("192.0.2.45");
        push(sample("v4-renew-newip"));
        lease("192.0.2.77");
        app.restart();
        assertThat(interfaceOfRow(1)).isEqualTo("wan1");
        assertThat(interfaceOfRow(2)).isEqualTo("erouter0");
        push(of("a-first-by-name", sample("v4-deconfig")));
        await().until(() -> interfaceOfRow(3).equals("a-first-by-name"));
    }

    private static byte[] of(String ifname, byte[] message) {
        System.arraycopy(
                java.util.Arrays.copyOf(ifname.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 32),
                0,
                message,
                0,
                32);
        return message;
    }

    private String interfaceOfRow(int number) {
        return app.get("api/v1/tr181/Device.DHCPv4.Client." + number + ".X_RDK_LinuxInterface")
                .json()
                .path("parameters")
                .path(0)
                .path("value")
                .asString();
    }

    @Test
    void aChangeOfItsSectionStartsItAnewAndForgetsNothing() throws Exception {
        push(sample("v4-bound"));
        String before = status().path("message").asString();
        TestingApp.write(
                folder.resolve("innkeeper.yaml"),
                TestingApp.yaml(folder, "lease-monitor: {listen: \"tcp://127.0.0.1:0\", limits: {queue: 7}}\n"));
        await().until(() -> {
            String now = status().path("message").asString();
            return PORT.matcher(now).find() && !port(now).equals(port(before));
        });
        push(sample("v4-bound"));
        await().until(() ->
                app.get("metrics").body().contains("told_total{family=\"4\",type=\"DHCP_LEASE_RENEW\"} 1.0"));
        assertThat(app.get("metrics").body()).contains("told_total{family=\"4\",type=\"DHCP_LEASE_UPDATE\"} 1.0");
        assertThat(app.eventTypes()).doesNotContain("lease.released");
    }

    @Test
    void refusedMessagesAreCountedAndShownOnDemand() throws Exception {
        app.send("POST", "api/v1/services/lease-monitor/commands", "{\"command\":\"dump\",\"args\":{\"keep\":\"on\"}}");
        push(new byte[] {1, 2, 3});
        await().until(() ->
                status().path("detail").path("others").path("length").asInt() == 1);
        JsonNode dump = app.send("POST", "api/v1/services/lease-monitor/commands", "{\"command\":\"dump\"}")
                .json()
                .path("data");
        assertThat(dump.path("keeping").asBoolean()).isTrue();
        assertThat(dump.path("messages").path(0).path("hex").asString()).isEqualTo("010203");
        assertThat(app.get("metrics").body())
                .contains("innkeeper_lease_monitor_messages_total{interface=\"other\",outcome=\"length\"} 1.0");
    }

    @Test
    void withoutItsSectionItsLeasesAreNotListed() throws Exception {
        push(sample("v4-bound"));
        lease("192.0.2.45");
        TestingApp.write(folder.resolve("innkeeper.yaml"), TestingApp.yaml(folder, ""));
        await().until(() -> leases().isEmpty());
        assertThat(app.send("POST", "api/v1/services/lease-monitor/commands", "{\"command\":\"get_status\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void withATableOfClientsOthersAreNotHeard() throws Exception {
        TestingApp.write(
                folder.resolve("innkeeper.yaml"),
                TestingApp.yaml(
                        folder, "lease-monitor: {listen: \"tcp://127.0.0.1:0\", clients: {wan9: {dhcpv4: 1}}}\n"));
        app.restart();
        push(sample("v4-bound"));
        await().until(() -> status().path("detail").path("others").has("unknown-interface"));
        assertThat(leases()).isEmpty();
    }
}
