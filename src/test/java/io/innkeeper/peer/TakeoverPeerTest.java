package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The way of docs/takeover.md, with a real dnsmasq and real clients: watch, shadow, take over. */
@Tag("slow")
class TakeoverPeerTest {
    private static final String PATH = "api/v1/dhcp4/takeover";
    private static final String STAYS = "02:00:00:00:09:01";
    private static final String AWAY = "02:00:00:00:09:02";
    private static final String NAS = "02:00:00:00:09:03";
    private static final String LATE = "02:00:00:00:09:04";
    private static final String NEW = "02:00:00:00:09:05";

    @TempDir
    private Path folder;

    @Test
    void everyClientKeepsItsAddress() throws Exception {
        try (Namespaces network = Namespaces.create("busybox", "dnsmasq")) {
            Path place = Files.createDirectory(folder.resolve("dnsmasq"));
            List<String> lines = List.of(
                    "domain=home.arpa",
                    "dhcp-host=" + NAS + ",192.168.77.20,nas",
                    "dhcp-option=option:ntp-server,192.168.77.1");
            try (RealDnsmasq dnsmasq = new RealDnsmasq(network, place, lines, Map.of())) {
                dnsmasq.start();
                takeOver(network, dnsmasq);
            }
        }
    }

    private Guest guest(Namespaces network, String name, String mac) throws Exception {
        return network.guest(folder, name, Namespaces.CLIENT_INTERFACE, mac);
    }

    private void takeOver(Namespaces network, RealDnsmasq dnsmasq) throws Exception {
        Guest stays = guest(network, "stays", STAYS);
        Guest away = guest(network, "away", AWAY);
        Guest nas = guest(network, "nas", NAS);
        Guest late = guest(network, "late", LATE);
        String watched = "{name: home, leases: %s, config: [%s]}".formatted(dnsmasq.leases(), dnsmasq.config());
        try (Udhcpc staying = new Udhcpc(stays);
                Udhcpc server = new Udhcpc(nas);
                Udhcpc tardy = new Udhcpc(late);
                ServedNetwork served = new ServedNetwork(folder, network, watched, "")) {
            Together.tell(
                    () -> staying.stay("stays"), () -> new Udhcpc(away).obtain("away"), () -> server.stay("whatever"));
            String kept = stays.bareAddress();
            String left = away.bareAddress();
            away.unplug();

            String section = shadow(served, watched);
            firstTime(served);
            tardy.stay("late"); // dnsmasq gives a lease after the first time
            String last = late.bareAddress();
            awaitOfDnsmasq(served, 4);
            assertThat(served.post(PATH).path("adopted").asInt()).isEqualTo(1);
            assertThat(served.leases("origin=dhcp4")).isEmpty();

            dnsmasq.stop();
            served.configure(watched, section.replace("mode: shadow", "mode: selective"));
            served.awaitService("serving lan");
            JsonNode again = served.post(PATH);
            assertThat(again.path("known").asInt()).isEqualTo(4);
            assertThat(again.path("adopted").asInt()).isZero();
            List<String> addresses = List.of(kept, left, last, "192.168.77.20");
            await("our list has them")
                    .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                    .untilAsserted(() -> assertThat(served.leases("origin=dhcp4").stream()
                                    .map(lease -> lease.path("address").asString()))
                            .containsExactlyInAnyOrderElementsOf(addresses));

            renewed(served, staying, STAYS, kept);
            renewed(served, server, NAS, "192.168.77.20");
            assertThat(stays.bareAddress()).isEqualTo(kept);
            assertThat(nas.bareAddress()).isEqualTo("192.168.77.20");
            comesBack(network, left);
            newcomer(network, kept, addresses);
        }
    }

    /** The section made of dnsmasq's configuration is the one we run with. */
    private static String shadow(ServedNetwork served, String watched) throws Exception {
        awaitOfDnsmasq(served, 3);
        JsonNode made = served.get(PATH + "/config");
        String section = made.path("yaml").asString();
        assertThat(section)
                .contains("interfaces: [lan]")
                .contains("pools: [192.168.77.100-192.168.77.199]")
                .contains("address: 192.168.77.20")
                .contains("ntp-servers: 192.168.77.1");
        served.configure(watched, section);
        served.awaitService("in the shadow of lan");
        return section;
    }

    private static void awaitOfDnsmasq(ServedNetwork served, int count) {
        await(count + " leases of dnsmasq")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.leases("origin=dnsmasq&family=4").size() == count);
    }

    private static void firstTime(ServedNetwork served) throws Exception {
        JsonNode plan = served.get(PATH);
        assertThat(plan.path("mode").asString()).isEqualTo("shadow");
        assertThat(plan.path("adopted").asInt()).isEqualTo(3);
        assertThat(plan.path("answering").size()).isGreaterThanOrEqualTo(2);
        JsonNode done = served.post(PATH);
        assertThat(done.path("adopted").asInt()).as(done.toString()).isEqualTo(3);
        assertThat(served.post(PATH).path("known").asInt()).isEqualTo(3);
    }

    private static void renewed(ServedNetwork served, Udhcpc client, String mac, String address) {
        client.renew();
        await(mac + " renewed with us")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> served.tape().aboutLeases().stream()
                        .anyMatch(told -> told.type().equals("lease.renewed")
                                && told.lease("origin").equals("dhcp4")
                                && told.lease("mac").equals(mac)
                                && told.lease("address").equals(address)));
    }

    /** It asks for any address, as after a power cut, and gets the one it had. */
    private void comesBack(Namespaces network, String address) throws Exception {
        Guest guest = guest(network, "back", AWAY);
        try (Udhcpc client = new Udhcpc(guest)) {
            client.stay("away");
            assertThat(guest.bareAddress()).isEqualTo(address);
        }
    }

    /** It asks for an address that another client holds, and gets another one. */
    private void newcomer(Namespaces network, String wanted, List<String> held) throws Exception {
        Guest guest = guest(network, "new", NEW);
        try (Udhcpc client = new Udhcpc(guest, "-r", wanted)) {
            client.stay("new");
            assertThat(guest.bareAddress()).startsWith("192.168.77.1").isNotIn(held);
        }
    }
}
