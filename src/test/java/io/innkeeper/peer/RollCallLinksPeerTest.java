package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An interface of the roll call comes, goes and comes back: it is said, and hosts are found again without a restart. */
@Tag("slow")
@Timeout(120)
class RollCallLinksPeerTest {
    private static final String HERE = "02:00:00:00:4d:01";
    private static final String HERE_ADDRESS = "192.168.77.10";
    private static final String THERE = "02:00:00:00:4e:01";
    private static final String THERE_ADDRESS = "192.168.78.10";
    private static final String ROLL_CALL = """
            arp: {interfaces: [lan, later], interval: 5s, sweep: 10s, rate: 2000, tries: 2}
            """;

    @TempDir
    private Path folder;

    private Namespaces network;
    private ServedNetwork served;

    @BeforeEach
    void start() throws Exception {
        network = Namespaces.create("busybox");
        network.guest(folder, "here", Namespaces.CLIENT_INTERFACE, HERE).take(HERE_ADDRESS + "/24");
        served = new ServedNetwork(folder, network, "[]", ROLL_CALL);
    }

    @AfterEach
    void end() {
        if (served != null) {
            served.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private void awaitHealth(String health, String words) {
        await("the roll call is " + health + ": " + words)
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .untilAsserted(() -> {
                    JsonNode arp = served.get("api/v1/services/arp");
                    assertThat(arp.path("message").asString()).contains(words);
                    assertThat(arp.path("health").asString()).isEqualTo(health);
                });
    }

    private void awaitHeard(Instant after, String mac, String address) {
        double from = after.toEpochMilli() / 1e3;
        await(mac + " is heard")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.rollCall("get_devices")
                        .path("devices")
                        .valueStream()
                        .anyMatch(one -> one.path("mac").asString().equals(mac)
                                && one.path("ip").asString().equals(address)
                                && one.path("last_seen").asDouble() > from));
    }

    @Test
    void whatIsGoneIsSaidAndWhatIsBackIsAsked() throws Exception {
        awaitHealth("degraded", "the interface later is not there");
        served.deviceEvent("device.discovered", HERE);

        network.addCable("later", "", "eth1");
        awaitHealth("degraded", "the interface later has no address");
        Guest there = network.guest(folder, "there", "eth1", THERE);
        there.take("fd00:78::10/64");
        there.take(THERE_ADDRESS + "/24");
        Instant come = Instant.now();
        network.ipAtServer("address add fd00:78::1/64 dev later nodad");
        awaitHealth("ok", "on lan, later"); // IPv6 alone is enough
        there.reaches6("fd00:78::1");
        awaitHeard(come, THERE, "fd00:78::10");
        network.ipAtServer("address add 192.168.78.1/24 dev later");
        awaitHeard(come, THERE, THERE_ADDRESS);

        network.ipAtServer("link set later down");
        awaitHealth("degraded", "the interface later is not there, is down");
        Instant down = Instant.now();
        served.rollCall("scan_now");
        awaitHeard(down, HERE, HERE_ADDRESS);
        network.ipAtServer("link set later up");
        awaitHeard(down, THERE, THERE_ADDRESS);
        awaitHealth("ok", "on lan, later");

        // Away and here again: the kernel has another number for it, and the host hangs on another cable.
        network.ipAtServer("link delete later");
        awaitHealth("degraded", "the interface later is not there");
        Instant away = Instant.now();
        network.addCable("later", "192.168.78.1/24", "eth1");
        there.moveTo("eth1");
        there.take(THERE_ADDRESS + "/24");
        awaitHealth("ok", "on lan, later");
        served.rollCall("scan_now"); // the host may have come after the first one
        awaitHeard(away, THERE, THERE_ADDRESS);
        awaitHeard(away, HERE, HERE_ADDRESS);

        JsonNode arp = served.get("api/v1/services/arp");
        assertThat(arp.path("state").asString()).isEqualTo("running");
        assertThat(arp.path("restarts").asInt()).isZero();
        assertThat(served.tape().all()).noneMatch(told -> told.type().equals("service.failed"));
        assertThat(served.deviceEvents(HERE)).containsExactly("device.discovered");
        assertThat(served.deviceEvents(THERE))
                .as("first heard, and then with a further address or two")
                .startsWith("device.discovered")
                .doesNotContain("device.online", "device.offline");
    }
}
