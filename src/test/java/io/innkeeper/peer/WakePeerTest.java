package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A magic packet on a real cable. */
@Tag("slow")
class WakePeerTest {
    private static final String MAC = "02:00:00:00:05:01";

    @Test
    void aMagicPacketComesOutAtTheOtherEnd(@TempDir Path folder) throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dumpcap", "tshark");
                ServedNetwork served = new ServedNetwork(folder, network, """
                        interfaces: [%s]
                        subnets: [{prefix: 192.168.77.0/24, pools: [192.168.77.100-192.168.77.199]}]
                        """.formatted(Namespaces.SERVER_INTERFACE));
                Udhcpc sleeper = new Udhcpc(network.guest(folder, "sleeper", Namespaces.CLIENT_INTERFACE, MAC))) {
            sleeper.stay("sleeper");
            served.lease(MAC);
            try (Capture capture =
                    new Capture(network::onClient, folder, List.of(Namespaces.CLIENT_INTERFACE), "udp port 9")) {
                JsonNode woken = served.post("api/v1/devices/" + MAC + "/wake");
                assertThat(woken.path("sentTo").toString()).isEqualTo("[\"192.168.77.255\"]");
                await().atMost(ServedNetwork.PATIENCE_S, SECONDS)
                        .until(() -> !capture.packets("wol", "wol.mac").isEmpty());
                assertThat(capture.packets("wol", "eth.dst", "ip.dst", "udp.dstport", "wol.mac"))
                        .containsExactly("ff:ff:ff:ff:ff:ff\t192.168.77.255\t9\t" + (MAC + ",").repeat(15) + MAC);
            }
        }
    }
}
