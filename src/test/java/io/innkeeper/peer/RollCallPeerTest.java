package io.innkeeper.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.arp.ArpFinding;
import io.innkeeper.arp.ArpScanner;
import io.innkeeper.arp.ArpStatistics;
import io.innkeeper.arp.Hearing;
import io.innkeeper.arp.HearingSink;
import io.innkeeper.arp.ScanWorld;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.Gateways;
import io.innkeeper.io.LinuxLinkPort;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.Neighbor;
import io.innkeeper.io.NeighborTable;
import io.innkeeper.io.PacketFilter;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scanner on a cable with real machines that come, speak, change and misbehave. */
@Timeout(120)
class RollCallPeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIRST = "02:00:00:00:77:0a";
    private static final String SECOND = "02:00:00:00:77:0b";
    private static final String THIRD = "02:00:00:00:77:0c";

    private final List<Hearing> heard = new CopyOnWriteArrayList<>();
    private final List<String> silent = new CopyOnWriteArrayList<>();
    private final List<ArpFinding> findings = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Namespaces network = Namespaces.create("busybox");
    private final Path folder;
    private final Guest first;
    private final Guest second;

    RollCallPeerTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        open.add(network);
        first = network.guest(folder, "first", Namespaces.CLIENT_INTERFACE, FIRST);
        second = network.guest(folder, "second", Namespaces.CLIENT_INTERFACE, SECOND);
    }

    @BeforeEach
    void hostsAreThere() {
        first.take("192.168.77.10/24");
        second.take("192.168.77.11/24");
        await().until(() -> network.atServer(LocalNetworks::read)
                .byName(Namespaces.SERVER_INTERFACE)
                .orElseThrow()
                .up());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        assertThat(failures).isEmpty();
    }

    private static ArpConfig config() {
        return new ArpConfig(
                List.of(Namespaces.SERVER_INTERFACE),
                List.of(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                200,
                3,
                true,
                List.of(),
                List.of());
    }

    private ArpScanner scanner() throws Exception {
        return network.atServer(() -> {
            NeighborTable table = NeighborTable.open();
            open.add(table);
            LinuxLinkPort port = LinuxLinkPort.open(List.of(PacketFilter.arp(), PacketFilter.neighborDiscovery()), 0);
            ScanWorld world = new ScanWorld(
                    port, table::read, LocalNetworks::read, Gateways::read, System::nanoTime, InstantSource.system());
            ArpScanner scanner =
                    new ArpScanner(world, config(), new Ears(), findings::add, new Uncounted(), failures::add);
            open.add(scanner);
            scanner.start(); // its thread is where this one is
            return scanner;
        });
    }

    private final class Ears implements HearingSink {
        @Override
        public void heard(List<Hearing> batch) {
            heard.addAll(batch);
        }

        @Override
        public void silent(MacAddress mac, IpAddress address) {
            silent.add(mac + " " + address);
        }
    }

    private static final class Uncounted implements ArpStatistics {
        @Override
        public void sent(int sent, int failed) {
            assertThat(failed).isZero();
        }

        @Override
        public void heard(Hearing.Kind kind) {
            // The test looks at what was handed on.
        }

        @Override
        public void malformed() {
            // As above.
        }
    }

    private void awaitHeard(String mac, @Nullable String address) {
        awaitHeard(one -> one.mac().toString().equals(mac)
                && (address == null ? one.address() == null : address.equals(String.valueOf(one.address()))));
    }

    private void awaitHeard(Predicate<Hearing> which) {
        await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(which));
    }

    @Test
    void hostsAreFoundThatAreThereThatComeAndThatChangeTheirCard() throws Exception {
        scanner();
        awaitHeard(FIRST, "192.168.77.10");
        awaitHeard(SECOND, "192.168.77.11");
        Guest third = network.guest(folder, "third", Namespaces.CLIENT_INTERFACE, THIRD);
        third.take("192.168.77.12/24");
        awaitHeard(THIRD, "192.168.77.12");
        second.unplug();
        network.plugIn(second.namespace(), Namespaces.CLIENT_INTERFACE, "02:00:00:00:77:1b");
        second.take("192.168.77.11/24");
        awaitHeard("02:00:00:00:77:1b", "192.168.77.11");
        assertThat(findings).isEmpty();
        assertThat(silent).isEmpty();
    }

    @Test
    void aDeviceThatTakesAnothersAddressIsNoticedOnce() throws Exception {
        scanner();
        awaitHeard(FIRST, "192.168.77.10");
        awaitHeard(SECOND, "192.168.77.11");
        second.take("192.168.77.10/24");
        Programs.run(second.command(
                "sh", "-c", "\"$0\" arping -U -c 3 -I eth0 192.168.77.10 || true", Programs.find("busybox")));
        await().atMost(PATIENCE).until(() -> !findings.isEmpty());
        ArpFinding finding = findings.getFirst();
        assertThat(finding.what()).isEqualTo(ArpFinding.What.CONFLICT);
        assertThat(finding.address()).hasToString("192.168.77.10");
        assertThat(List.of(
                        finding.now().mac().toString(),
                        String.valueOf(
                                finding.before() == null
                                        ? null
                                        : finding.before().mac())))
                .containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(findings).hasSize(1);
    }

    @Test
    void whoSpeaksIsHeardAndWhoAsksForAFreeAddressToo() throws Exception {
        scanner();
        awaitHeard(FIRST, "192.168.77.10");
        Guest third = network.guest(folder, "third", Namespaces.CLIENT_INTERFACE, THIRD);
        Programs.run(third.command(
                "sh", "-c", "\"$0\" arping -D -c 1 -w 1 -I eth0 192.168.77.99 || true", Programs.find("busybox")));
        awaitHeard(THIRD, null);
        await().atMost(PATIENCE)
                .until(() -> !Namespaces.run(first.namespace(), "-6 address show dev eth0 scope link")
                        .isBlank());
        first.take("fd00:77::10/64");
        Programs.run(first.command(Programs.find("busybox"), "ping", "-6", "-c", "1", "-W", "10", "fd00:77::1"));
        awaitHeard(FIRST, "fd00:77::10");
    }

    @Test
    void aQuestionIsAnsweredOrItsSilenceIsTold() throws Exception {
        ArpScanner scanner = scanner();
        awaitHeard(FIRST, "192.168.77.10");
        heard.clear();
        MacAddress mac = MacAddress.parse(FIRST).orElseThrow();
        assertThat(scanner.ask(mac, IpAddress.parse("192.168.77.10").orElseThrow(), 2))
                .isTrue();
        awaitHeard(FIRST, "192.168.77.10");
        assertThat(scanner.ask(mac, IpAddress.parse("192.168.77.200").orElseThrow(), 1))
                .isTrue();
        IpAddress elsewhere = IpAddress.parse("203.0.113.1").orElseThrow();
        assertThat(scanner.reaches(elsewhere)).isFalse();
        assertThat(scanner.ask(mac, elsewhere, 1)).isTrue();
        await().atMost(PATIENCE).until(() -> silent.contains(FIRST + " 192.168.77.200"));
        assertThat(silent).as("what was never asked").doesNotContain(FIRST + " " + elsewhere);
    }

    @Test
    void theKernelTellsItsNeighbours() throws Exception {
        Programs.run(network.onServer(Programs.find("busybox"), "ping", "-c", "1", "-W", "10", "192.168.77.10"));
        List<Neighbor> neighbours = network.atServer(() -> {
            try (NeighborTable table = NeighborTable.open()) {
                return table.read();
            }
        });
        assertThat(neighbours)
                .anyMatch(one -> one.address().toString().equals("192.168.77.10")
                        && one.mac().toString().equals(FIRST)
                        && one.reachable());
    }

    @Test
    void withoutTheRightItSaysWhichOne() {
        assertThatThrownBy(() -> network.atServerAsNobody(
                        () -> LinuxLinkPort.open(List.of(PacketFilter.arp(), PacketFilter.neighborDiscovery()), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CAP_NET_RAW");
    }
}
