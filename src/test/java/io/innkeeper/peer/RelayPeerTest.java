package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clients behind real relays get addresses of their own link, and renew without the relay. */
@Tag("slow")
class RelayPeerTest {
    private static final String SERVER = Namespaces.SERVER4;
    private static final String RELAY = "192.168.77.2";

    private static final String CONFIG = """
            interfaces: [lan]
            conflict-check: {timeout: 200ms}
            subnets:
              - {prefix: 192.168.77.0/24, pools: [192.168.77.100-192.168.77.199]}
              - {prefix: 10.7.0.0/24, pools: [10.7.0.100-10.7.0.199], options: {routers: 10.7.0.1}}
              - {prefix: 10.8.0.0/24, pools: [10.8.0.100-10.8.0.199], options: {routers: 10.8.0.1}}
            """;

    @TempDir
    private Path folder;

    @Test
    void behindRealRelays() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dhcrelay", "dnsmasq", "dumpcap", "tshark", "ethtool")) {
            network.route(RELAY + "/24");
            network.ipAtServer("route add 10.7.0.0/24 via", RELAY);
            network.ipAtServer("route add 10.8.0.0/24 via", RELAY);
            Programs.run(network.onServer(Programs.find("ethtool"), "-K", Namespaces.SERVER_INTERFACE, "tx", "off"));
            Guest first = network.guestBehind(folder, "first", "down1", "10.7.0.1/24", "02:00:00:00:04:01");
            Guest second = network.guestBehind(folder, "second", "down2", "10.8.0.1/24", "02:00:00:00:04:02");
            try (Capture capture = new Capture(network::onServer, folder, List.of(Namespaces.SERVER_INTERFACE));
                    ServedNetwork served = new ServedNetwork(folder, network, CONFIG)) {
                JsonNode lease = relayed(served, capture, first, "10.7.0.", () -> dhcrelay(network));
                assertThat(lease.path("details").path("circuitId").asString()).isEqualTo("down1");
                // The relay finds its client again by what it wrote itself; it hands on nothing of it.
                assertThat(capture.packets(
                                "ip.src == " + SERVER + " && ip.dst == 10.7.0.1 && dhcp.option.dhcp",
                                "dhcp.option.dhcp",
                                "dhcp.option.agent_information_option.agent_circuit_id"))
                        .contains("2\t646f776e31", "5\t646f776e31");

                relayed(served, capture, second, "10.8.0.", () -> dnsmasq(network));
                capture.isSound(SERVER);
            }
        }
    }

    /** Starts a relay. */
    private interface Relay {
        Process start() throws Exception;
    }

    /** Returns the lease as it was after the renewal. */
    private JsonNode relayed(ServedNetwork served, Capture capture, Guest guest, String link, Relay relay)
            throws Exception {
        Process running = relay.start();
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("guest");
            JsonNode lease = served.lease(guest.mac());
            String address = lease.path("address").asString();
            assertThat(address).startsWith(link);
            assertThat(lease.path("subnet").asString()).isEqualTo(link + "0/24");
            guest.reaches(SERVER);

            Programs.end(running); // a renewal needs no relay
            served.awaitLaterThan(guest.mac());
            client.renew();
            served.awaitEvents(guest.mac(), "added", "renewed");
            String renewal = "dhcp.hw.mac_addr == %s && dhcp.ip.client == %s && dhcp.ip.relay == 0.0.0.0"
                    .formatted(guest.mac(), address);
            await("a renewal and its answer")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .untilAsserted(() -> assertThat(capture.packets(renewal, "dhcp.option.dhcp", "ip.src", "ip.dst"))
                            .containsExactly(
                                    "3\t%s\t%s".formatted(address, SERVER), "5\t%s\t%s".formatted(SERVER, address)));

            JsonNode renewed = served.lease(guest.mac());
            client.release();
            served.awaitEvents(guest.mac(), "added", "renewed", "released");
            return renewed;
        } finally {
            Programs.end(running);
        }
    }

    private Process dhcrelay(Namespaces network) throws Exception {
        return started(
                "Sending on   Socket/fallback",
                network.onClient(Programs.find("dhcrelay"), "-4", "-d", "-a", "-iu", "eth0", "-id", "down1", SERVER));
    }

    private Process dnsmasq(Namespaces network) throws Exception {
        return started(
                "DHCP relay from",
                network.onClient(
                        Programs.find("dnsmasq"),
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--log-facility=-",
                        "--port=0",
                        "--user=root",
                        "--pid-file",
                        "--dhcp-relay=10.8.0.1," + SERVER));
    }

    private Process started(String sign, List<String> command) throws Exception {
        Path log = Files.createTempFile(folder, "relay", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("the relay runs").atMost(ServedNetwork.PATIENCE_S, SECONDS).until(() -> {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return Files.readString(log).contains(sign);
        });
        return process;
    }
}
