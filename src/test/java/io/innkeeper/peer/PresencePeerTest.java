package io.innkeeper.peer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.peer.EventTape.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Machines that come, sleep, wake, change their card, and take another's address: what the whole program tells of them. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresencePeerTest {
    private static final Duration OFFLINE_AFTER = Duration.ofSeconds(20);

    /** Of a busy machine, beyond the times that are configured. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final String CONFIG = """
            arp: {interfaces: [lan], interval: 5s, sweep: 10s, rate: 2000, tries: 2}
            devices:
              presence: {idle-after: 10s, offline-after: 20s, probe: {tries: 3, spacing: 2s}}
            """;

    private Path folder;
    private Namespaces network;
    private ServedNetwork served;

    @BeforeAll
    void serve(@TempDir Path temporary) throws Exception {
        folder = temporary;
        network = Namespaces.create("busybox");
        served = new ServedNetwork(folder, network, "[]", CONFIG);
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

    /** They wait a lot, and for nobody's sake but their own. */
    @Test
    void eachIsToldOnceAndInTime() throws Exception {
        Together.tell(this::sleepsAndWakes, this::changesItsCard, this::takesAnothersAddress, this::stays);
        assertThat(served.deviceEvents(mac(40)))
                .as("who was there all the time")
                .containsExactly("device.discovered");
        assertThat(security()).as("one conflict, and nothing else").hasSize(1);
    }

    private static String mac(int number) {
        return "02:00:00:00:77:%02x".formatted(number);
    }

    private static String address(int number) {
        return "192.168.77." + number;
    }

    private Guest guest(int number) throws Exception {
        Guest guest = network.guest(folder, "guest" + number, Namespaces.CLIENT_INTERFACE, mac(number));
        guest.take(address(number) + "/24");
        return guest;
    }

    private void stays() throws Exception {
        guest(40);
        served.deviceEvent("device.discovered", mac(40));
    }

    private void sleepsAndWakes() throws Exception {
        Guest phone = guest(10);
        Told discovered = served.deviceEvent("device.discovered", mac(10));
        assertThat(addresses(discovered)).contains(address(10));
        phone.unplug();
        awaitEvents(mac(10), "device.discovered", "device.offline");
        inTime(served.deviceEvent("device.offline", mac(10)));
        phone.plugIn();
        Instant woken = Instant.now();
        phone.announce(address(10));
        awaitEvents(mac(10), "device.discovered", "device.offline", "device.online");
        assertThat(Duration.between(woken, at(served.deviceEvent("device.online", mac(10)))))
                .isLessThan(SLACK);
    }

    /** Not before it was silent for so long, and not much after. */
    private static void inTime(Told offline) {
        Instant since = Instant.parse(offline.body().path("since").asString());
        assertThat(Duration.between(since, at(offline))).isBetween(OFFLINE_AFTER, OFFLINE_AFTER.plus(SLACK));
    }

    private static Instant at(Told told) {
        return Instant.parse(told.body().path("at").asString());
    }

    /** The address is another device's from now on, which is no conflict; the one that is gone is told to be. */
    private void changesItsCard() throws Exception {
        Guest laptop = guest(20);
        served.deviceEvent("device.discovered", mac(20));
        network.plugIn(laptop.namespace(), Namespaces.CLIENT_INTERFACE, mac(21));
        laptop.take(address(20) + "/24");
        laptop.announce(address(20));
        served.deviceEvent("device.discovered", mac(21));
        Told changed = served.deviceEvent("device.changed", mac(20));
        assertThat(changed.body().path("changed").toString()).isEqualTo("[\"addresses\"]");
        inTime(served.deviceEvent("device.offline", mac(20)));
        assertThat(served.deviceEvents(mac(20)))
                .containsExactly("device.discovered", "device.changed", "device.offline");
        assertThat(served.deviceEvents(mac(21))).containsExactly("device.discovered");
    }

    private void takesAnothersAddress() throws Exception {
        guest(30);
        Guest thief = guest(31);
        served.deviceEvent("device.discovered", mac(30));
        served.deviceEvent("device.discovered", mac(31));
        thief.take(address(30) + "/24");
        Instant taken = Instant.now();
        thief.announce(address(30));
        await("the conflict")
                .atMost(ServedNetwork.PATIENCE_S, SECONDS)
                .until(() -> !security().isEmpty());
        Told conflict = security().getFirst();
        assertThat(conflict.type()).isEqualTo("security.arp-conflict");
        assertThat(conflict.body().path("address").asString()).isEqualTo(address(30));
        assertThat(Set.of(
                        conflict.body().path("now").path("mac").asString(),
                        conflict.body().path("before").path("mac").asString()))
                .containsExactlyInAnyOrder(mac(30), mac(31));
        assertThat(Duration.between(taken, at(conflict))).isLessThan(SLACK);
    }

    private List<Told> security() {
        return served.tape().all().stream()
                .filter(told -> told.type().startsWith("security."))
                .toList();
    }

    private static List<String> addresses(Told told) {
        return told.body()
                .path("device")
                .path("addresses")
                .valueStream()
                .map(one -> one.path("address").asString())
                .toList();
    }

    private void awaitEvents(String mac, String... types) {
        await("events of " + mac)
                .atMost(2 * ServedNetwork.PATIENCE_S, SECONDS)
                .untilAsserted(() -> assertThat(served.deviceEvents(mac)).containsExactly(types));
    }
}
