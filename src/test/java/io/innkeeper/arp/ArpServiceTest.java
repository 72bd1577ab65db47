package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.Neighbor;
import io.innkeeper.io.TestingLinkPort;
import io.innkeeper.service.Command;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.CommandSpec;
import io.innkeeper.service.ErrorKind;
import io.innkeeper.service.Health;
import io.innkeeper.service.OwnCommand;
import io.innkeeper.service.ServiceException;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service and its loop, on a port without a network and in a time that stands still. */
@Timeout(60)
class ArpServiceTest {
    private static final long MS = 1_000_000L;
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

    private final TestingLinkPort port = new TestingLinkPort();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Hearing> heard = new CopyOnWriteArrayList<>();
    private final List<ArpFinding> findings = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile LocalNetworks networks =
            new LocalNetworks(Map.of(2, ScopeTest.link(2, "eth0", mac(99), "192.168.1.5/24", "fe80::99/64")));
    private final ArpService service = new ArpService(listener -> new World(new ArpScanner(
            new ScanWorld(
                    port,
                    () -> List.of(new Neighbor(2, ip("192.168.1.200"), mac(200), true, false)),
                    () -> networks,
                    Set::of,
                    nanos::get,
                    () -> NOW),
            ScopeTest.config(List.of("eth0")),
            new Ears(),
            findings::add,
            new Uncounted(),
            failures::add)));

    private record World(ArpScanner scanner) implements ArpService.World {
        @Override
        public void close() {
            scanner.close();
        }
    }

    private final class Ears implements HearingSink {
        @Override
        public void heard(List<Hearing> batch) {
            heard.addAll(batch);
        }

        @Override
        public void silent(MacAddress mac, IpAddress address) {
            throw new AssertionError("nobody was asked");
        }
    }

    private static final class Uncounted implements ArpStatistics {
        @Override
        public void sent(int sent, int failed) {
            // Seen at the port.
        }

        @Override
        public void heard(Hearing.Kind kind) {
            // Seen at the sink.
        }

        @Override
        public void malformed() {
            // Nothing is handed on.
        }
    }

    @BeforeEach
    void start() throws Exception {
        service.start(failures::add);
    }

    @AfterEach
    void close() {
        service.close();
        assertThat(port.isClosed()).isTrue();
        assertThat(failures).isEmpty();
    }

    private void deliver(ArpPacket packet) {
        byte[] frame = new byte[ArpPacket.FRAME];
        packet.writeFrame(frame);
        port.deliver(frame, 2, FrameBatch.Kind.BROADCAST);
    }

    private CommandResponse command(String name, Map<String, Object> args) {
        Command command = new Command(name, args);
        for (OwnCommand one : service.commands()) {
            if (one.spec().name().equals(name)) {
                return switch (one.spec().check(command)) {
                    case CommandSpec.Wrong wrong -> CommandResponse.wrong(wrong.problems());
                    case CommandSpec.Right right -> run(one, right);
                };
            }
        }
        throw new AssertionError("no such command: " + name);
    }

    private static CommandResponse run(OwnCommand one, CommandSpec.Right right) {
        try {
            return one.action().run(right.arguments());
        } catch (ServiceException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> data(String name, Map<String, Object> args) {
        CommandResponse response = command(name, args);
        assertThat(response.succeeded()).as("%s", response).isTrue();
        return java.util.Objects.requireNonNull(response.data());
    }

    @Test
    void devicesThatWereHeardAndThoseOfTheKernelAreListed() throws Exception {
        assertThat(port.nextSent().interfaceIndex()).isEqualTo(2);
        deliver(ArpPacket.request(
                mac(7), ip("192.168.1.7").v4Bits(), ip("192.168.1.1").v4Bits()));
        deliver(ArpPacket.probe(mac(8), ip("192.168.1.8").v4Bits()));
        deliver(ArpPacket.request(mac(99), ip("192.168.1.5").v4Bits(), 1));
        await().until(() -> heard.size() >= 3);
        assertThat(heard)
                .extracting(Hearing::kind)
                .containsExactlyInAnyOrder(Hearing.Kind.KERNEL, Hearing.Kind.ARP_REQUEST, Hearing.Kind.ARP_PROBE);
        assertThat(data("get_devices", Map.of()))
                .isEqualTo(Map.of(
                        "devices",
                        List.of(
                                Map.of("mac", mac(7).toString(), "ip", "192.168.1.7", "last_seen", 1_795_262_400.25),
                                Map.of(
                                        "mac",
                                        mac(200).toString(),
                                        "ip",
                                        "192.168.1.200",
                                        "last_seen",
                                        1_795_262_400.25))));
    }

    @Test
    void theSameIsHandedOnOnce() {
        for (int i = 0; i < 100; i++) {
            deliver(ArpPacket.announcement(mac(7), ip("192.168.1.7").v4Bits()));
        }
        deliver(ArpPacket.announcement(mac(8), ip("192.168.1.8").v4Bits()));
        await().until(() -> heard.stream().anyMatch(one -> one.mac().equals(mac(8))));
        assertThat(heard.stream().filter(one -> one.mac().equals(mac(7)))).hasSize(1);
    }

    @Test
    void theIntervalCanBeSet() {
        assertThat(data("set_scan_interval", Map.of("interval", 30))).isEqualTo(Map.of("new_interval", 30L));
        assertThat(data("set_scan_interval", Map.of("interval", "45"))).isEqualTo(Map.of("new_interval", 45L));
    }

    @ParameterizedTest
    @CsvSource({
        "set_scan_interval, interval, 4",
        "set_scan_interval, interval, 86401",
        "set_scan_interval, interval, soon",
        "set_scan_interval, intervall, 30",
        "set_scan_interval, interval, -1",
        "scan_now, rate, 0",
        "scan_now, rate, fast",
        "scan_now, rate, 100001",
        "scan_now, unlimited, perhaps"
    })
    void whatMakesNoSenseIsAnErrorThatSaysWhatDoes(String name, String argument, String value) {
        CommandResponse response = command(name, Map.of(argument, value));
        assertThat(response.succeeded()).isFalse();
        assertThat(response.kind()).isEqualTo(ErrorKind.COMMAND);
        assertThat(response.message()).contains(argument);
    }

    @Test
    void aScanTellsHowFarItIs() {
        assertThat(data("scan_now", Map.of("unlimited", true)))
                .isEqualTo(Map.of("rate", "unlimited", "addresses", 254));
        // Neither this machine nor whom the kernel knows; one more where the routine had begun before.
        await().until(() -> port.waiting() >= 252);
        await().until(() ->
                String.valueOf(service.health().detail().get("scan")).contains("running=true"));
        Map<String, Object> status = service.health().detail();
        assertThat(status).containsKeys("interfaces", "addresses", "found", "rate", "paused", "sent", "lost");
        assertThat(status.get("scan"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("running", true)
                .containsEntry("addresses", 253);
    }

    @Test
    void whilePausedNothingIsSentAndNobodyAsked() throws Exception {
        assertThat(data("pause", Map.of())).isEqualTo(Map.of("paused", true));
        assertThat(command("scan_now", Map.of()).succeeded()).isFalse();
        int before = port.waiting();
        nanos.addAndGet(10_000 * MS);
        await().until(() -> Boolean.TRUE.equals(service.health().detail().get("paused")));
        assertThat(service.ask(mac(7), ip("192.168.1.7"), 1)).isFalse();
        assertThat(port.waiting()).isEqualTo(before);
        assertThat(data("resume", Map.of())).isEqualTo(Map.of("paused", false));
        nanos.addAndGet(10_000 * MS);
        deliver(ArpPacket.announcement(mac(7), ip("192.168.1.7").v4Bits()));
        await().until(() -> port.waiting() > before);
    }

    @Test
    void healthSaysWhatIsMissing() {
        await().until(() -> service.health().level() == Health.Level.OK
                && service.health().message().contains("eth0"));
        networks = new LocalNetworks(Map.of());
        nanos.addAndGet(1_000 * MS);
        service.adjust(ScopeTest.config(List.of("eth0")));
        await().until(() -> service.health().level() == Health.Level.DEGRADED);
        assertThat(service.health().message()).contains("eth0");
    }

    @Test
    void aConflictIsTold() {
        deliver(ArpPacket.announcement(mac(7), ip("192.168.1.7").v4Bits()));
        deliver(ArpPacket.announcement(mac(8), ip("192.168.1.7").v4Bits()));
        deliver(ArpPacket.announcement(mac(7), ip("192.168.1.7").v4Bits()));
        await().until(() -> !findings.isEmpty());
        assertThat(findings.getFirst().what()).isEqualTo(ArpFinding.What.CONFLICT);
    }
}
