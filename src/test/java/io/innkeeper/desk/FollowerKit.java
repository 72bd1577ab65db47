package io.innkeeper.desk;

import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseFilter;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.Paging;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.Json;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A database, a desk, a journal and a follower in one folder, opened and closed as often as a test likes. */
abstract class FollowerKit {
    static final Instant NOW = Instant.parse("2026-11-21T07:00:00.123Z");
    static final long MS = NOW.toEpochMilli();
    static final Paging ALL = new Paging(null, null, Paging.MAX_LIMIT);
    static final JournalLimits SMALL = new JournalLimits(8_192, 1 << 20, 16_384);
    static final Prefix SUBNET = Prefix.parse("10.0.0.0/8").orElseThrow();

    @TempDir
    Path folder;

    @Nullable
    Database database;

    @Nullable
    Desk desk;

    @Nullable
    LeaseJournal journal;

    @Nullable
    JournalFollower follower;

    EventLog log = new EventLog(0, 1);
    final List<Binding> handed = new ArrayList<>();

    private static final class NoCounts implements DeskStatistics {
        @Override
        public void reportTaken() {}

        @Override
        public void committed(long nanos, List<EventDraft> events) {}

        @Override
        public void commitFailed() {}

        @Override
        public void workFailed() {}

        @Override
        public void sightingsDropped(int count) {}
    }

    Database database() {
        return java.util.Objects.requireNonNull(database);
    }

    LeaseJournal journal() {
        return java.util.Objects.requireNonNull(journal);
    }

    JournalFollower follower() {
        return java.util.Objects.requireNonNull(follower);
    }

    void open() {
        Database opened = Database.open(folder.resolve("x.db"));
        database = opened;
        log = new EventLog(new EventQueries(opened).newest(), 100_000);
        Desk started = new Desk(
                new LeaseBook(new LeaseQueries(opened).all("dnsmasq")),
                new DeviceTable(new DeviceQueries(opened).all(), 1_000_000),
                Attendance.empty(),
                () -> 1_000_000,
                mac -> null,
                log,
                new Ledger(opened, mac -> null),
                new ReservationStore(opened),
                () -> NOW,
                new NoCounts(),
                Desk.Limits.USUAL);
        desk = started;
        started.start();
        openJournal();
        follow();
        awaitFollowed(); // a first comparison would see only how things stand, not what happened
    }

    void openJournal() {
        handed.clear();
        journal = LeaseJournal.open(
                folder.resolve("journal"),
                SMALL,
                SegmentDisk.REAL,
                OwnLeases.bindings(new LeaseQueries(database()).all("dhcp4")),
                handed::add);
    }

    void follow() {
        follower = new JournalFollower(
                journal(),
                java.util.Objects.requireNonNull(desk),
                address -> SUBNET.contains(address) ? SUBNET : null,
                () -> {});
        follower.start();
    }

    @AfterEach
    void close() {
        if (follower != null) {
            follower.close();
        }

        if (desk != null) {
            desk.close();
        }
        if (journal != null) {
            journal.close();
        }
        if (database != null) {
            database.close();
        }
    }

    static Binding binding(int number, String name, long startedAtMs, long endsAtMs) {
        byte[] mac = {2, 0, 0, 0, (byte) (number >> 8), (byte) number};
        byte[] client = {1, 2, 0, 0, 0, (byte) (number >> 8), (byte) number};
        return new Binding(
                0x0a00_0000 + number,
                ClientId.of(client),
                false,
                MacAddress.of(MacAddress.ETHERNET, mac),
                LeaseState.ACTIVE,
                false,
                startedAtMs,
                endsAtMs,
                3_600,
                name,
                Traits.NONE,
                null);
    }

    static Binding binding(int number) {
        return binding(number, "client" + number, MS, MS + 3_600_000);
    }

    static BindingChange change(BindingChange.Kind kind, Binding after, long atMs) {
        return new BindingChange(kind, null, after, atMs);
    }

    static BindingChange granted(Binding binding) {
        return change(BindingChange.Kind.GRANTED, binding, binding.startedAtMs());
    }

    static BindingChange renewed(Binding binding, int hours) {
        long atMs = binding.startedAtMs() + hours * 3_600_000L;
        Binding after = binding(binding.address() & 0xffff, "client", binding.startedAtMs(), atMs + 3_600_000);
        return change(BindingChange.Kind.RENEWED, after, atMs);
    }

    void commit(BindingChange... changes) {
        try {
            journal().commit(List.of(changes));
        } catch (NotStoredException e) {
            throw new AssertionError(e);
        }
    }

    void awaitFollowed() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> follower().isComplete() && follower().lag() == 0);
    }

    List<Event> events() {
        return new EventQueries(database()).after(0, 100_000);
    }

    List<EventType> leaseEvents() {
        return events().stream()
                .map(Event::type)
                .filter(type -> type.text().startsWith("lease."))
                .toList();
    }

    List<LeaseView> leases() {
        return new LeaseQueries(database()).list(LeaseFilter.ALL, ALL).items();
    }

    List<BindingView> history() {
        return new LeaseQueries(database()).history(null, null, null, ALL).items();
    }

    static JsonNode json(Event event) {
        return Json.MAPPER.readTree(event.json());
    }
}
