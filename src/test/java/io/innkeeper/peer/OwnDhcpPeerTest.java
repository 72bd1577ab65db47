package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Real clients get addresses from our own server, use what they got, keep it and give it back. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnDhcpPeerTest {
    private static final String SERVER = Namespaces.SERVER4;

    /** Behind the server: only the default route leads there. */
    private static final String FAR = "10.99.0.1";

    /** Clients whose hardware address begins so renew after seconds. */
    private static final String SHORT = "02:00:00:00:05:";

    private static final String EVERYBODY = "255.255.255.255";

    /** Who renews or rebinds says in the header which address it has. */
    private static final String HAS_ADDRESS = "dhcp.ip.client != 0.0.0.0";

    private static final String CONFIG = """
            interfaces: [lan, floor]
            lifetime: 12h
            options: {domain-name: home.arpa, domain-name-servers: [192.168.77.1]}
            conflict-check: {timeout: 300ms}
            classes:
              - {name: short, match: {mac: "02:00:00:00:05:*"}, lifetime: 5m, renew-after: 3s, rebind-after: 7s}
            subnets:
              - prefix: 192.168.77.0/24
                pools: [{range: 192.168.77.100-192.168.77.199}]
                options: {routers: [192.168.77.1]}
                reservations:
                  - {mac: ["02:00:00:00:01:01", "02:00:00:00:01:02"], address: 192.168.77.110, name: laptop}
                  - {mac: "02:00:00:00:01:03", address: 192.168.77.20, name: nas}
                  - mac: "02:00:00:00:01:04"
                    options: {classless-static-routes: ["10.99.0.0/24 via 192.168.77.1", "0.0.0.0/0 via 192.168.77.1"]}
              - prefix: 192.168.78.0/24
                pools: [{range: 192.168.78.100-192.168.78.199}]
                options: {routers: [192.168.78.1]}
            """;

    private Path folder;
    private Namespaces network;
    private Capture capture;
    private ServedNetwork served;

    @BeforeAll
    void serve(@TempDir Path temporary) throws Exception {
        folder = temporary;
        network = Namespaces.create("busybox", "dhclient", "dhcpcd", "dumpcap", "tshark", "ethtool");
        network.addCable("floor", "192.168.78.1/24", "eth1");
        network.ipAtServer("address add", FAR + "/24", "dev lo");
        // Then the checksums on the cable are what the kernel and we wrote, and not left to a network card.
        for (String cable : List.of(Namespaces.SERVER_INTERFACE, "floor")) {
            Programs.run(network.onServer(Programs.find("ethtool"), "-K", cable, "tx", "off"));
        }
        capture = new Capture(network::onServer, folder, List.of(Namespaces.SERVER_INTERFACE, "floor"));
        served = new ServedNetwork(folder, network, CONFIG);
    }

    @AfterAll
    void everyPacketOfOursIsSound() throws Exception {
        if (network == null) {
            return;
        }
        try {
            if (served != null) {
                served.close();
                capture.isSound(SERVER);
                capture.isSound("192.168.78.1");
            }
        } finally {
            network.close(); // with all that still runs in it
        }
    }

    private Guest guest(String name, String mac) throws IOException {
        return network.guest(folder, name, Namespaces.CLIENT_INTERFACE, mac);
    }

    @Test
    void fromTheFirstWordToTheLast() throws Exception {
        Together.tell(this::udhcpc, this::dhclient, this::dhcpcd);
    }

    /** What it was given works on the machine that was given it. */
    private void itUses(Guest guest, Path resolv, JsonNode lease) throws IOException {
        String address = lease.path("address").asString();
        await(address + " on the interface")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(guest::address, (address + "/24")::equals);
        await("a default route")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(guest::routes, all -> all.stream().anyMatch(one -> one.startsWith("default via " + SERVER)));
        await("name servers").atMost(ServedNetwork.PATIENCE_S, SECONDS).until(() -> Files.exists(resolv));
        assertThat(Files.readString(resolv)).isEqualTo("nameserver " + SERVER + "\n");
        guest.reaches(FAR);
    }

    private void udhcpc() throws Exception {
        String mac = "02:00:00:00:00:01";
        Guest guest = guest("u", mac);
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("laptop-u");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("hostname").asString()).isEqualTo("laptop-u");
            assertThat(lease.path("origin").asString()).isEqualTo("dhcp4");
            assertThat(lease.path("subnet").asString()).isEqualTo("192.168.77.0/24");
            assertThat(lease.path("lifetimeSeconds").asInt()).isEqualTo(43_200);
            itUses(guest, client.resolv(), lease);
            served.awaitEvents(mac, "added");

            served.awaitLaterThan(mac);
            client.renew();
            served.awaitEvents(mac, "added", "renewed");
            assertThat(asked(mac, HAS_ADDRESS, SERVER)).isEqualTo(1);

            served.awaitLaterThan(mac);
            guest.lose(SERVER);
            client.renew();
            served.awaitEvents(mac, "added", "renewed", "renewed");
            assertThat(asked(mac, HAS_ADDRESS, EVERYBODY)).isPositive();
            guest.find(SERVER);

            client.kill();
            served.awaitLaterThan(mac);
            client.stay("laptop-u");
            served.awaitEvents(mac, "added", "renewed", "renewed", "renewed");
            assertThat(served.lease(mac).path("address")).isEqualTo(lease.path("address"));

            client.release();
            served.awaitEvents(mac, "added", "renewed", "renewed", "renewed", "released");
            served.noLease(mac);
        }
    }

    /** How many REQUESTs of a device went to this address. */
    private int asked(String mac, String kind, String to) {
        String filter = "dhcp.option.dhcp == 3 && dhcp.hw.mac_addr == " + mac + " && ip.dst == " + to + " && " + kind;
        return await(filter)
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> capture.packets(filter, "frame.number").size(), count -> count > 0);
    }

    private static void awaitReason(String wanted, Callable<List<String>> reasons) {
        await(wanted).atMost(ServedNetwork.PATIENCE_S, SECONDS).until(reasons, all -> all.contains(wanted));
    }

    private void dhclient() throws Exception {
        String mac = SHORT + "01";
        Guest guest = guest("d", mac);
        try (Dhclient client = new Dhclient(guest)) {
            client.stay("laptop-d");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("hostname").asString()).isEqualTo("laptop-d");
            itUses(guest, client.resolv(), lease);
            awaitReason("RENEW", client::reasons);
            assertThat(asked(mac, HAS_ADDRESS, SERVER)).isPositive();
            guest.lose(SERVER);
            assertThat(asked(mac, HAS_ADDRESS, EVERYBODY)).isPositive();
            guest.find(SERVER);
            client.kill();
            client.stay("laptop-d");
            awaitReason("REBOOT", client::reasons);
            assertThat(served.lease(mac).path("address")).isEqualTo(lease.path("address"));
            assertThat(served.eventsOf(mac)).doesNotContain("released", "expired", "changed");
            client.release();
            fromAddedToReleased(mac);
        }
    }

    private void fromAddedToReleased(String mac) {
        served.noLease(mac);
        await("released")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.eventsOf(mac).contains("released"));
        assertThat(String.join(" ", served.eventsOf(mac))).matches("added( renewed){2,} released");
    }

    private void dhcpcd() throws Exception {
        String mac = SHORT + "02";
        Guest guest = guest("r", mac);
        try (Dhcpcd client = new Dhcpcd(guest)) {
            client.stay("laptop-r");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("hostname").asString()).isEqualTo("laptop-r");
            itUses(guest, client.resolv(), lease);
            awaitReason("RENEW", client::reasons);
            guest.lose(SERVER);
            awaitReason("REBIND", client::reasons);
            guest.find(SERVER);
            client.kill();
            client.stay("laptop-r");
            awaitReason("REBOOT", client::reasons);
            assertThat(served.lease(mac).path("address")).isEqualTo(lease.path("address"));
            assertThat(served.eventsOf(mac)).doesNotContain("released", "expired", "changed");
            client.release();
            fromAddedToReleased(mac);
        }
    }

    @Test
    void addressesOfTheirOwn() throws Exception {
        Together.tell(
                this::anAddressInUseIsGivenToNobody,
                this::aClientThatMovedIsToldNo,
                this::oneReservationForTwoDevices,
                this::aReservationOutsideThePool,
                this::classlessStaticRoutes);
    }

    private void anAddressInUseIsGivenToNobody() throws Exception {
        String taken = "192.168.77.150";
        guest("holder", "02:00:00:00:02:01").take(taken + "/24");
        String mac = "02:00:00:00:02:02";
        Guest guest = guest("late", mac);
        try (Udhcpc client = new Udhcpc(guest, "-r", taken)) {
            client.stay("late");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("address").asString()).isNotEqualTo(taken);
            Told declined = served.event("lease.declined");
            assertThat(declined.lease("address")).isEqualTo(taken);
            assertThat(declined.lease("state")).isEqualTo("declined");
            served.awaitEvents(mac, "declined", "added");
        }
        String second = "02:00:00:00:02:03";
        try (Udhcpc client = new Udhcpc(guest("later", second), "-r", taken)) {
            client.stay("later");
            assertThat(served.lease(second).path("address").asString()).isNotEqualTo(taken);
        }
        assertThat(served.tape().all())
                .filteredOn(told -> told.type().equals("lease.declined"))
                .as("set aside: not asked about again")
                .hasSize(1);
    }

    private void aClientThatMovedIsToldNo() throws Exception {
        String mac = "02:00:00:00:02:05";
        Guest guest = guest("mover", mac);
        try (Dhclient client = new Dhclient(guest)) {
            client.stay("mover");
            awaitReason("BOUND", client::reasons);
            String before = served.lease(mac).path("address").asString();
            assertThat(before).startsWith("192.168.77.");
            client.kill();
            guest.moveTo("eth1");
            client.stay("mover");
            await("an address of the other network")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .until(guest::address, address -> address.startsWith("192.168.78."));
            String no = "dhcp.option.dhcp == 6 && dhcp.hw.mac_addr == " + mac;
            await("a NAK")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .until(() -> capture.packets(no, "ip.src", "ip.dst"), found -> !found.isEmpty());
            assertThat(capture.packets(no, "ip.src", "ip.dst")).containsOnly("192.168.78.1\t255.255.255.255");
        }
    }

    private void oneReservationForTwoDevices() throws Exception {
        String wired = "02:00:00:00:01:01";
        String wireless = "02:00:00:00:01:02";
        Guest first = guest("wired", wired);
        try (Udhcpc client = new Udhcpc(first)) {
            client.stay("whatever");
            JsonNode lease = served.lease(wired);
            assertThat(lease.path("address").asString()).isEqualTo("192.168.77.110");
            assertThat(lease.path("hostname").asString()).isEqualTo("laptop");
            assertThat(lease.path("allocation").asString()).isEqualTo("static");
            client.release();
            served.awaitEvents(wired, "added", "released");
        }
        first.unplug(); // or it would still answer for the address
        try (Udhcpc client = new Udhcpc(guest("wireless", wireless))) {
            client.stay("whatever");
            assertThat(served.lease(wireless).path("address").asString()).isEqualTo("192.168.77.110");
            served.awaitEvents(wireless, "added");
        }
    }

    private void aReservationOutsideThePool() throws Exception {
        String mac = "02:00:00:00:01:03";
        Guest guest = guest("nas", mac);
        try (Dhcpcd client = new Dhcpcd(guest)) {
            client.stay("something");
            JsonNode lease = served.lease(mac);
            assertThat(lease.path("address").asString()).isEqualTo("192.168.77.20");
            assertThat(lease.path("hostname").asString()).isEqualTo("nas");
            itUses(guest, client.resolv(), lease);
        }
    }

    private void classlessStaticRoutes() throws Exception {
        Guest guest = guest("router", "02:00:00:00:01:04");
        try (Udhcpc client = new Udhcpc(guest, "-O", "staticroutes")) {
            client.stay("router");
            await("its routes")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .untilAsserted(() -> assertThat(guest.routes())
                            .contains("10.99.0.0/24 via 192.168.77.1 dev eth0", "default via 192.168.77.1 dev eth0"));
            guest.reaches(FAR);
        }
    }
}
