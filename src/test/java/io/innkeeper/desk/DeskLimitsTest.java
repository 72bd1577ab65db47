package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Fingerprints;
import io.innkeeper.device.PresenceSettings;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the section {@code limits} does to the desk. */
@Timeout(60)
class DeskLimitsTest {
    private static final int QUEUE = 16;
    private static final int SIGHTINGS = 1_000;
    private static final int IN_MEMORY = 100;
    private static final int WATCHED = 120;

    @TempDir
    private Path folder;

    private final AtomicInteger dropped = new AtomicInteger();
    private final DeviceTable table = new DeviceTable(List.of(), 10_000);
    private Database database;
    private PresenceQueries presences;
    private Desk desk;

    private final class Counts implements DeskStatistics {
        @Override
        public void reportTaken() {}

        @Override
        public void committed(long nanos, List<EventDraft> told) {}

        @Override
        public void commitFailed() {}

        @Override
        public void workFailed() {
            throw new AssertionError("the desk broke");
        }

        @Override
        public void sightingsDropped(int count) {
            dropped.addAndGet(count);
        }
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("x.db"));
        presences = new PresenceQueries(database);
        desk = new Desk(
                new LeaseBook(List.of()),
                table,
                Attendance.of(presences, () -> PresenceSettings.USUAL, () -> Fingerprints.NONE, WATCHED),
                () -> 10_000,
                mac -> null,
                new EventLog(0, 10_000),
                new Ledger(database, mac -> null),
                new ReservationStore(database),
                () -> Instant.EPOCH,
                new Counts(),
                new Desk.Limits(QUEUE, SIGHTINGS, IN_MEMORY));
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
        database.close();
    }

    private static Sighting sighting(int number) {
        byte[] octets = {2, 0, 0, 0, (byte) (number >> 8), (byte) number};
        MacAddress mac = MacAddress.of(MacAddress.ETHERNET, octets);
        return new Sighting(mac, null, null, "arp", Evidence.ARP, Map.of());
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

    @Test
    void whatIsFullWaitsOrDrops() {
        CompletableFuture<Boolean> hold = hold();
        desk.seen(Collections.nCopies(SIGHTINGS + 300, sighting(1)));
        assertThat(dropped).hasValue(300);
        AtomicInteger taken = new AtomicInteger();
        Thread source = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < QUEUE + 5; i++) {
                desk.inTurn(() -> {});
                taken.incrementAndGet();
            }
        });
        await().until(() -> desk.waiting() == QUEUE && source.getState() == Thread.State.WAITING);
        assertThat(taken.get()).isLessThanOrEqualTo(QUEUE);
        hold.complete(true);
        await().until(() -> taken.get() == QUEUE + 5);
    }

    @Test
    void soManyDevicesAreInMemoryAndSoManyAreJudged() {
        desk.seen(IntStream.range(0, 300).mapToObj(DeskLimitsTest::sighting).toList());
        await().until(() -> new DeviceQueries(database).count() == 300);
        CompletableFuture<Long> here = new CompletableFuture<>();
        desk.inTurn(() -> desk.inTurn(() -> here.complete(IntStream.range(0, 300)
                .filter(number -> table.holds(sighting(number).mac()))
                .count())));
        assertThat(here.join()).isEqualTo(IN_MEMORY);
        assertThat(presences.count()).isEqualTo(WATCHED);
    }
}
