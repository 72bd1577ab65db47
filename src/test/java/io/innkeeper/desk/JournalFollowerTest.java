package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.event.EventType;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.property.Samples;
import io.innkeeper.store.DeviceFilter;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalFollowerTest extends FollowerKit {
    @Test
    void theStoryOfAnOwnLeaseIsToldAtItsOwnTimes() {
        open();
        Binding nas = binding(1, "nas", MS - 7_200_000, MS);
        commit(granted(nas));
        commit(change(BindingChange.Kind.RENEWED, binding(1, "nas", nas.startedAtMs(), MS + 60_000), MS - 60_000));
        commit(change(BindingChange.Kind.RENEWED, binding(1, "tv", nas.startedAtMs(), MS + 90_000), MS - 30_000));
        awaitFollowed();
        assertThat(leases()).singleElement().satisfies(lease -> {
            assertThat(lease.address()).isEqualTo("10.0.0.1");
            assertThat(lease.origin()).isEqualTo("dhcp4");
            assertThat(lease.source()).isEqualTo("server");
            assertThat(lease.subnet()).isEqualTo("10.0.0.0/8");
            assertThat(lease.allocation()).isEqualTo("dynamic");
            assertThat(lease.hostname()).isEqualTo("tv");
            assertThat(lease.startedAt()).isEqualTo(Instant.ofEpochMilli(nas.startedAtMs()));
            assertThat(lease.expiresAt()).isEqualTo(Instant.ofEpochMilli(MS + 90_000));
            assertThat(lease.lifetimeSeconds()).isEqualTo(3_600);
            assertThat(lease.clientId()).as("not sent").isNull();
        });
        commit(change(BindingChange.Kind.RELEASED, nas.ended(LeaseState.RELEASED, MS), MS));
        awaitFollowed();
        assertThat(leases()).isEmpty();
        assertThat(events()).first().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.LEASE_ADDED);
            assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(nas.startedAtMs()));
            assertThat(json(event).path("via").asString()).isEqualTo("dhcp4");
        });
        assertThat(leaseEvents()).first().isEqualTo(EventType.LEASE_ADDED);
        assertThat(leaseEvents()).last().isEqualTo(EventType.LEASE_RELEASED);
        assertThat(leaseEvents()).contains(EventType.LEASE_CHANGED);
        assertThat(history()).singleElement().satisfies(past -> {
            assertThat(past.startedAt()).isEqualTo(Instant.ofEpochMilli(nas.startedAtMs()));
            assertThat(past.endedAt()).isEqualTo(Instant.ofEpochMilli(MS));
            assertThat(past.endReason()).isEqualTo("released");
            assertThat(past.hostname()).isEqualTo("tv");
        });
        assertThat(new DeviceQueries(database()).list(DeviceFilter.ALL, ALL).items())
                .singleElement()
                .satisfies(device -> assertThat(device.addresses())
                        .singleElement()
                        .satisfies(address -> assertThat(address.current()).isFalse()));
    }

    @Test
    void howALeaseEndedIsWhatTheServerSaysWhateverTheTimes() {
        open();
        for (int i = 1; i <= 3; i++) {
            commit(granted(binding(i)));
        }
        commit(change(BindingChange.Kind.EXPIRED, binding(1).ended(LeaseState.EXPIRED, MS + 1), MS + 1));
        commit(change(
                BindingChange.Kind.RELEASED, binding(2).ended(LeaseState.RELEASED, MS + 9_000_000), MS + 9_000_000));
        commit(change(BindingChange.Kind.DECLINED, binding(3).ended(LeaseState.DECLINED, MS + 60_000), MS + 2));
        awaitFollowed();
        assertThat(leaseEvents().subList(3, 6))
                .containsExactly(EventType.LEASE_EXPIRED, EventType.LEASE_RELEASED, EventType.LEASE_DECLINED);
        assertThat(history()).extracting(BindingView::endReason).containsExactly("declined", "released", "expired");
        assertThat(history().getFirst().endedAt())
                .as("not when it is free again")
                .isEqualTo(Instant.ofEpochMilli(MS + 2));
    }

    @Test
    void anAddressDeclinedThatNobodyHoldsIsToldAndNoLease() {
        open();
        commit(change(BindingChange.Kind.DECLINED, binding(7).ended(LeaseState.DECLINED, MS + 60_000), MS));
        awaitFollowed();
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.LEASE_DECLINED);
            assertThat(event.subject()).isEqualTo("10.0.0.7");
            assertThat(json(event).path("lease").path("mac").asString()).isEqualTo("02:00:00:00:00:07");
            assertThat(json(event).path("lease").path("state").asString()).isEqualTo("declined");
        });
        assertThat(leases()).isEmpty();
        assertThat(history()).isEmpty();
    }

    @Test
    void whatAClientAndItsRelaySaidIsKept() {
        open();
        Binding told = new Binding(
                0xc0a8_0101,
                ClientId.parse("ff:01").orElseThrow(),
                true,
                null,
                LeaseState.ACTIVE,
                true,
                MS,
                Binding.NEVER,
                Binding.INFINITE_S,
                null,
                new Traits("MSFT 5.0", "iPXE", Octets.of(new byte[] {1, 3, (byte) 252}), Octets.of(new byte[] {
                    3, 1, 5, (byte) 220, 61, 57, 60, 55
                })),
                Octets.of(new byte[] {1, 4, 'e', 't', 'h', '7', 2, 2, 0, 9}));
        commit(granted(told));
        awaitFollowed();
        assertThat(leases()).singleElement().satisfies(lease -> {
            assertThat(lease.details())
                    .isEqualTo(Map.of(
                            "vendorClass", "MSFT 5.0",
                            "userClass", "iPXE",
                            "parameterRequestList", "1,3,252",
                            "ja4d", "reqst1500in_61-57-60-55_1-3-252",
                            "circuitId", "eth7",
                            "remoteId", "0009"));
            assertThat(lease.allocation()).isEqualTo("static");
            assertThat(lease.clientId()).isEqualTo("ff:01");
            assertThat(lease.expiresAt()).isNull();
            assertThat(lease.expiry()).isEqualTo("infinite");
            assertThat(lease.subnet()).as("of no configured subnet").isNull();
        });
    }

    @Test
    void anotherClientAtTheAddressEndsTheOneBefore() {
        open();
        commit(granted(binding(1)));
        Binding other = new Binding(
                0x0a00_0001,
                ClientId.of(new byte[] {1, 9}),
                true,
                MacAddress.parse("02:00:00:00:09:09").orElseThrow(),
                LeaseState.ACTIVE,
                false,
                MS + 7_200_000,
                MS + 9_000_000,
                1_800,
                null,
                Traits.NONE,
                null);
        commit(granted(other));
        Binding again = binding(1, "client1", MS + 10_000_000, MS + 20_000_000);
        commit(change(BindingChange.Kind.EXPIRED, other.ended(LeaseState.EXPIRED, MS + 9_000_000), MS + 9_000_000));
        commit(granted(again));
        awaitFollowed();
        assertThat(leaseEvents())
                .containsExactly(
                        EventType.LEASE_ADDED,
                        EventType.LEASE_EXPIRED,
                        EventType.LEASE_ADDED,
                        EventType.LEASE_EXPIRED,
                        EventType.LEASE_ADDED);
        assertThat(history()).hasSize(3);
    }

    @Test
    void ofManyRenewalsInOnePieceOnlyTheLastIsTold() {
        open();
        awaitFollowed();
        follower().close();
        Binding first = binding(1);
        commit(granted(first));
        for (int hours = 1; hours <= 50; hours++) {
            commit(renewed(first, hours), renewed(binding(2), hours));
        }
        commit(change(BindingChange.Kind.EXPIRED, first.ended(LeaseState.EXPIRED, MS), MS));
        follow();
        awaitFollowed();
        assertThat(leaseEvents())
                .containsExactly(
                        EventType.LEASE_ADDED, EventType.LEASE_CHANGED, EventType.LEASE_ADDED, EventType.LEASE_EXPIRED);
        assertThat(leases())
                .singleElement()
                .satisfies(
                        lease -> assertThat(lease.expiresAt()).isEqualTo(Instant.ofEpochMilli(MS + 51 * 3_600_000L)));
    }

    @Test
    void aPieceSeenTwiceIsToldOnce() throws InterruptedException {
        open();
        follower().close();
        OwnLeases leases = new OwnLeases(address -> null);
        OwnWork work = new OwnWork(leases.changes(List.of(granted(binding(1)), granted(binding(2)))), null, null);
        Desk own = java.util.Objects.requireNonNull(desk);
        assertThat(own.own(work)).isTrue();
        long told = log.newest();
        assertThat(told).isEqualTo(4);
        assertThat(own.own(work)).isTrue();
        OwnWork whole = new OwnWork(work.changes(), new OwnWork.Range(IpAddress.v4(0), IpAddress.v4(-1)), null);
        assertThat(own.own(whole)).isTrue();
        assertThat(log.newest()).isEqualTo(told);
    }

    @Test
    void aRestartGoesOnWhereItStood() {
        open();
        commit(granted(binding(1)));
        awaitFollowed();
        follower().close();
        commit(
                granted(binding(2)),
                change(BindingChange.Kind.RELEASED, binding(1).ended(LeaseState.RELEASED, MS), MS));
        close();
        open();
        awaitFollowed();
        assertThat(leaseEvents())
                .containsExactly(EventType.LEASE_ADDED, EventType.LEASE_ADDED, EventType.LEASE_RELEASED);
        close();
        open();
        awaitFollowed();
        assertThat(leaseEvents()).hasSize(3);
    }

    @Test
    void aNewDatabaseIsFilledFromTheWholeState() throws IOException {
        open();
        for (int i = 0; i < 500; i++) {
            commit(granted(binding(i)));
        }
        commit(change(BindingChange.Kind.RELEASED, binding(3).ended(LeaseState.RELEASED, MS), MS));
        awaitFollowed();
        await().until(() -> journal().oldest() > 1);
        close();
        for (String name : List.of("x.db", "x.db-wal", "x.db-shm")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        open();
        awaitFollowed();
        assertThat(leases()).hasSize(499);
        assertThat(leaseEvents()).containsOnly(EventType.LEASE_ADDED).hasSize(499);
    }

    @Test
    void aMissingJournalBeginsWithTheLeasesOfTheDatabase() throws IOException {
        open();
        Binding withId = new Binding(
                0x0a00_0009,
                ClientId.parse("ff:09").orElseThrow(),
                true,
                null,
                LeaseState.ACTIVE,
                true,
                MS,
                Binding.NEVER,
                Binding.INFINITE_S,
                "nine",
                new Traits("v", null, Octets.of(new byte[] {1, (byte) 250})),
                null);
        commit(granted(binding(2)), granted(withId), granted(binding(1)));
        awaitFollowed();
        close();
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        open();
        assertThat(handed).containsExactly(binding(1), binding(2), withId);
        awaitFollowed();
        assertThat(leaseEvents()).as("nothing happened").hasSize(3);
        assertThat(leases()).hasSize(3);
    }

    @Test
    void leasesThatTheJournalDoesNotKnowEnd() throws IOException {
        open();
        commit(granted(binding(1)), granted(binding(2)), granted(binding(70_000)));
        awaitFollowed();
        close();
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Binding kept = binding(2);
        LeaseJournal.open(folder.resolve("journal"), SMALL, SegmentDisk.REAL, List.of(kept), binding -> {})
                .close();
        open();
        awaitFollowed();
        assertThat(leases()).extracting(LeaseView::address).containsExactly("10.0.0.2");
        assertThat(leaseEvents().subList(3, 5)).as("before their time").containsOnly(EventType.LEASE_RELEASED);
    }

    @Test
    void aStoreThatCannotWriteLosesNothing() throws SQLException {
        open();
        awaitFollowed();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER stop BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            for (int i = 0; i < 20; i++) {
                commit(granted(binding(i)));
            }
            await().until(() -> java.util.Objects.requireNonNull(desk).trouble() != null);
            assertThat(follower().lag()).isEqualTo(20);
            statement.execute("DROP TRIGGER stop");
        }
        awaitFollowed();
        assertThat(leases()).hasSize(20);
        assertThat(leaseEvents()).hasSize(20);
    }

    /** What an earlier follower handed in, and the desk still tries to store, is not handed in again by the next one. */
    @Test
    void aServerThatStartsAgainWhileNothingCanBeStoredTellsNothingTwice() throws SQLException {
        open();
        Binding first = binding(1);
        Binding again = binding(1, "again", MS + 10, MS + 3_600_010);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER stop BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            commit(
                    granted(first),
                    change(BindingChange.Kind.EXPIRED, first.ended(LeaseState.EXPIRED, MS + 5), MS + 5),
                    granted(again));
            await().until(() -> java.util.Objects.requireNonNull(desk).trouble() != null);
            follower().close();
            journal().close();
            openJournal();
            follow();
            await("what the new one asks of the desk")
                    .until(() -> java.util.Objects.requireNonNull(desk).waiting() > 0);
            statement.execute("DROP TRIGGER stop");
        }
        awaitFollowed();
        assertThat(leaseEvents())
                .containsExactly(EventType.LEASE_ADDED, EventType.LEASE_EXPIRED, EventType.LEASE_ADDED);
        assertThat(history()).hasSize(2);
    }

    /** Whatever happens to the process in between, the database ends with the leases of the journal and one event a change. */
    @Test
    void theDatabaseAgreesWithTheJournalThroughRestarts() {
        Samples samples = new Samples(11);
        Map<Integer, Binding> memory = new HashMap<>();
        int starts = 0;
        int granted = 0;
        for (int restart = 0; restart < 5; restart++) {
            open();
            for (int i = 0; i < 60; i++) {
                starts++;
                int number = samples.below(30);
                Binding before = memory.get(number);
                long atMs = MS + starts * 1_000L;
                if (before == null) {
                    Binding binding = binding(number, "c" + samples.below(3), atMs, atMs + 3_600_000);
                    memory.put(number, binding);
                    commit(granted(binding));
                    granted++;
                } else if (samples.oneIn(2)) {
                    Binding binding = binding(
                            number,
                            java.util.Objects.requireNonNull(before.hostname()),
                            before.startedAtMs(),
                            atMs + 3_600_000);
                    memory.put(number, binding);
                    commit(change(BindingChange.Kind.RENEWED, binding, atMs));
                } else {
                    memory.remove(number);
                    commit(change(BindingChange.Kind.EXPIRED, before.ended(LeaseState.EXPIRED, atMs), atMs));
                }
            }
            if (samples.oneIn(2)) {
                awaitFollowed();
            }
            close();
        }
        open();
        awaitFollowed();
        assertThat(OwnLeases.bindings(new LeaseQueries(database()).all(LeaseSource.SERVER)))
                .containsExactlyInAnyOrderElementsOf(memory.values());
        assertThat(leaseEvents().stream().filter(type -> type == EventType.LEASE_ADDED))
                .hasSize(granted);
        assertThat(leaseEvents().stream().filter(type -> type == EventType.LEASE_EXPIRED))
                .hasSize(granted - memory.size());
        assertThat(new DeviceQueries(database()).list(DeviceFilter.ALL, ALL).items())
                .extracting(DeviceView::mac)
                .doesNotHaveDuplicates();
    }
}
