package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Real DHCP clients call our plugins, and the lease monitor beside them knows what they have. */
@Tag("slow")
class PluginPeerTest {
    private static final int PATIENCE_S = 30;

    /** Its leases are short, so that their end comes soon. */
    private static final String DIBBLER_SERVER = """
            log-level 8
            iface "%s" {
              T1 2
              T2 4
              prefered-lifetime 6
              valid-lifetime 8
              class { pool 2001:db8:1::/64 }
              pd-class { pd-pool 2001:db8:8000::/40 pd-length 56 }
              option dns-server 2001:db8::53,2001:db8::54
              option domain wan.example
            }
            """.formatted(Namespaces.SERVER_INTERFACE);

    @TempDir
    private Path folder;

    /** Busybox's server, whose leases may be as short as one likes. */
    private Process udhcpd(Namespaces network) throws IOException {
        Path config = Files.writeString(folder.resolve("udhcpd.conf"), """
                start 192.168.77.100
                end 192.168.77.199
                interface %s
                min_lease 5
                lease_file %s
                pidfile %s
                option subnet 255.255.255.0
                option router 192.168.77.1
                option dns 192.168.77.1 192.168.77.2 192.168.77.3
                option domain wan.example
                option lease 10
                """.formatted(
                        Namespaces.SERVER_INTERFACE,
                        Files.createFile(folder.resolve("udhcpd.leases")),
                        folder.resolve("udhcpd.pid")));
        return new ProcessBuilder(network.onServer(Programs.find("busybox"), "udhcpd", "-f", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("udhcpd.log").toFile())
                .start();
    }

    private Udhcpc udhcpc(Namespaces network, MonitoredClients monitor, String device) throws IOException {
        String script =
                monitor.plugin("udhcpc", "export INNKEEPER_UDHCPC_SCRIPT=" + Udhcpc.plainScript(folder, device));
        return Udhcpc.with(network, folder, device, "-s", script, "-A", "1");
    }

    @Test
    void udhcpcBoundRenewedReleasedAndExpired() throws Exception {
        try (Namespaces network = Namespaces.create("busybox");
                MonitoredClients monitor = new MonitoredClients(folder, network)) {
            network.addDevice("eth1", "02:00:00:00:06:01");
            Process server = udhcpd(network);
            try (Udhcpc staying = udhcpc(network, monitor, "eth0");
                    Udhcpc leaving = udhcpc(network, monitor, "eth1")) {
                staying.stay("staying");
                leaving.stay("leaving");
                JsonNode lease = monitor.await("eth0", "lease.added", 1).body().path("lease");
                assertThat(lease.path("address").asString()).startsWith("192.168.77.1");
                assertThat(lease.path("origin").asString()).isEqualTo("rdk");
                assertThat(monitor.tr181("Device.DHCPv4.Client.1."))
                        .containsEntry("DHCPStatus", "\"Bound\"")
                        .containsEntry("IPAddress", lease.path("address").toString())
                        .containsEntry("SubnetMask", "\"255.255.255.0\"")
                        .containsEntry("DNSServers", "[\"192.168.77.1\",\"192.168.77.2\"]");
                monitor.await("eth1", "lease.added", 1);
                leaving.renew();
                monitor.await("eth1", "lease.renewed", 1);
                leaving.release();
                monitor.await("eth1", "lease.released", 1);
                assertThat(monitor.leases("eth1")).isEmpty();
                assertThat(monitor.tr181("Device.DHCPv4.Client.2."))
                        .containsEntry("DHCPStatus", "\"Init\"")
                        .containsEntry("IPAddress", "\"\"");
                assertThat(monitor.events("eth1"))
                        .containsSubsequence(
                                "lease.added", "wan.update", "lease.renewed", "wan.renew", "lease.released", "wan.del")
                        .doesNotContain("lease.expired");
                Programs.end(server);
                // It renews by itself as long as it can; then nobody tells that it has nothing any more.
                monitor.await("eth0", "lease.expired", 1);
                assertThat(monitor.leases("eth0")).isEmpty();
            } finally {
                Programs.end(server);
            }
        }
    }

    @Test
    void dibblerGetsAnAddressAndAPrefixAndLosesThem() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dibbler-client", "dibbler-server");
                MonitoredClients monitor = new MonitoredClients(folder, network);
                Dibbler server = new Dibbler(network::onServer, folder, "server", DIBBLER_SERVER);
                Dibbler client = new Dibbler(network::onClient, folder, "client", """
                        log-level 8
                        script "%s"
                        iface "%s" {
                          ia
                          pd
                          option dns-server
                          option domain
                        }
                        """.formatted(
                                monitor.plugin("dibbler"), Namespaces.CLIENT_INTERFACE))) {
            String device = Namespaces.CLIENT_INTERFACE;
            try {
                monitor.await(device, "lease.added", 2);
                List<JsonNode> leases = monitor.leases(device);
                assertThat(leases)
                        .hasSize(2)
                        .anySatisfy(lease ->
                                assertThat(lease.path("address").asString()).startsWith("2001:db8:1:"));
                assertThat(leases)
                        .anySatisfy(lease -> assertThat(
                                        lease.path("details").path("prefix").asString(""))
                                .startsWith("2001:db8:80")
                                .endsWith("/56"));
                assertThat(monitor.tr181("Device.DHCPv6.Client.1.X_INNKEEPER_IAPD."))
                        .containsEntry("Assigned", "true")
                        .hasEntrySatisfying(
                                "Prefix", prefix -> assertThat(prefix).contains("2001:db8:80", "/56"));
                // Address and prefix are renewed by two calls of the script, one after the other.
                monitor.await(device, "lease.renewed", 2);
                assertThat(monitor.leases(device)).hasSize(2);
                server.kill();
                // Nobody tells of the end: upstream's dibbler does not call its script then.
                monitor.await(device, "lease.expired", 2);
                await().atMost(PATIENCE_S, SECONDS)
                        .until(() -> monitor.leases(device).isEmpty());
                assertThat(monitor.tr181("Device.DHCPv6.Client.1.X_INNKEEPER_IAPD."))
                        .containsEntry("Assigned", "false");
                assertThat(monitor.events(device)).contains("wan.update", "wan.renew", "wan.del");
            } catch (AssertionError | org.awaitility.core.ConditionTimeoutException e) {
                throw new AssertionError(client.said() + "\n" + server.said(), e);
            }
        }
    }
}
