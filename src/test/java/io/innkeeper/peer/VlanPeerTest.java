package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two VLANs and the cable that carries them: each host is found on its own, once. */
@Tag("slow")
@Timeout(120)
class VlanPeerTest {
    private static final String FIRST = "02:00:00:00:0a:0a";
    private static final String SECOND = "02:00:00:00:0a:0b";
    private static final String THIRD = "02:00:00:00:14:0a";
    private static final String BESIDE = "02:00:00:00:4d:0a";

    private static final String ROLL_CALL = """
            arp: {interfaces: [lan.10, lan.20], interval: 5s, sweep: 10s, rate: 2000, tries: 2}
            """;

    @Test
    void eachHostIsFoundOnceAndOnItsOwnVlan(@TempDir Path folder) throws Exception {
        try (Namespaces network = Namespaces.create("busybox")) {
            network.addVlan(10, "192.168.10.1/24");
            network.addVlan(20, "192.168.20.1/24");
            Guest first = network.guest(folder, "first", "eth0.10", FIRST);
            first.take("192.168.10.10/24");
            network.guest(folder, "second", "eth0.10", SECOND).take("192.168.10.11/24");
            Guest beside = network.guest(folder, "beside", Namespaces.CLIENT_INTERFACE, BESIDE);
            beside.take("192.168.77.10/24");
            try (ServedNetwork served = new ServedNetwork(folder, network, "[]", ROLL_CALL)) {
                served.deviceEvent("device.discovered", FIRST);
                served.deviceEvent("device.discovered", SECOND);
                // Comes later, by itself, and beside it one who speaks where nobody listens.
                beside.announce("192.168.77.10");
                Guest third = network.guest(folder, "third", "eth0.20", THIRD);
                third.take("192.168.20.10/24");
                third.announce("192.168.20.10");
                served.deviceEvent("device.discovered", THIRD);
                first.announce("192.168.10.10");
                served.scan();
                assertThat(served.deviceEvents(FIRST)).containsExactly("device.discovered");
                assertThat(served.deviceEvents(SECOND)).containsExactly("device.discovered");
                assertThat(served.deviceEvents(THIRD)).containsExactly("device.discovered");
                assertThat(served.deviceEvents(BESIDE)).isEmpty();
                assertThat(source(served, FIRST)).isEqualTo("192.168.10.10 arp/lan.10");
                assertThat(source(served, SECOND)).isEqualTo("192.168.10.11 arp/lan.10");
                assertThat(source(served, THIRD)).isEqualTo("192.168.20.10 arp/lan.20");
                assertThat(served.tape().all()).noneMatch(told -> told.type().startsWith("security."));
            }
        }
    }

    /** Its only address of IPv4, and by whom it was seen there. */
    private static String source(ServedNetwork served, String mac) throws Exception {
        return String.join(
                ", ",
                served.get("api/v1/devices/" + mac)
                        .path("addresses")
                        .valueStream()
                        .filter(one -> one.path("address").asString().contains("."))
                        .map(one -> one.path("address").asString() + " "
                                + one.path("source").asString())
                        .toList());
    }
}
