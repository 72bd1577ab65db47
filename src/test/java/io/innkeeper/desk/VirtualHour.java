package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.arp.ArpFinding;
import io.innkeeper.arp.ArpScanner;
import io.innkeeper.arp.ArpStatistics;
import io.innkeeper.arp.Hearing;
import io.innkeeper.arp.HearingSink;
import io.innkeeper.arp.ScanWorld;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Prober;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventDraft;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The roll call as the program has it, on a {@link VirtualLink}: the scanner with its plan and its watch, and what is decided of
 * whom it hears: devices, presence, events. All of it happens on the scanner's thread, so the same seed makes the same hour.
 */
final class VirtualHour implements HearingSink {
    static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    static final int LENGTH_S = 3_600;

    /** 192.168.1.0 */
    static final int NETWORK = 0xc0a80100;

    static final int GATEWAY = NETWORK + 1;
    private static final int OURS = NETWORK + 2;

    final VirtualLink link;
    final List<EventDraft> events = new ArrayList<>();
    final List<ArpFinding> findings = new ArrayList<>();
    private final List<VirtualHost> hosts = new ArrayList<>();
    private final List<Signs.Silence> silences = new ArrayList<>();
    private final Attendance attendance = Attendance.empty();
    private final Decisions decisions = new Decisions(
            new LeaseBook(List.of()),
            new DeviceTable(List.of(), 1_000),
            attendance,
            _ -> Optional.empty(),
            () -> 1_000,
            _ -> null);
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private final ArpScanner scanner;
    private final Samples samples;

    VirtualHour(Samples samples) {
        this.samples = samples;
        link = new VirtualLink(samples);
        link.hosts((to, packet) -> hosts.forEach(host -> host.hears(to, packet)));
        link.endsAt(LENGTH_S * VirtualLink.SECOND);
        ScanWorld world = new ScanWorld(
                link,
                List::of,
                VirtualHour::networks,
                () -> Set.of(IpAddress.v4(GATEWAY)),
                link::nowNanos,
                () -> START.plusNanos(link.nowNanos()));
        scanner = new ArpScanner(world, config(), this, findings::add, new Uncounted(), end::complete);
        attendance.prober(new Asking());
    }

    /** The times are those that a user has who says nothing. */
    private static ArpConfig config() {
        return new ArpConfig(
                List.of("eth0"),
                List.of(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                20,
                3,
                false,
                List.of(),
                List.of());
    }

    private static LocalNetworks networks() {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01").orElseThrow();
        LocalNetworks.Address address = new LocalNetworks.Address(IpAddress.v4(OURS), 24);
        return new LocalNetworks(Map.of(
                VirtualLink.INDEX,
                new LocalNetworks.Interface(VirtualLink.INDEX, "eth0", mac, true, false, List.of(address))));
    }

    /** One more machine, which is not there yet. */
    VirtualHost host(int number, boolean sleepy) {
        VirtualHost made = new VirtualHost(link, samples, number, sleepy);
        hosts.add(made);
        return made;
    }

    /** Lets the hour pass. */
    void pass() {
        link.at(VirtualLink.SECOND, this::everySecond);
        scanner.start();
        Throwable how = end.orTimeout(60, TimeUnit.SECONDS).join();
        if (!(how instanceof VirtualLink.OverException)) {
            throw new AssertionError("it broke at second " + link.nowNanos() / VirtualLink.SECOND, how);
        }
        scanner.close();
    }

    private void everySecond() {
        decide(decisions.look(List.copyOf(silences), now()));
        silences.clear();
        link.at(link.nowNanos() + VirtualLink.SECOND, this::everySecond);
    }

    private Instant now() {
        return START.plusNanos(link.nowNanos()).truncatedTo(ChronoUnit.MILLIS);
    }

    private void decide(Outcome outcome) {
        events.addAll(outcome.events);
        attendance.ask(outcome.questions);
    }

    @Override
    public void heard(List<Hearing> batch) {
        List<Sighting> sightings = batch.stream()
                .map(one -> new Sighting(
                        one.mac(), one.address(), null, "arp/" + one.interfaceName(), Evidence.ARP, Map.of()))
                .toList();
        decide(decisions.seen(sightings, now()));
    }

    @Override
    public void silent(MacAddress mac, IpAddress address) {
        silences.add(new Signs.Silence(mac, address));
    }

    private final class Asking implements Prober {
        @Override
        public void ask(MacAddress mac, IpAddress address) {
            assertThat(scanner.ask(mac, address, 1)).isTrue();
        }

        @Override
        public boolean reaches(IpAddress address) {
            return scanner.reaches(address);
        }
    }

    private static final class Uncounted implements ArpStatistics {
        @Override
        public void sent(int sent, int failed) {
            assertThat(failed).isZero();
        }

        @Override
        public void heard(Hearing.Kind kind) {
            // What is told counts here.
        }

        @Override
        public void malformed() {
            throw new AssertionError("a frame that nobody can read");
        }
    }
}
