package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.feed.ClientEvent;
import io.innkeeper.feed.ClientReport;
import io.innkeeper.feed.ClientWord;
import io.innkeeper.feed.MsgType;
import io.innkeeper.feed.ReadPlace;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.store.Database;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.ReadPlaces;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.wire.net.IpAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients tell is stored together: in its order, each word told of once and after that, and no word lost for another. */
@Timeout(60)
class ClientDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final LeaseSource WAN = LeaseSource.rdk("wan0");

    @TempDir
    private Path folder;

    /** How many words each commit had. */
    private final List<Integer> together = new CopyOnWriteArrayList<>();

    /** What was stored, by number, in the order in which it was said. */
    private final List<Integer> stored = new CopyOnWriteArrayList<>();

    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private Database database;
    private EventLog log;
    private Desk desk;

    private final class Counts implements DeskStatistics {
        @Override
        public void reportTaken() {}

        @Override
        public void committed(long nanos, List<EventDraft> told) {}

        @Override
        public void together(int words) {
            together.add(words);
        }

        @Override
        public void commitFailed() {
            failed.incrementAndGet();
        }

        @Override
        public void workFailed() {
            broken.incrementAndGet();
        }

        @Override
        public void sightingsDropped(int count) {}
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("x.db"));
        log = new EventLog(0, 10_000);
        desk = new Desk(
                new LeaseBook(List.of()),
                new DeviceTable(List.of(), 100),
                Attendance.empty(),
                () -> 100,
                mac -> null,
                log,
                new Ledger(database, mac -> null),
                new ReservationStore(database),
                () -> NOW,
                new Counts(),
                Desk.Limits.USUAL);
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
        database.close();
    }

    private CompletableFuture<Boolean> hold() {
        CompletableFuture<Boolean> hold = new CompletableFuture<>();
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        desk.inTurn(() -> {
            held.complete(true);
            hold.join();
        });
        assertThat(held.join()).isTrue();
        return hold;
    }

    /** A lease for so many seconds more, and what is published of it. */
    private ClientWord word(int number) {
        return word(number, Map.of());
    }

    private ClientWord word(int number, Map<String, Object> info) {
        LeaseFact fact = new LeaseFact(
                IpAddress.v4(0x0a000001),
                null,
                null,
                null,
                Expiry.at(NOW.plusSeconds(1_000 + number)),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of("number", String.valueOf(number)));
        ClientReport report = new ClientReport(
                WAN,
                List.of(new LeaseReport(WAN, List.of(fact), Set.of(), "plugin")),
                List.of(new ClientEvent(MsgType.RENEW, NOW, "wan0", 4, info)),
                List.of(new ReadPlace("rdk2/test/wan0", String.valueOf(number))));
        return new ClientWord(report, () -> said(number));
    }

    /** What JSON cannot be made of. */
    private static final class Unspeakable extends AbstractMap<String, String> {
        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            throw new IllegalStateException("a bug");
        }
    }

    private void said(int number) {
        assertThat(log.newest()).isGreaterThanOrEqualTo(2L * number);
        assertThat(new EventQueries(database).newest()).isGreaterThanOrEqualTo(2L * number);
        stored.add(number);
    }

    private List<ClientWord> words(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(this::word).toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private List<Event> events() {
        try {
            return log.await(0, 10_000, 1_000, () -> false).events();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void sql(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWaitsIsStoredTogetherInItsOrder() throws InterruptedException {
        CompletableFuture<Boolean> hold = hold();
        desk.clients(words(1, 100));
        desk.clients(word(101).report(), word(101).stored());
        desk.clients(words(102, 600));
        hold.complete(true);
        await().until(() -> stored.size() == 600);
        assertThat(stored).isEqualTo(numbers(1, 600));
        assertThat(together).hasSizeLessThan(3);
        List<Event> events = events();
        assertThat(events).hasSize(1_200);
        for (int i = 1; i <= 600; i++) {
            assertThat(events.get(2 * i - 2).json()).contains("\"number\":\"" + i + "\"");
            assertThat(events.get(2 * i - 1).type()).isEqualTo(EventType.WAN_RENEW);
        }
        assertThat(new LeaseQueries(database)
                        .all(LeaseSource.RDK)
                        .getFirst()
                        .fact()
                        .details())
                .containsEntry("number", "600");
        assertThat(new ReadPlaces(database).of("rdk2/test/wan0")).contains("600");
    }

    @Test
    void otherWorkKeepsItsPlace() throws InterruptedException {
        CompletableFuture<Boolean> hold = hold();
        List<Integer> seen = new ArrayList<>();
        desk.clients(words(1, 10));
        desk.inTurn(() -> seen.addAll(stored));
        desk.clients(words(11, 20));
        hold.complete(true);
        await().until(() -> stored.size() == 20);
        assertThat(seen).isEqualTo(numbers(1, 10));
        assertThat(together).containsExactly(10, 10);
    }

    @Test
    void whatCannotBeStoredIsTriedAgainAndToldOnce() throws InterruptedException {
        sql("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        desk.clients(words(1, 50));
        await().until(() -> failed.get() >= 2);
        assertThat(stored).isEmpty();
        assertThat(log.newest()).isZero();
        assertThat(new ReadPlaces(database).of("rdk2/test/wan0")).isEmpty();
        sql("DROP TRIGGER full");
        await().until(() -> stored.size() == 50);
        assertThat(stored).isEqualTo(numbers(1, 50));
        assertThat(events()).hasSize(100);
        assertThat(together).containsExactly(50);
    }

    @Test
    void aFaultOfOneWordLosesNoOther() throws InterruptedException {
        CompletableFuture<Boolean> hold = hold();
        desk.clients(List.of(word(1), word(2, Map.of("lease", new Unspeakable()))));
        ClientWord deaf = word(3);
        desk.clients(List.of(
                new ClientWord(deaf.report(), () -> {
                    throw new IllegalStateException("a bug");
                }),
                new ClientWord(word(4).report(), () -> stored.add(4))));
        hold.complete(true);
        await().until(() -> stored.contains(4));
        assertThat(stored).containsExactly(1, 4);
        assertThat(broken).hasValue(2);
        assertThat(events())
                .extracting(Event::type)
                .containsExactly(
                        EventType.LEASE_ADDED,
                        EventType.WAN_RENEW,
                        EventType.LEASE_RENEWED,
                        EventType.WAN_RENEW,
                        EventType.LEASE_RENEWED,
                        EventType.WAN_RENEW);
    }

    @Test
    void whatIsNotStoredAtTheEndIsNeverSaidToBe() throws InterruptedException {
        sql("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        desk.clients(words(1, 300));
        await().until(() -> desk.trouble() != null);
        desk.close();
        assertThat(stored).isEmpty();
        assertThat(log.newest()).isZero();
    }

    @Test
    void closingStoresWhatWaits() throws InterruptedException {
        CompletableFuture<Boolean> hold = hold();
        desk.clients(words(1, 1_000));
        hold.complete(true);
        desk.close();
        assertThat(stored).isEqualTo(numbers(1, 1_000));
    }

    @Test
    void whereTooManyWaitTheirSenderWaits() throws InterruptedException {
        CompletableFuture<Boolean> hold = hold();
        AtomicInteger handed = new AtomicInteger();
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    desk.clients(words(100 * i + 1, 100 * i + 100));
                    handed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> sender.getState() == Thread.State.WAITING);
        assertThat(handed.get()).isEqualTo(ClientDesk.WORDS / 100);
        hold.complete(true);
        await().until(() -> stored.size() == 10_000);
        assertThat(stored).isEqualTo(numbers(1, 10_000));
        assertThat(together).allMatch(words -> words < ClientDesk.WORDS_A_COMMIT + 100);
    }
}
