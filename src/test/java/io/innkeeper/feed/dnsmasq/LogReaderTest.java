package io.innkeeper.feed.dnsmasq;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.Sighting;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.LeaseSink;
import io.innkeeper.feed.LogReport;
import io.innkeeper.io.FolderWatch;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:05:30Z");
    private static final int LINES = 400;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private @Nullable FolderWatch watch;

    @BeforeEach
    void open() throws Exception {
        watch = new FolderWatch();
    }

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
        assertThat(failures).isEmpty();
    }

    /** What lasts: takes a report as a whole or, once the program is dead, not at all. */
    private static final class Store implements LeaseSink {
        final List<String> told = new ArrayList<>();
        final Map<String, String> places = new HashMap<>();
        private final LeaseBook book = new LeaseBook(List.of());
        private int left = Integer.MAX_VALUE;

        synchronized void dieAfter(int reports) {
            left = reports;
        }

        synchronized boolean isDead() {
            return left <= 0;
        }

        synchronized List<String> told() {
            return List.copyOf(told);
        }

        synchronized @Nullable String place(String reader) {
            return places.get(reader);
        }

        synchronized List<Lease> leases() {
            return book.of(LeaseSource.dnsmasq("home"));
        }

        @Override
        public synchronized void report(LeaseReport report) {
            if (left-- > 0) {
                take(report);
            }
        }

        private void take(LeaseReport report) {
            List<LeaseChange> changes = book.decide(report, NOW);
            book.apply(changes);
            changes.stream()
                    .filter(change -> !(change instanceof LeaseChange.Completed))
                    .forEach(change -> told.add(change.getClass().getSimpleName() + " "
                            + change.lease().address()));
        }

        @Override
        public void clients(ClientReport report, Runnable stored) {
            throw new AssertionError("a dnsmasq has no clients of this machine");
        }

        @Override
        public synchronized void heard(LogReport report) {
            if (left-- > 0) {
                report.messages()
                        .forEach(message -> told.add(report.via() + " "
                                + message.kind().text() + " " + message.transaction() + " " + message.mac()));
                report.leases().forEach(this::take);
                report.places().forEach(place -> places.put(place.reader(), place.place()));
            }
        }

        @Override
        public void seen(Sighting sighting) {}

        @Override
        public void reserved(LeaseSource source, List<Reservation> reservations) {}
    }

    private DnsmasqFeed feed(Store store, @Nullable QueryLineSink queries, Set<Witness> listening) {
        DnsmasqFeed.Settings settings =
                new DnsmasqFeed.Settings("home", null, List.of(), folder.resolve("ethers"), Duration.ofMillis(100));
        DnsmasqFeed feed = new DnsmasqFeed(
                settings,
                store.leases(),
                store,
                Objects.requireNonNull(watch),
                InstantSource.fixed(NOW),
                List::of,
                queries);
        feed.listening(() -> listening);
        feed.start(failures::add);
        return feed;
    }

    /** Clients who come and go, each message with its details where the log tells transactions. */
    private static List<String> lines(boolean logDhcp) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; lines.size() < LINES; i++) {
            String xid = logDhcp ? (1_000 + i) + " " : "";
            String mac = "02:00:00:00:00:%02x".formatted(i % 20);
            String address = "10.0.0." + (i % 20 + 1);
            if (logDhcp) {
                lines.add(xid + "vendor class: udhcp");
            }
            lines.add(xid + "DHCPREQUEST(lan) " + address + " " + mac);
            lines.add(xid + "DHCPACK(lan) " + address + " " + mac + " host");
            if (logDhcp) {
                lines.add(xid + "requested options: 1:netmask");
                lines.add(xid + "sent size:  4 option: 51 lease-time  1h");
            }
            if (i % 3 == 0) {
                lines.add((logDhcp ? (5_000 + i) + " " : "") + "DHCPRELEASE(lan) " + address + " " + mac);
            }
        }
        return lines;
    }

    private static byte[] bytes(List<String> lines) {
        return lines.stream()
                .map(line -> "Nov 21 20:05:12 dnsmasq-dhcp[77]: " + line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void take(DnsmasqFeed feed, Witness by, List<String> lines, @Nullable String place)
            throws InterruptedException {
        byte[] bytes = bytes(lines);
        feed.logs().take(by, bytes, 0, bytes.length, place);
    }

    private List<String> atOnce(List<String> lines) throws InterruptedException {
        Store store = new Store();
        try (DnsmasqFeed feed = feed(store, null, Set.of())) {
            take(feed, Witness.LOG, lines, String.valueOf(lines.size()));
            awaitPlace(store, lines.size());
        }
        return store.told();
    }

    private static void awaitPlace(Store store, int place) {
        await().atMost(20, SECONDS).until(() -> String.valueOf(place).equals(store.place("dnsmasq/home/log")));
    }

    @Test
    void whateverIsKilledNoLineIsToldTwiceAndNoneIsLost() throws InterruptedException {
        exactlyOnce(lines(false), 1);
    }

    @Test
    void alsoWhereManyLinesAreOneMessage() throws InterruptedException {
        exactlyOnce(lines(true), 2);
    }

    private void exactlyOnce(List<String> lines, int seed) throws InterruptedException {
        List<String> expected = atOnce(lines);
        assertThat(expected).hasSizeGreaterThan(LINES / 4);
        Random random = new Random(seed);
        Store store = new Store();
        int lives = 0;
        while (!String.valueOf(lines.size()).equals(store.place("dnsmasq/home/log"))) {
            store.dieAfter(1 + random.nextInt(4));
            assertThat(++lives).as("it goes on").isLessThan(1_000);
            try (DnsmasqFeed feed = feed(store, null, Set.of())) {
                liveOn(feed, store, lines, random);
            }
        }
        assertThat(lives).isGreaterThan(5);
        // In which order, depends on where pieces end.
        assertThat(store.told()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void liveOn(DnsmasqFeed feed, Store store, List<String> lines, Random random) throws InterruptedException {
        String place = store.place("dnsmasq/home/log");
        int from = place == null ? 0 : Integer.parseInt(place);
        while (from < lines.size() && !store.isDead()) {
            int to = Math.min(lines.size(), from + 1 + random.nextInt(15));
            take(feed, Witness.LOG, lines.subList(from, to), String.valueOf(to));
            from = to;
            if (to == lines.size() || random.nextInt(3) == 0) {
                await().atMost(20, SECONDS)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> store.isDead() || String.valueOf(to).equals(store.place("dnsmasq/home/log")));
            }
        }
    }

    @Test
    void aPlaceWithoutLinesIsKeptAtOnce() throws InterruptedException {
        Store store = new Store();
        try (DnsmasqFeed feed = feed(store, null, Set.of())) {
            feed.logs().take(Witness.LOG, new byte[0], 0, 0, "0");
            awaitPlace(store, 0);
        }
    }

    @Test
    void oneSpeaksForMessagesWhereSeveralCarryTheLog() throws InterruptedException {
        Store store = new Store();
        List<String> lines =
                List.of("DHCPREQUEST(lan) 10.0.0.1 02:00:00:00:00:01", "DHCPDISCOVER(lan) 02:00:00:00:00:02");
        try (DnsmasqFeed feed = feed(store, null, Set.of(Witness.LOG, Witness.JOURNAL, Witness.SYSLOG))) {
            take(feed, Witness.SYSLOG, lines, null);
            take(feed, Witness.JOURNAL, lines, "j");
            take(feed, Witness.LOG, lines, "2");
            awaitPlace(store, 2);
        }
        assertThat(store.told())
                .containsExactly("log request null 02:00:00:00:00:01", "log discover null 02:00:00:00:00:02");
    }

    @Test
    void whoStandsInForAnotherIsNotRepeatedWhenThatOneIsBack() throws InterruptedException {
        Store store = new Store();
        List<String> lines = List.of("DHCPDISCOVER(lan) 02:00:00:00:00:02");
        Set<Witness> listening = EnumSet.of(Witness.SYSLOG);
        try (DnsmasqFeed feed = feed(store, null, listening)) {
            take(feed, Witness.SYSLOG, lines, null);
            take(feed, Witness.LOG, lines, "1");
            awaitPlace(store, 1);
        }
        assertThat(store.told()).containsExactly("syslog discover null 02:00:00:00:00:02");
    }

    @Test
    void questionsGoToWhomTheyConcern() throws InterruptedException {
        Store store = new Store();
        List<LogEntry> heard = new CopyOnWriteArrayList<>();
        byte[] bytes = """
                Nov 21 20:05:12 dnsmasq[77]: query[A] example.org from 10.0.0.1
                Nov 21 20:05:12 sshd[1]: query[A] example.org from 10.0.0.1
                Nov 21 20:05:12 dnsmasq[77]: cached example.org is 1.2.3.4
                Nov 21 20:05:12 dnsmasq[77]: read /etc/hosts - 6 names
                """.getBytes(StandardCharsets.UTF_8);
        QueryLineSink queries = (entry, atMs, pid) -> {
            assertThat(pid).isEqualTo(77);
            heard.add(entry);
        };
        try (DnsmasqFeed feed = feed(store, queries, Set.of(Witness.LOG))) {
            feed.logs().take(Witness.LOG, bytes, 0, bytes.length, "1");
            feed.logs().take(Witness.SYSLOG, bytes, 0, bytes.length, null);
        }
        assertThat(heard).hasSize(2);
        assertThat(heard.getFirst()).isInstanceOf(LogEntry.QueryLine.class);
    }
}
