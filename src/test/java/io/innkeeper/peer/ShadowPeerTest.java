package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Beside a real dnsmasq on the same machine we say what we would have answered, and send nothing. */
@Tag("slow")
class ShadowPeerTest {
    private static final String ODD = "02:00:00:00:08:09";
    private static final Pattern ANSWER = Pattern.compile("DHCP(OFFER|ACK|NAK)\\(");

    @TempDir
    private Path folder;

    @Test
    void agreementAndOneDifference() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dnsmasq", "dumpcap", "tshark")) {
            List<String> lines = List.of(
                    "dhcp-option=option:dns-server,192.168.77.1",
                    "dhcp-host=" + ODD + ",set:odd",
                    "dhcp-option=tag:odd,option:router,192.168.77.254");
            Path place = Files.createDirectory(folder.resolve("dnsmasq"));
            try (RealDnsmasq dnsmasq = new RealDnsmasq(network, place, lines, Map.of());
                    Capture capture = new Capture(network::onServer, folder, List.of(Namespaces.SERVER_INTERFACE))) {
                dnsmasq.start();
                try (ServedNetwork served = new ServedNetwork(folder, network, """
                        mode: shadow
                        interfaces: [lan]
                        rogue: {known: [192.168.77.1]}
                        lifetime: 12h
                        options: {domain-name-servers: [192.168.77.1]}
                        subnets:
                          - prefix: 192.168.77.0/24
                            pools: [192.168.77.100-192.168.77.199]
                            options: {routers: [192.168.77.1]}
                        """)) {
                    Together.tell(
                            client(network, "one", "02:00:00:00:08:01", "192.168.77.101"),
                            client(network, "two", "02:00:00:00:08:02", "192.168.77.102"),
                            client(network, "odd", ODD, "192.168.77.103"));
                    compared(served);
                    weSentNothing(capture, dnsmasq);
                    assertThat(served.leases("")).isEmpty();
                }
            }
        }
    }

    /** It asks for an address, or each server would choose its own. */
    private Together.Story client(Namespaces network, String name, String mac, String address) {
        return () -> {
            Guest guest = network.guest(folder, name, Namespaces.CLIENT_INTERFACE, mac);
            try (Udhcpc client = new Udhcpc(guest, "-r", address)) {
                client.stay(name);
                assertThat(guest.address()).isEqualTo(address + "/24");
            }
        };
    }

    private void compared(ServedNetwork served) throws Exception {
        JsonNode report = await("all are compared")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(
                        () -> served.get("api/v1/dhcp4/shadow"),
                        now -> now.path("messages")
                                                .path("REQUEST")
                                                .path("agreed")
                                                .asInt()
                                        >= 2
                                && now.path("messages")
                                                .path("REQUEST")
                                                .path("differed")
                                                .asInt()
                                        >= 1);
        System.out.println(report);
        assertThat(report.path("clients").asInt()).isEqualTo(3);
        assertThat(report.path("clientsAgreeing").asInt()).isEqualTo(2);
        assertThat(report.path("messages").path("DISCOVER").path("unanswered").asInt())
                .isZero();
        assertThat(report.path("fields").propertyNames()).containsExactly("routers");
        report.path("differences").forEach(one -> {
            assertThat(one.path("mac").asString()).isEqualTo(ODD);
            JsonNode field = one.path("fields").path(0);
            assertThat(field.path("real").asString()).isEqualTo("192.168.77.254");
            assertThat(field.path("ours").asString()).isEqualTo("192.168.77.1");
        });
        assertThat(report.path("differences").isEmpty()).isFalse();
    }

    private void weSentNothing(Capture capture, RealDnsmasq dnsmasq) {
        int ofDnsmasq = (int) ANSWER.matcher(dnsmasq.said()).results().count();
        assertThat(ofDnsmasq).isGreaterThanOrEqualTo(6);
        await("no more answers than dnsmasq gave")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .untilAsserted(() -> assertThat(capture.packets("udp.srcport == 67", "frame.number"))
                        .hasSize(ofDnsmasq));
    }
}
