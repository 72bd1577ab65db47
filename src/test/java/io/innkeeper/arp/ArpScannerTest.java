package io.innkeeper.arp;

import static io.innkeeper.arp.TestingLan.ip;
import static io.innkeeper.arp.TestingLan.mac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.io.TestingLinkPort;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop alone, on a port without a network, in a time that the test moves. */
@Timeout(60)
class ArpScannerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ArpConfig EVERY_MINUTE = ScopeTest.config(List.of("eth0"));
    private static final ArpConfig EVERY_HALF_MINUTE = with(Duration.ofSeconds(30), List.of());

    private final TestingLinkPort port = new TestingLinkPort();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Hearing> heard = new CopyOnWriteArrayList<>();
    private final List<IpAddress> silent = new CopyOnWriteArrayList<>();
    private final List<ArpFinding> findings = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger gatewaysRead = new AtomicInteger();
    private volatile Set<IpAddress> gateways = Set.of();
    private volatile LocalNetworks networks = networks("eth0");
    private ArpScanner scanner = scanner(EVERY_MINUTE);

    private static ArpConfig with(Duration interval, List<MacAddress> proxies) {
        return new ArpConfig(
                List.of("eth0"), List.of(), interval, Duration.ofMinutes(10), 20, 3, true, proxies, List.of());
    }

    private static LocalNetworks networks(String name) {
        return new LocalNetworks(Map.of(2, ScopeTest.link(2, name, mac(99), "192.168.0.5/16")));
    }

    private ArpScanner scanner(ArpConfig config) {
        return new ArpScanner(
                new ScanWorld(port, List::of, () -> networks, this::readGateways, nanos::get, () -> NOW),
                config,
                new Ears(),
                findings::add,
                new Uncounted(),
                failures::add);
    }

    private Set<IpAddress> readGateways() {
        Set<IpAddress> read = gateways;
        gatewaysRead.incrementAndGet();
        return read;
    }

    private final class Ears implements HearingSink {
        @Override
        public void heard(List<Hearing> batch) {
            heard.addAll(batch);
        }

        @Override
        public void silent(MacAddress mac, IpAddress address) {
            silent.add(address);
        }
    }

    private static final class Uncounted implements ArpStatistics {
        @Override
        public void sent(int sent, int failed) {}

        @Override
        public void heard(Hearing.Kind kind) {}

        @Override
        public void malformed() {}
    }

    @AfterEach
    void close() {
        scanner.close();
        assertThat(failures).isEmpty();
    }

    private void claim(int number, String address) {
        byte[] frame = new byte[ArpPacket.FRAME];
        ArpPacket.announcement(mac(number), ip(address).v4Bits()).writeFrame(frame);
        port.deliver(frame, 2, FrameBatch.Kind.BROADCAST);
    }

    private int verifications() {
        return scanner.wish(plan -> scanner.verifications()).join();
    }

    /** Lets the scanner do something while it has more wishes than it takes. */
    private void whileTooMuchIsWished(Runnable work) {
        scanner.start();
        CompletableFuture<Boolean> hold = new CompletableFuture<>();
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        CompletableFuture<Boolean> waiting = scanner.wish(plan -> {
            held.complete(true);
            return hold.join();
        });
        assertThat(held.join()).isTrue();
        int taken = 0;
        while (scanner.ask(mac(7), ip("192.168.1.7"), 1)) {
            taken++;
        }
        assertThat(taken).isPositive();
        work.run();
        hold.complete(true);
        assertThat(waiting.join()).isTrue();
    }

    private void awaitStatus(Predicate<ScanStatus> wanted) {
        await().until(() -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return wanted.test(scanner.status());
        });
    }

    @Test
    void aConfigurationIsNotLostWhereTooMuchIsWished() {
        whileTooMuchIsWished(() -> scanner.config(EVERY_HALF_MINUTE));
        awaitStatus(status -> status.intervalMs() == 30_000);
    }

    @Test
    void norAreChangesOfTheLinks() {
        whileTooMuchIsWished(() -> {
            networks = networks("eth1");
            scanner.linksChanged();
        });
        awaitStatus(status -> status.complaints().stream().anyMatch(text -> text.contains("eth0")));
    }

    @Test
    void aChangeThatComesWhileItStartsIsNotLost() throws Exception {
        CompletableFuture<ArpService> self = new CompletableFuture<>();
        ArpService service = new ArpService(listener -> {
            self.join().adjust(EVERY_HALF_MINUTE);
            return new World(scanner);
        });
        self.complete(service);
        service.start(failures::add);
        await().until(() -> scanner.wish(plan -> plan.settings().interval()).join()
                == Duration.ofSeconds(30).toNanos());
        service.close();
    }

    private record World(ArpScanner scanner) implements ArpService.World {
        @Override
        public void close() {
            scanner.close();
        }
    }

    @Test
    void whatWasVerifiedIsForgotten() {
        scanner.start();
        for (int i = 1; i <= 200; i++) {
            claim(7, "192.168.1." + i);
            claim(20, "192.168.1." + i);
        }
        await().until(() -> verifications() == 200);
        for (int i = 1; i <= 100; i++) {
            claim(7, "192.168.1." + i);
        }
        await().until(() -> verifications() == 100);
        int turns = 0;
        while (verifications() > 0 && turns++ < 5_000) {
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
        }
        assertThat(verifications()).as("nobody answered").isZero();
        assertThat(silent).as("nobody else asked").isEmpty();
    }

    @Test
    void aGatewayOfLaterOnIsGuardedToo() {
        scanner.start();
        await().until(() -> gatewaysRead.get() >= 2);
        gateways = Set.of(ip("192.168.1.1"));
        int before = gatewaysRead.get();
        await().until(() -> {
            nanos.addAndGet(Duration.ofSeconds(61).toNanos());
            scanner.wish(plan -> true).join();
            return gatewaysRead.get() > before;
        });
        claim(1, "192.168.1.1");
        claim(20, "192.168.1.1");
        await().until(() -> !findings.isEmpty());
        assertThat(findings.getFirst().what()).isEqualTo(ArpFinding.What.GATEWAY_CHANGED);
    }

    @Test
    void whatAProxyAnswersForIsNotItsOwn() {
        scanner = scanner(with(Duration.ofSeconds(60), List.of(mac(9))));
        scanner.start();
        claim(9, "192.168.1.50");
        claim(9, "192.168.1.51");
        claim(7, "192.168.1.7");
        await().until(() -> heard.stream().anyMatch(one -> one.mac().equals(mac(7))));
        assertThat(heard.stream().filter(one -> one.mac().equals(mac(9))).map(one -> one.address() == null))
                .as("it is there, once, and at none of these addresses")
                .containsExactly(true);
    }
}
