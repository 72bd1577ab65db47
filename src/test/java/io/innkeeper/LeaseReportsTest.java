package io.innkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.feed.rdk.v2.TestingSender;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.v2.Message;
import io.innkeeper.wire.rdk.v2.Message.AckStatus;
import io.innkeeper.wire.rdk.v2.Message.Priority;
import io.innkeeper.wire.rdk.v2.TestingReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program hears senders of version 2: leases, what it remembers of them, keys that change, how it is found. */
class LeaseReportsTest {
    private static final String SENDER = "00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    private final TestingDns upstream = TestingDns.start();
    private TestingApp app;

    @BeforeEach
    void start() {
        configure("");
        app = TestingApp.start(folder);
    }

    @AfterEach
    void close() {
        app.close();
        upstream.close();
    }

    private void configure(String keys) {
        TestingApp.write(
                folder.resolve("innkeeper.yaml"),
                TestingApp.yaml(folder, """
                        lease-monitor:
                          listen: tcp://127.0.0.1:0
                          v2:
                            listen: tcp://127.0.0.1:0
                            announce: {file: %s, dns-sd: true}
                            keys: {%s}
                        """.formatted(announced(), keys) + upstream.section("")));
    }

    private Path announced() {
        return folder.resolve("lease-monitor");
    }

    private SpAddress address() throws IOException {
        return SpAddress.parse(Files.readString(announced()).strip()).orElseThrow();
    }

    private static Message.Report report(long sequence, String sample) {
        return TestingReports.report(sequence, "erouter0", Priority.RENEW, TestingReports.sample(sample));
    }

    private JsonNode v2() {
        return app.send("POST", "api/v1/services/lease-monitor/commands", "{\"command\":\"get_status\"}")
                .json()
                .path("data")
                .path("detail")
                .path("v2");
    }

    private List<String> told() {
        return app.eventTypes().stream()
                .filter(type -> type.startsWith("lease.") || type.startsWith("wan."))
                .toList();
    }

    @Test
    void whatIsAcknowledgedIsALeaseAndIsToldOnceAlsoAfterARestart() throws Exception {
        try (TestingSender sender = TestingSender.open(address(), SENDER, 0, null)) {
            sender.send(report(1, "v4-bound"), report(2, "v6-add-both"));
            assertThat(sender.acknowledged("erouter0", 2).status()).isEqualTo(AckStatus.STORED);
        }
        JsonNode leases = app.get("api/v1/leases?origin=rdk").json().path("items");
        assertThat(leases.toString()).contains("192.0.2.45", "2001:db8:abcd::");
        List<String> before = told();
        assertThat(before).contains("lease.added", "wan.update");
        app.restart();
        try (TestingSender sender = TestingSender.open(address(), SENDER, 0, null)) {
            sender.send(report(1, "v4-bound"), report(2, "v6-add-both"));
            assertThat(sender.acknowledged("erouter0", 2).status()).isEqualTo(AckStatus.DUPLICATE);
            assertThat(told()).isEqualTo(before);
            sender.send(report(3, "v4-deconfig"));
            assertThat(sender.acknowledged("erouter0", 3).status()).isEqualTo(AckStatus.STORED);
        }
        assertThat(told()).hasSizeGreaterThan(before.size());
        assertThat(v2().path("reports").path("duplicate").asInt()).isEqualTo(2);
        assertThat(app.get("metrics").body())
                .contains("innkeeper_lease_monitor_v2_reports_total{outcome=\"duplicate\"} 2.0");
    }

    @Test
    void keysChangeWithoutARestart() throws IOException {
        byte[] one = new byte[32];
        byte[] two = new byte[32];
        two[0] = 2;
        Path file = folder.resolve("two.key");
        Files.writeString(file, Base64.getEncoder().encodeToString(two) + "\n");
        SpAddress address = address();
        try (TestingSender plain = TestingSender.open(address, SENDER, 0, null)) {
            configure("1: " + Base64.getEncoder().encodeToString(one) + ", 2: \"file:" + file + "\"");
            app.reload();
            plain.ended();
        }
        assertThat(address()).as("it was not started anew").isEqualTo(address);
        try (TestingSender first = TestingSender.open(address, SENDER, 1, one);
                TestingSender second = TestingSender.open(address, "f".repeat(32), 2, two)) {
            first.send(report(1, "v4-bound"));
            assertThat(first.acknowledged("erouter0", 1).status()).isEqualTo(AckStatus.STORED);
            byte[] three = new byte[32];
            three[0] = 3;
            Files.writeString(file, Base64.getEncoder().encodeToString(three));
            second.ended();
            try (TestingSender third = TestingSender.open(address, "f".repeat(32), 2, three)) {
                third.send(report(1, "v4-renew"));
                assertThat(third.acknowledged("erouter0", 1).status()).isEqualTo(AckStatus.STORED);
            }
            configure("2: \"file:" + file + "\"");
            app.reload();
            first.ended();
        }
        assertThat(app.get("api/v1/config").body())
                .contains("two.key")
                .doesNotContain(Base64.getEncoder().encodeToString(one));
        assertThat(address()).isEqualTo(address);
        assertThat(v2().path("keys").toString()).isEqualTo("[2]");
    }

    @Test
    void sendersFindItInTheDnsAndInTheFile() throws IOException {
        int port = TestingDns.port(app);
        String service = "_innkeeper-lease._tcp.home.arpa";
        String instance = await().until(
                        () -> TestingDns.first(TestingDns.ask(port, "127.0.0.1", service, RecordType.PTR)),
                        text -> !text.isEmpty());
        assertThat(instance).endsWith(service + ".");
        String name = instance.substring(0, instance.length() - 1);
        assertThat(TestingDns.first(TestingDns.ask(port, "127.0.0.1", name, RecordType.SRV)))
                .isEqualTo("0 0 " + address().port() + " localhost.");
        assertThat(TestingDns.first(TestingDns.ask(port, "127.0.0.1", name, RecordType.TXT)))
                .contains("v=2");
        app.close();
        assertThat(Files.exists(announced())).isFalse();
    }

    @Test
    void onlyTheFileMayNameFiles() {
        TestingApp.Reply reply = app.send(
                "PATCH",
                "api/v1/config",
                "{\"lease-monitor\":{\"v2\":{\"announce\":{\"file\":\"/tmp/x\"},\"keys\":{\"7\":\"file:/etc/shadow\"}}}}",
                "Content-Type",
                "application/merge-patch+json");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).contains("lease-monitor.v2.announce.file", "lease-monitor.v2.keys.7");
    }
}
