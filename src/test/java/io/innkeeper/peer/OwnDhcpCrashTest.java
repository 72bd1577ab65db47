package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.bench.DhcpLoad;
import io.innkeeper.bench.LoadPhase;
import io.innkeeper.bench.LoadReport;
import io.innkeeper.bench.LoadTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any moment, under load: a lease whose ACK was seen is there afterwards, and its address is nobody else's. */
@Tag("slow")
class OwnDhcpCrashTest {
    private static final int KILLS = 10;

    /** Every so many lives the load is made by perfdhcp, and its ACKs are read from the cable. */
    private static final int PERFDHCP_EACH = 4;

    private static final int RATE = 1_500;
    private static final int ENOUGH = 200;
    private static final int CLIENTS_A_LIFE = 1_000_000;
    private static final String RELAY = "192.168.77.2";

    private static final String CONFIG = """
            interfaces: [lan]
            conflict-check: off
            subnets:
              - prefix: 10.0.0.0/8
                relays: [192.168.77.2]
                pools: [10.0.1.0-10.255.255.254]
                options: {routers: 10.0.0.1}
            """;

    private final Random random = new Random();

    /** Address → hardware address, of all ACKs that were ever seen. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final List<String> wrong = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedStaysTrue() throws Exception {
        try (Namespaces network = Namespaces.create("perfdhcp", "dumpcap", "tshark", "ethtool")) {
            network.route(RELAY + "/24");
            Programs.run(network.onServer(Programs.find("ethtool"), "-K", Namespaces.SERVER_INTERFACE, "tx", "off"));
            Programs.run(network.onClient(Programs.find("ethtool"), "-K", Namespaces.CLIENT_INTERFACE, "tx", "off"));
            try (ServedNetwork served = new ServedNetwork(folder, network, CONFIG)) {
                for (int life = 0; life < KILLS; life++) {
                    int before = acknowledged.size();
                    if (life % PERFDHCP_EACH == 1) {
                        loadOfPerfdhcp(network, served, life);
                    } else {
                        loadOfOurs(network, served, life);
                    }
                    assertThat(acknowledged.size())
                            .as("leases of life %d", life)
                            .isGreaterThan(before);
                    served.restart();
                    everythingAcknowledgedIsThere(served);
                }
            }
        }
        System.out.printf("%d leases acknowledged in %d lives%n", acknowledged.size(), KILLS);
    }

    private void loadOfOurs(Namespaces network, ServedNetwork served, int life) throws Exception {
        LoadTarget target = new LoadTarget(
                LoadTarget.address(Namespaces.SERVER4),
                67,
                LoadTarget.address(RELAY),
                67,
                LoadTarget.address(RELAY),
                200,
                2,
                life * CLIENTS_A_LIFE,
                0);
        int before = acknowledged.size();
        try (DhcpLoad load = network.atClient(() -> new DhcpLoad(target))) {
            load.listen((address, client) -> saw(LoadTarget.text(address), DhcpLoad.mac(client)));
            FutureTask<LoadReport> running =
                    new FutureTask<>(() -> load.run(LoadPhase.parse("dora:seconds=60,rate=" + RATE)));
            Thread.ofPlatform().daemon().start(running);
            await("a life worth its name")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .until(() -> acknowledged.size() >= before + ENOUGH);
            aMoment();
            served.kill();
            load.stop();
            assertThat(running.get(ServedNetwork.PATIENCE_S, SECONDS).answers().bad())
                    .as(String.join("; ", load.examples()))
                    .isFalse();
        }
    }

    private void aMoment() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(800)));
    }

    private void loadOfPerfdhcp(Namespaces network, ServedNetwork served, int life) throws Exception {
        Path place = Files.createDirectory(folder.resolve("life" + life));
        try (Capture capture = new Capture(network::onClient, place, List.of(Namespaces.CLIENT_INTERFACE))) {
            Process perfdhcp = new ProcessBuilder(network.onClient(
                            Programs.find("perfdhcp"),
                            "-4",
                            "-r",
                            String.valueOf(RATE / 2),
                            "-R",
                            "100000",
                            "-b",
                            "mac=00:0d:%02x:00:00:00".formatted(life),
                            "-p",
                            "60",
                            "-l",
                            RELAY,
                            Namespaces.SERVER4))
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("perfdhcp.log").toFile())
                    .start();
            try {
                await("ACKs on the cable")
                        .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                        .until(() -> capture.packets("dhcp.option.dhcp == 5", "frame.number")
                                        .size()
                                >= ENOUGH);
                aMoment();
                served.kill();
            } finally {
                perfdhcp.destroyForcibly().waitFor();
            }
            capture.end();
            for (String ack : capture.packets("dhcp.option.dhcp == 5", "dhcp.ip.your", "dhcp.hw.mac_addr")) {
                String[] parts = ack.split("[\t,]", -1);
                saw(parts[0], parts[1]);
            }
        }
    }

    private void saw(String address, String mac) {
        String other = acknowledged.put(address, mac);
        if (other != null && !other.equals(mac)) {
            wrong.add(address + " was given to " + other + " and to " + mac);
        }
    }

    private void everythingAcknowledgedIsThere(ServedNetwork served) {
        assertThat(wrong).isEmpty();
        // The list of leases is the database's, which follows the journal.
        await("all leases")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .pollInterval(500, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(lost(held(served))).isEmpty());
    }

    private List<String> lost(Map<String, String> held) {
        return acknowledged.entrySet().stream()
                .filter(ack -> !ack.getValue().equals(held.get(ack.getKey())))
                .map(ack -> ack + ", now of " + held.get(ack.getKey()))
                .toList();
    }

    private static Map<String, String> held(ServedNetwork served) throws Exception {
        Map<String, String> held = new HashMap<>();
        for (JsonNode lease : served.allLeases()) {
            String address = lease.path("address").asString();
            assertThat(held.put(address, lease.path("mac").asString()))
                    .as(address)
                    .isNull();
        }
        return held;
    }
}
