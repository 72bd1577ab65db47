package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.peer.EventTape.Told;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second DHCP server on our network is reported: once, whatever the number of its answers. */
@Tag("slow")
class RogueDhcpTest {
    private static final String ROGUE = "192.168.77.3";
    private static final String ROGUE_MAC = "02:00:00:00:07:ff";
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void aStrangerAnswers() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dnsmasq")) {
            Guest machine = network.guest(folder, "rogue", Namespaces.CLIENT_INTERFACE, ROGUE_MAC);
            machine.take(ROGUE + "/24");
            try (RealDnsmasq rogue = new RealDnsmasq(
                            machine, List.of("dhcp-range=192.168.77.200,192.168.77.240,255.255.255.0,12h"));
                    ServedNetwork served = new ServedNetwork(folder, network, """
                            interfaces: [lan]
                            conflict-check: off
                            subnets: [{prefix: 192.168.77.0/24, pools: [192.168.77.100-192.168.77.199]}]
                            """)) {
                rogue.start();
                // They ask for answers by broadcast, which everybody hears.
                Together.tell(client(network, 1), client(network, 2), client(network, 3), client(network, 4));
                Told told = served.event("security.rogue-dhcp");
                assertThat(told.body().path("server").asString()).isEqualTo(ROGUE);
                assertThat(told.body().path("interface").asString()).isEqualTo(Namespaces.SERVER_INTERFACE);
                assertThat(told.body().path("serverMac").asString()).isEqualTo(ROGUE_MAC);

                client(network, CLIENTS + 1).tell();
                assertThat(rogue.said().split("DHCPOFFER", -1).length - 1).isGreaterThan(CLIENTS);
                assertThat(served.get("api/v1/events?after=0&limit=1000")
                                .path("items")
                                .toString())
                        .as("once")
                        .containsOnlyOnce("\"security.rogue-dhcp\"");
            }
        }
    }

    private Together.Story client(Namespaces network, int number) {
        return () -> {
            Guest guest =
                    network.guest(folder, "guest" + number, Namespaces.CLIENT_INTERFACE, "02:00:00:00:07:0" + number);
            try (Udhcpc client = new Udhcpc(guest, "-B")) {
                client.obtain("guest");
            }
        };
    }
}
