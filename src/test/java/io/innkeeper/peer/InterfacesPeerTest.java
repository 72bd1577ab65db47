package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Interfaces come and go; those that are served are, the others are not. This server asks nobody before it gives an address. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterfacesPeerTest {
    /** The one that comes later. */
    private static final String LATER = "192.168.78.1";

    private static final String CONFIG = """
            interfaces: [lan, later]
            conflict-check: off
            subnets:
              - {prefix: 192.168.77.0/24, pools: [192.168.77.100-192.168.77.199]}
              - {prefix: 192.168.78.0/24, pools: [192.168.78.100-192.168.78.199]}
              - {prefix: 192.168.79.0/24, pools: [192.168.79.100-192.168.79.199]}
            """;

    private Path folder;
    private Namespaces network;
    private ServedNetwork served;

    @BeforeAll
    void serve(@TempDir Path temporary) throws Exception {
        folder = temporary;
        network = Namespaces.create("busybox", "dumpcap", "tshark");
        network.addCable("other", "192.168.79.1/24", "eth2");
        served = new ServedNetwork(folder, network, CONFIG);
    }

    @AfterAll
    void end() {
        if (served != null) {
            served.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private Guest guest(String name, String cable, String mac) throws IOException {
        return network.guest(folder, name, cable, mac);
    }

    @Test
    void oneThatAppearsIsServedAtOnce() throws Exception {
        await("health says what is missing")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> health().contains("there is no interface later"));
        network.addCable("later", LATER + "/24", "eth1");
        String mac = "02:00:00:00:03:01";
        gets(guest("early", "eth1", mac), mac);
        assertThat(health()).doesNotContain("later with");

        // Away and here again: the kernel has another number for it.
        network.ipAtServer("link delete later");
        network.addCable("later", LATER + "/24", "eth1");
        String second = "02:00:00:00:03:02";
        gets(guest("again", "eth1", second), second);
    }

    private String health() throws Exception {
        return served.get("api/v1/services").toString();
    }

    /** Its first DISCOVER is answered, or its second. */
    private void gets(Guest guest, String mac) throws Exception {
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("guest");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("address").asString()).startsWith("192.168.78.1");
            assertThat(client.said().split("broadcasting discover", -1))
                    .as(client.said())
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void oneThatIsNotServedGetsNoAnswer() throws Exception {
        Guest guest = guest("stranger", "eth2", "02:00:00:00:03:03");
        try (Capture capture = new Capture(network::onServer, folder, List.of("other"))) {
            Process client = new ProcessBuilder(guest.command(
                            Programs.find("busybox"), "udhcpc", "-f", "-n", "-q", "-t", "2", "-T", "1", "-i", "eth0"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(client.waitFor()).as("it gives up").isEqualTo(1);
            await("both DISCOVERs")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .until(() ->
                            capture.packets("udp.dstport == 67", "frame.number").size() == 2);
            assertThat(capture.packets("udp.srcport == 67", "frame.number")).isEmpty();
        }
    }

    @Test
    void aClientThatFindsItsAddressInUseSaysSo() throws Exception {
        Guest holder = guest("holder", Namespaces.CLIENT_INTERFACE, "02:00:00:00:03:04");
        String taken = "";
        for (int tries = 1; taken.isEmpty(); tries++) {
            assertThat(tries).as("clients whose question was lost").isLessThan(4);
            String address = "192.168.77.15" + tries;
            holder.take(address + "/24");
            taken = declinedBy("careful" + tries, "02:00:00:00:03:1" + tries, address) ? address : "";
        }
        String next = "02:00:00:00:03:06";
        try (Udhcpc client = new Udhcpc(guest("next", Namespaces.CLIENT_INTERFACE, next), "-r", taken)) {
            client.stay("next");
            assertThat(served.lease(next).path("address").asString())
                    .as("set aside")
                    .isNotEqualTo(taken);
        }
    }

    /**
     * Asks for an address that somebody else has; where the client finds that out it is given another one. It asks the network
     * once and waits two seconds for the answer, so on a busy machine it may not find out.
     */
    private boolean declinedBy(String room, String mac, String taken) throws Exception {
        Guest guest = guest(room, Namespaces.CLIENT_INTERFACE, mac);
        guest.sees(taken);
        try (Udhcpc client = new Udhcpc(guest, "-a", "-A", "1", "-r", taken)) {
            client.stay(room);
            if (!client.said().contains("declining")) {
                return false;
            }
            Told declined = served.event("lease.declined");
            assertThat(declined.lease("address")).isEqualTo(taken);
            assertThat(served.lease(mac).path("address").asString()).isNotEqualTo(taken);
            served.awaitEvents(mac, "added", "declined", "added");
            return true;
        }
    }
}
