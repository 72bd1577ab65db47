package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.Reservation;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseFilter;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.Paging;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.StoreException;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.Json;
import io.innkeeper.view.LeaseView;
import io.innkeeper.view.ReservationView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DeskTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00.123456789Z");
    private static final LeaseSource HOME = LeaseSource.dnsmasq("home");
    private static final MacAddress NAS = MacAddress.parse("00:11:32:00:00:01").orElseThrow();
    private static final Paging ALL = new Paging(null, null, Paging.MAX_LIMIT);

    @TempDir
    private Path folder;

    private volatile Instant now = NOW;
    private volatile int maxDevices = 1_000_000;
    private final Counts counts = new Counts();
    private Database database;
    private EventLog log;
    private Desk desk;

    private static final class Counts implements DeskStatistics {
        final AtomicInteger reports = new AtomicInteger();
        final AtomicInteger committed = new AtomicInteger();
        final AtomicInteger events = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger broken = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();

        @Override
        public void reportTaken() {
            reports.incrementAndGet();
        }

        @Override
        public void committed(long nanos, List<EventDraft> told) {
            committed.incrementAndGet();
            events.addAndGet(told.size());
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
        public void sightingsDropped(int count) {
            dropped.addAndGet(count);
        }
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("x.db"));
        log = new EventLog(new EventQueries(database).newest(), 100_000);
        desk = new Desk(
                new LeaseBook(new LeaseQueries(database).all("dnsmasq")),
                new DeviceTable(new DeviceQueries(database).all(), maxDevices),
                Attendance.empty(),
                () -> maxDevices,
                mac -> mac.toString().startsWith("00:11:32") ? "Synology" : null,
                log,
                new Ledger(database, mac -> null),
                new ReservationStore(database),
                () -> now,
                counts,
                Desk.Limits.USUAL);
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
        database.close();
    }

    private static LeaseFact fact(String address, @Nullable MacAddress mac, @Nullable String hostname) {
        return new LeaseFact(
                IpAddress.parse(address).orElseThrow(),
                mac,
                null,
                hostname,
                Expiry.at(Instant.parse("2026-11-21T08:00:00Z")),
                null,
                false,
                Allocation.DYNAMIC,
                null,
                null,
                Map.of());
    }

    private static LeaseReport seen(LeaseFact... facts) {
        return new LeaseReport(HOME, List.of(facts), Set.of(), "file");
    }

    private static LeaseReport gone(String address) {
        return new LeaseReport(HOME, List.of(), Set.of(IpAddress.parse(address).orElseThrow()), "file");
    }

    private List<Event> awaitEvents(long count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> log.newest() >= count);
        List<Event> stored = new EventQueries(database).after(0, 1_000_000);
        assertThat(stored)
                .extracting(Event::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        return stored;
    }

    private List<LeaseView> leases() {
        return new LeaseQueries(database).list(LeaseFilter.ALL, ALL).items();
    }

    private static JsonNode json(Event event) {
        return Json.MAPPER.readTree(event.json());
    }

    @Test
    void aLeaseIsStoredAndToldWithItsDevice() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        List<Event> events = awaitEvents(2);
        assertThat(events).extracting(Event::type).containsExactly(EventType.LEASE_ADDED, EventType.DEVICE_DISCOVERED);
        assertThat(events).extracting(Event::subject).containsExactly("10.0.0.1", "00:11:32:00:00:01");
        JsonNode added = json(events.getFirst());
        assertThat(added.path("number").asLong()).isEqualTo(1);
        assertThat(added.path("type").asString()).isEqualTo("lease.added");
        assertThat(added.path("at").asString()).as("milliseconds, as stored").isEqualTo("2026-11-21T07:00:00.123Z");
        assertThat(added.path("via").asString()).isEqualTo("file");
        assertThat(added.path("lease").path("vendor").asString()).isEqualTo("Synology");
        assertThat(added.path("lease").path("startedAt").asString()).isEqualTo("2026-11-21T07:00:00.123Z");
        assertThat(json(events.getLast())
                        .path("device")
                        .path("addresses")
                        .get(0)
                        .path("address")
                        .asString())
                .isEqualTo("10.0.0.1");
        assertThat(leases())
                .singleElement()
                .satisfies(lease -> assertThat(lease.hostname()).isEqualTo("nas"));
        assertThat(new DeviceQueries(database).find(NAS).map(DeviceView::hostname))
                .contains("nas");
        assertThat(new LeaseQueries(database).history(null, null, null, ALL).items())
                .hasSize(1);
        assertThat(counts.reports).hasValue(1);
        assertThat(counts.committed).hasValue(1);
        assertThat(counts.events).hasValue(2);
    }

    @Test
    void theStoryOfALeaseIsToldInOrder() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        desk.report(new LeaseReport(HOME, List.of(), Set.of(), "file"));
        awaitEvents(2);
        now = NOW.plusSeconds(60);
        desk.report(seen(fact("10.0.0.1", NAS, "renamed")));
        desk.report(gone("10.0.0.1"));
        List<Event> events = awaitEvents(5);
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(
                        EventType.LEASE_ADDED,
                        EventType.DEVICE_DISCOVERED,
                        EventType.LEASE_CHANGED,
                        EventType.DEVICE_CHANGED,
                        EventType.LEASE_RELEASED);
        JsonNode changed = json(events.get(2));
        assertThat(changed.path("changed").toString()).isEqualTo("[\"hostname\"]");
        assertThat(changed.path("before").path("hostname").asString()).isEqualTo("nas");
        assertThat(changed.path("lease").path("hostname").asString()).isEqualTo("renamed");
        assertThat(json(events.get(4)).path("lease").path("state").asString()).isEqualTo("released");
        assertThat(json(events.get(4)).has("before")).isFalse();
        assertThat(leases()).isEmpty();
        assertThat(new LeaseQueries(database).history(null, null, null, ALL).items())
                .singleElement()
                .satisfies(binding -> {
                    assertThat(binding.hostname()).isEqualTo("renamed");
                    assertThat(binding.endReason()).isEqualTo("released");
                    assertThat(binding.endedAt()).isEqualTo(Instant.parse("2026-11-21T07:01:00.123Z"));
                });
        assertThat(new DeviceQueries(database).find(NAS).orElseThrow().addresses())
                .singleElement()
                .satisfies(address -> assertThat(address.current()).isFalse());
    }

    @Test
    void aBigReportGoesInPiecesAndComesOutWhole() throws InterruptedException {
        List<LeaseFact> facts = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            facts.add(fact("10.1." + i / 250 + "." + i % 250, null, "h" + i));
        }
        desk.report(new LeaseReport(HOME, facts, Set.of(), "file"));
        awaitEvents(2_500);
        assertThat(counts.committed).hasValue(3);
        assertThat(counts.reports).hasValue(1);
        Set<IpAddress> all = new HashSet<>();
        facts.forEach(one -> all.add(one.address()));
        // All go, and one of them comes back in the same breath: in the last piece, and still after the end of the
        // first.
        desk.report(new LeaseReport(HOME, facts.subList(1_400, 2_500), all, "file"));
        List<Event> events = awaitEvents(2_500 + 2_500 + 1_100);
        assertThat(events.subList(2_500, 5_000)).extracting(Event::type).containsOnly(EventType.LEASE_RELEASED);
        assertThat(events.subList(5_000, 6_100)).extracting(Event::type).containsOnly(EventType.LEASE_ADDED);
        assertThat(new LeaseQueries(database).counts().active()).isEqualTo(1_100);
    }

    private void sql(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatCannotBeStoredIsNotToldAndNotLost() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        awaitEvents(2);
        sql("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        desk.report(seen(fact("10.0.0.2", null, "late")));
        desk.report(gone("10.0.0.1"));
        desk.reserved(HOME, List.of(new Reservation(HOME, List.of(), null, List.of("10.0.0.2"), "late", "x:1")));
        await().until(() -> desk.trouble() != null);
        assertThat(desk.trouble()).contains("the disk is full");
        await().until(() -> counts.failed.get() >= 2);
        assertThat(log.newest()).isEqualTo(2);
        assertThat(leases()).extracting(LeaseView::address).as("all or nothing").containsExactly("10.0.0.1");
        assertThat(desk.waiting()).isEqualTo(2);
        sql("DROP TRIGGER full");
        List<Event> events = awaitEvents(4);
        assertThat(events.subList(2, 4))
                .extracting(Event::type)
                .containsExactly(EventType.LEASE_ADDED, EventType.LEASE_RELEASED);
        await().until(() -> desk.trouble() == null);
        assertThat(leases()).extracting(LeaseView::address).containsExactly("10.0.0.2");
        await().until(() -> !new ReservationStore(database).list(ALL).items().isEmpty());
        assertThat(new ReservationStore(database).list(ALL).items())
                .extracting(ReservationView::leased)
                .containsExactly(true);
        assertThat(counts.broken).hasValue(0);
    }

    @Test
    void aCallThatCannotBeStoredSaysWhy() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        awaitEvents(2);
        sql("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        desk.report(gone("10.0.0.1"));
        await().until(() -> desk.trouble() != null);
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            await().until(() -> desk.waiting() == 1);
            caller.interrupt();
        });
        assertThatThrownBy(() -> desk.call(NAS, words -> new OwnersWords("x", null)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the disk is full");
        assertThat(Thread.interrupted()).isTrue();
        sql("DROP TRIGGER full");
    }

    @Test
    void closingWhileTheStoreFailsDoesNotHang() throws InterruptedException {
        sql("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'the disk is full'); END");
        for (int i = 0; i < 20; i++) {
            desk.report(seen(fact("10.0.0." + i, null, null)));
        }
        await().until(() -> desk.trouble() != null);
        long before = System.nanoTime();
        desk.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(log.newest()).isZero();
        assertThat(leases()).isEmpty();
    }

    @Test
    void closingFinishesWhatWaits() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            desk.report(seen(fact("10.0.0." + i, null, null)));
        }
        desk.close();
        assertThat(leases()).hasSize(200);
        assertThat(log.newest()).isEqualTo(200);
    }

    @Test
    void aForgottenSourceLeavesWithoutAWord() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas"), fact("10.0.0.2", null, null)));
        desk.report(
                new LeaseReport(LeaseSource.dnsmasq("guest"), List.of(fact("10.0.0.3", null, null)), Set.of(), "file"));
        awaitEvents(4);
        desk.forget(HOME);
        await().until(() -> leases().size() == 1);
        assertThat(log.newest()).isEqualTo(4);
        assertThat(new LeaseQueries(database).history(null, null, null, ALL).items())
                .extracting(BindingView::endReason)
                .containsExactly(null, "forgotten", "forgotten");
        assertThat(new DeviceQueries(database).find(NAS).orElseThrow().addresses())
                .allSatisfy(address -> assertThat(address.current()).isFalse());
        // Watched again, its leases are news.
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        assertThat(awaitEvents(5).getLast().type()).isEqualTo(EventType.LEASE_ADDED);
    }

    @Test
    void ownersWordsChangeTheDeviceAndAreTold() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        assertThat(desk.call(NAS, words -> new OwnersWords("Our NAS", words.notes()))
                        .orElseThrow()
                        .name())
                .isEqualTo("Our NAS");
        List<Event> events = awaitEvents(3);
        assertThat(events.getLast().type()).isEqualTo(EventType.DEVICE_CHANGED);
        assertThat(json(events.getLast()).path("changed").toString()).isEqualTo("[\"name\"]");
        assertThat(new DeviceQueries(database).find(NAS).map(DeviceView::name)).contains("Our NAS");
        desk.call(NAS, words -> words);
        assertThat(desk.call(MacAddress.parse("02:00:00:00:00:01").orElseThrow(), words -> new OwnersWords("x", "y")))
                .isEmpty();
        assertThat(log.newest()).as("no difference, no event").isEqualTo(3);
    }

    @Test
    void twoChangesAtTheSameTimeAreBothKept() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        for (int i = 0; i < 20; i++) {
            String text = "n" + i;
            Thread name = Thread.ofVirtual().start(() -> desk.call(NAS, words -> new OwnersWords(text, words.notes())));
            desk.call(NAS, words -> new OwnersWords(words.name(), text));
            name.join();
            DeviceView device = new DeviceQueries(database).find(NAS).orElseThrow();
            assertThat(device.name()).isEqualTo(text);
            assertThat(device.notes()).isEqualTo(text);
        }
    }

    @Test
    void workThatBreaksDoesNotStopTheRest() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        long before = System.nanoTime();
        assertThatThrownBy(() -> desk.call(NAS, words -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(StoreException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        await().until(() -> counts.broken.get() == 1);
        desk.seen(new Sighting(
                MacAddress.parse("02:00:00:00:00:09").orElseThrow(), null, "x", "arp", Evidence.ARP, Map.of()));
        assertThat(awaitEvents(3).getLast().type()).isEqualTo(EventType.DEVICE_DISCOVERED);
    }

    @Test
    void anErrorDoesNotStopTheRestEither() throws InterruptedException {
        desk.inTurn(() -> {
            throw new OutOfMemoryError("a file without an end");
        });
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        assertThat(awaitEvents(2)).hasSize(2);
        assertThat(counts.broken).hasValue(1);
    }

    @Test
    void theNumberOfDevicesIsAskedAnew() throws InterruptedException {
        maxDevices = 1;
        MacAddress other = MacAddress.parse("02:00:00:00:00:09").orElseThrow();
        desk.report(seen(fact("10.0.0.1", NAS, "nas"), fact("10.0.0.2", other, "other")));
        assertThat(awaitEvents(3)).extracting(Event::type).containsOnlyOnce(EventType.DEVICE_DISCOVERED);
        maxDevices = 2;
        desk.seen(new Sighting(other, null, "other", "arp", Evidence.ARP, Map.of()));
        assertThat(awaitEvents(4).getLast().type()).isEqualTo(EventType.DEVICE_DISCOVERED);
    }

    @Test
    void aNewDeskGoesOnWhereTheOldOneEnded() throws InterruptedException {
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        awaitEvents(2);
        close();
        open();
        desk.report(seen(fact("10.0.0.1", NAS, "nas")));
        desk.report(seen(fact("10.0.0.2", NAS, "nas")));
        List<Event> events = awaitEvents(4);
        assertThat(events.subList(2, 4))
                .extracting(Event::type)
                .containsExactly(EventType.LEASE_ADDED, EventType.DEVICE_CHANGED);
    }
}
