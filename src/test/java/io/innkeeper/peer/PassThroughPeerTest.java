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

/** A real dnsmasq on another network serves real clients through us, and we know of its leases. */
@Tag("slow")
class PassThroughPeerTest {
    private static final String MAC = "02:00:00:00:06:01";

    @TempDir
    private Path folder;

    @Test
    void aLeaseOfTheServerBehindUs() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dnsmasq", "dumpcap", "tshark", "ethtool")) {
            Guest upstream = network.beyondServer(folder, "up", "wan", "10.5.0.1/24", "02:00:00:00:06:ff");
            upstream.take("10.5.0.2/24");
            upstream.route("192.168.77.0/24", "10.5.0.1");
            List.of(Namespaces.SERVER_INTERFACE, "wan")
                    .forEach(cable ->
                            Programs.run(network.onServer(Programs.find("ethtool"), "-K", cable, "tx", "off")));
            try (RealDnsmasq dnsmasq = new RealDnsmasq(
                            upstream,
                            List.of(
                                    "dhcp-range=192.168.77.100,192.168.77.199,255.255.255.0,12h",
                                    "dhcp-option=option:router,192.168.77.1"));
                    Capture capture =
                            new Capture(network::onServer, folder, List.of(Namespaces.SERVER_INTERFACE, "wan"));
                    ServedNetwork served = new ServedNetwork(folder, network, """
                            mode: pass-through
                            interfaces: [lan]
                            upstreams: [10.5.0.2]
                            """)) {
                dnsmasq.start();
                fromAddedToReleased(network, dnsmasq, served);
                capture.isSound(Namespaces.SERVER4);
                assertThat(served.tape().all())
                        .extracting(EventTape.Told::type)
                        .as("it is no stranger")
                        .doesNotContain("security.rogue-dhcp");
            }
        }
    }

    private void fromAddedToReleased(Namespaces network, RealDnsmasq dnsmasq, ServedNetwork served) throws Exception {
        Guest guest = network.guest(folder, "guest", Namespaces.CLIENT_INTERFACE, MAC);
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("guest");
            JsonNode lease = served.lease(MAC);
            String address = lease.path("address").asString();
            assertThat(dnsmasq.leaseLines()).anyMatch(line -> line.contains(MAC + " " + address + " guest"));
            assertThat(guest.address()).isEqualTo(address + "/24");
            assertThat(lease.path("origin").asString()).isEqualTo("dhcp4");
            assertThat(lease.path("source").asString()).isEqualTo("pass-through");
            assertThat(lease.path("hostname").asString()).isEqualTo("guest");
            assertThat(lease.path("lifetimeSeconds").asInt()).isEqualTo(43_200);
            served.awaitEvents(MAC, "added");

            served.awaitLaterThan(MAC);
            client.renew();
            served.awaitEvents(MAC, "added", "renewed");

            client.release();
            served.awaitEvents(MAC, "added", "renewed", "released");
            served.noLease(MAC);
            await("dnsmasq knows of it")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .until(() -> dnsmasq.leaseLines().stream().noneMatch(line -> line.contains(MAC)));
        }
    }
}
