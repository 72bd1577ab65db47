package io.innkeeper.store;

import static io.innkeeper.store.TestingRows.HOME;
import static io.innkeeper.store.TestingRows.START;
import static io.innkeeper.store.TestingRows.ip;
import static io.innkeeper.store.TestingRows.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Reservation;
import io.innkeeper.property.Property;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.LeaseView;
import io.innkeeper.view.ReservationView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Paging ALL = new Paging(null, null, Paging.MAX_LIMIT);

    @TempDir
    private Path folder;

    private Database database;
    private Ledger ledger;
    private LeaseQueries leases;
    private EventQueries events;
    private DeviceQueries devices;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("x.db"));
        ledger = new Ledger(database, mac -> mac.toString().startsWith("00:11:32") ? "Synology" : null);
        leases = new LeaseQueries(database);
        events = new EventQueries(database);
        devices = new DeviceQueries(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(Instant at, LeaseChange... changes) {
        ledger.write(new Commit(List.of(changes), List.of(), at), List.of());
    }

    private void writeDevices(Device... all) {
        List<DeviceChange> changes = new ArrayList<>();
        for (Device device : all) {
            changes.add(new DeviceChange.Discovered(device));
        }
        ledger.write(new Commit(List.of(), changes, START), List.of());
    }

    private void writeEvents(long from, long to) {
        List<Event> all = new ArrayList<>();
        for (long number = from; number <= to; number++) {
            EventType type = number % 3 == 0 ? EventType.DEVICE_CHANGED : EventType.LEASE_ADDED;
            all.add(new Event(number, type, START.plusMillis(number), "s" + number, "{\"number\":" + number + "}"));
        }
        ledger.write(new Commit(List.of(), List.of(), START), all);
    }

    private static List<Long> numbers(List<Event> list) {
        return list.stream().map(Event::number).toList();
    }

    @Test
    void everyFieldOfALeaseComesBack() {
        Property.check(300, samples -> {
            Lease lease = lease(samples);
            write(START, new LeaseChange.Added(lease));
            assertThat(leases.all(lease.source())).contains(lease);
            LeaseFilter one = new LeaseFilter(
                    null,
                    null,
                    null,
                    lease.source().origin(),
                    lease.source().name(),
                    null,
                    null,
                    lease.address(),
                    null);
            assertThat(leases.list(one, ALL).items()).containsExactly(LeaseView.of(lease, null, null));
        });
    }

    @Test
    void aLeaseShowsTheVendorAndTheNameOfItsDevice() {
        Device nas = new Device(
                TestingRows.mac("00:11:32:00:00:01"), "Our NAS", null, List.of(), List.of(), START, START, Map.of());
        writeDevices(nas);
        Lease lease = lease("10.0.0.1", "00:11:32:00:00:01", "nas");
        write(START, new LeaseChange.Added(lease));
        assertThat(leases.list(LeaseFilter.ALL, ALL).items())
                .containsExactly(LeaseView.of(lease, "Synology", "Our NAS"));
    }

    @Test
    void everyFieldOfADeviceComesBack() {
        Map<Integer, Device> expected = new HashMap<>();
        Property.check(200, samples -> {
            int number = samples.below(50);
            Device device = TestingRows.device(samples, number);
            writeDevices(device);
            expected.put(number, device);
            assertThat(devices.find(device.mac())).contains(DeviceView.of(device, null, null));
        });
        assertThat(devices.all()).containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(devices.count()).isEqualTo(expected.size());
        assertThat(devices.find(TestingRows.mac("02:ff:ff:ff:ff:ff"))).isEmpty();
        assertThat(devices.countSince(START)).isEqualTo(expected.size());
        assertThat(devices.countSince(START.plusSeconds(100))).isZero();
    }

    @Test
    void aDeviceIsStaticWhereAnyOfItsLeasesIs() {
        Property.check(30, samples -> {
            Device device = TestingRows.device(samples, 400 + samples.below(100));
            writeDevices(device);
            String mac = device.mac().toString();
            String allocation = null;
            for (Lease lease : samples.list(3, () -> lease(samples))) {
                LeaseFact fact = TestingRows.fact(lease.address().toString(), mac, null);
                LeaseFact kind = new LeaseFact(
                        fact.address(),
                        fact.mac(),
                        null,
                        null,
                        fact.expiry(),
                        null,
                        false,
                        lease.fact().allocation(),
                        null,
                        null,
                        Map.of());
                write(START, new LeaseChange.Added(new Lease(HOME, kind, LeaseState.ACTIVE, START)));
            }
            for (LeaseView held : leases.list(new LeaseFilter(null, null, null, null, null, mac, null, null, null), ALL)
                    .items()) {
                allocation = "static".equals(allocation) ? allocation : held.allocation();
            }
            assertThat(devices.find(device.mac())).contains(DeviceView.of(device, null, allocation));
        });
    }

    @Test
    void eventsComeBackInOrderFromAnyNumber() {
        writeEvents(1, 30);
        assertThat(events.newest()).isEqualTo(30);
        assertThat(events.oldest()).isEqualTo(1);
        assertThat(numbers(events.after(27, 10))).containsExactly(28L, 29L, 30L);
        assertThat(numbers(events.after(0, 2))).containsExactly(1L, 2L);
        assertThat(events.after(30, 10)).isEmpty();
        assertThat(events.after(4, 1))
                .containsExactly(new Event(5, EventType.LEASE_ADDED, START.plusMillis(5), "s5", "{\"number\":5}"));
    }

    @Test
    void theFilterOfKindsComesBeforeTheLimit() {
        writeEvents(1, 30);
        Set<EventType> changes = Set.of(EventType.DEVICE_CHANGED);
        assertThat(numbers(events.after(4, changes, 3))).containsExactly(6L, 9L, 12L);
        assertThat(numbers(events.recent(changes, 2))).containsExactly(27L, 30L);
        assertThat(numbers(events.recent(Set.of(EventType.values()), 2))).containsExactly(29L, 30L);
        assertThat(events.recent(Set.of(), 5)).isEmpty();
    }

    @Test
    void allOrNothing() {
        writeEvents(1, 1);
        Commit commit = new Commit(List.of(new LeaseChange.Added(lease("10.0.0.1", null, null))), List.of(), START);
        Event again = new Event(1, EventType.LEASE_ADDED, START, "x", "{}");
        assertThatThrownBy(() -> ledger.write(commit, List.of(again)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot write");
        assertThat(leases.counts().active()).isZero();
        assertThat(leases.history(null, null, null, ALL).items()).isEmpty();
        ledger.write(commit, List.of(new Event(2, EventType.LEASE_ADDED, START, "x", "{}")));
        assertThat(leases.counts().active()).isEqualTo(1);
    }

    @Test
    void theLastChangeOfALeaseInACommitCounts() {
        Lease first = lease("10.0.0.1", "02:00:00:00:00:01", "a");
        Lease second = lease("10.0.0.1", "02:00:00:00:00:02", "b");
        write(
                START,
                new LeaseChange.Added(first),
                new LeaseChange.Ended(first.in(LeaseState.RELEASED)),
                new LeaseChange.Added(second));
        assertThat(leases.all(HOME)).containsExactly(second);
        write(START, new LeaseChange.Renewed(second, second), new LeaseChange.Ended(second.in(LeaseState.EXPIRED)));
        assertThat(leases.all(HOME)).isEmpty();
    }

    private List<BindingView> history(@Nullable String address, @Nullable String at) {
        return leases.history(address == null ? null : ip(address), null, at == null ? null : Instant.parse(at), ALL)
                .items();
    }

    @Test
    void aBindingIsOneRowHoweverOftenItIsRenewed() {
        Lease lease = lease("10.0.0.1", "02:00:00:00:00:01", "old");
        Lease renamed = lease("10.0.0.1", "02:00:00:00:00:01", "new");
        write(START, new LeaseChange.Added(lease));
        for (int i = 0; i < 5; i++) {
            write(START.plusSeconds(i), new LeaseChange.Renewed(lease, lease));
        }
        write(START.plusSeconds(10), new LeaseChange.Changed(lease, renamed, Set.of("hostname")));
        assertThat(history("10.0.0.1", null)).singleElement().satisfies(binding -> {
            assertThat(binding.hostname()).isEqualTo("new");
            assertThat(binding.startedAt()).isEqualTo(START);
            assertThat(binding.endedAt()).isNull();
            assertThat(binding.endReason()).isNull();
        });
        write(START.plusSeconds(60), new LeaseChange.Ended(renamed.in(LeaseState.EXPIRED)));
        assertThat(history("10.0.0.1", null)).singleElement().satisfies(binding -> {
            assertThat(binding.endedAt()).isEqualTo(START.plusSeconds(60));
            assertThat(binding.endReason()).isEqualTo("expired");
            assertThat(binding.mac()).isEqualTo("02:00:00:00:00:01");
            assertThat(binding.source()).isEqualTo("home");
        });
        // What happens to the next holder does not touch the one before.
        Lease next = new Lease(
                HOME,
                TestingRows.fact("10.0.0.1", "02:00:00:00:00:02", "guest"),
                LeaseState.ACTIVE,
                START.plusSeconds(60));
        write(START.plusSeconds(60), new LeaseChange.Added(next));
        write(START.plusSeconds(90), new LeaseChange.Ended(next.in(LeaseState.RELEASED)));
        assertThat(history("10.0.0.1", null))
                .extracting(BindingView::hostname, BindingView::endReason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("guest", "released"),
                        org.assertj.core.groups.Tuple.tuple("new", "expired"));
    }

    @Test
    void whoHadItThenIsOneHolderAtEveryMoment() {
        Lease first = lease("fd00::1", "02:00:00:00:00:01", "first");
        Lease second = new Lease(
                HOME,
                TestingRows.fact("fd00::1", "02:00:00:00:00:02", "second"),
                LeaseState.ACTIVE,
                START.plusSeconds(60));
        write(START, new LeaseChange.Added(first));
        write(
                START.plusSeconds(60),
                new LeaseChange.Ended(first.in(LeaseState.RELEASED)),
                new LeaseChange.Added(second));
        write(START.plusSeconds(60), new LeaseChange.Added(lease("10.0.0.9", null, "other")));
        assertThat(history("fd00::1", "2026-11-21T07:00:00.122Z")).isEmpty();
        assertThat(history("fd00::1", "2026-11-21T07:00:00.123Z"))
                .extracting(BindingView::hostname)
                .containsExactly("first");
        assertThat(history("fd00::1", "2026-11-21T07:01:00.122Z"))
                .extracting(BindingView::hostname)
                .containsExactly("first");
        assertThat(history("fd00::1", "2026-11-21T07:01:00.123Z"))
                .extracting(BindingView::hostname)
                .containsExactly("second");
        assertThat(history("fd00::1", "2036-01-01T00:00:00Z"))
                .extracting(BindingView::hostname)
                .containsExactly("second");
        assertThat(history(null, "2026-11-21T07:01:00.123Z")).hasSize(2);
        assertThat(leases.history(null, "02:00:00:00:00:01", null, ALL).items())
                .extracting(BindingView::hostname)
                .containsExactly("first");
    }

    @Test
    void theHistoryIsReadPageByPageNewestFirst() {
        for (int i = 0; i < 57; i++) {
            write(START, new LeaseChange.Added(lease("10.0.0." + i, null, null)));
        }
        List<Long> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<BindingView> page = leases.history(null, null, null, new Paging(null, cursor, 10));
            assertThat(page.total()).isEqualTo(cursor == null ? 57L : null);
            page.items().forEach(binding -> ids.add(binding.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(ids).hasSize(57).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void oldRowsGoAndTheNewestStay() {
        writeEvents(1, 12_000);
        Lease ended = lease("10.0.0.1", null, null);
        write(START, new LeaseChange.Added(ended));
        write(START.plusSeconds(10), new LeaseChange.Ended(ended.in(LeaseState.EXPIRED)));
        write(START, new LeaseChange.Added(lease("10.0.0.2", null, null)));
        Instant now = START.plusSeconds(10).plus(Duration.ofDays(30));
        int pieces = 0;
        while (ledger.prune(11_000, now, Duration.ofDays(30))) {
            pieces++;
        }
        assertThat(pieces).isEqualTo(2);
        assertThat(events.oldest()).isEqualTo(11_000);
        assertThat(events.newest()).isEqualTo(12_000);
        assertThat(history(null, null)).as("ended exactly so long ago: kept").hasSize(2);
        ledger.prune(1, now.plusMillis(1), Duration.ofDays(30));
        assertThat(history(null, null)).extracting(BindingView::address).containsExactly("10.0.0.2");
    }

    @Test
    void reservationsAreReplacedSourceBySourceAndKnowWhetherTheyAreLeased() {
        ReservationStore store = new ReservationStore(database);
        Reservation nas =
                new Reservation(HOME, List.of("02:00:00:00:00:01"), null, List.of("10.0.0.1", "fd00::1"), "nas", "a:1");
        Reservation part = new Reservation(HOME, List.of(), "01:02", List.of("::56"), null, "a:2");
        LeaseSource guest = LeaseSource.dnsmasq("guest");
        Reservation other = new Reservation(guest, List.of(), null, List.of("10.0.0.1"), "x", "b:1");
        store.replace(HOME, List.of(nas, part));
        store.replace(guest, List.of(other));
        assertThat(store.list(ALL).items())
                .containsExactly(
                        ReservationView.of(nas, false),
                        ReservationView.of(part, false),
                        ReservationView.of(other, false));
        Lease lease = lease("fd00::1", null, null);
        write(START, new LeaseChange.Added(lease));
        assertThat(store.list(ALL).items())
                .containsExactly(
                        ReservationView.of(nas, true),
                        ReservationView.of(part, false),
                        ReservationView.of(other, false));
        write(START, new LeaseChange.Ended(lease.in(LeaseState.EXPIRED)));
        store.replace(HOME, List.of(part));
        assertThat(store.list(ALL).items())
                .containsExactly(ReservationView.of(other, false), ReservationView.of(part, false));
        assertThat(leases.sources("dnsmasq")).containsExactly("guest", "home");
        store.replace(HOME, List.of());
        assertThat(leases.sources("dnsmasq")).containsExactly("guest");
        assertThat(leases.sources("rdk")).isEmpty();
    }

    @Test
    void aSettingIsKeptAndItsChangesAreAudited() throws Exception {
        Settings settings = new Settings(database);
        assertThat(settings.get("config.runtime")).isEmpty();
        settings.put("config.runtime", "{\"a\":1}", "192.0.2.1", START);
        settings.put("config.runtime", "{\"a\":2}", "192.0.2.2", START.plusSeconds(1));
        assertThat(settings.get("config.runtime")).contains("{\"a\":2}");
        new Audit(database).add(new Audit.Entry(START, "me", "device", "x", "y".repeat(10_000)));
        List<String> rows = database.read(connection -> new Select("*", "audit")
                .list(
                        connection,
                        "id",
                        10,
                        row -> row.getString("who") + " " + row.getString("action") + " " + row.getString("subject")
                                + " " + row.getString("detail").length() + " " + row.getLong("at")));
        assertThat(rows)
                .containsExactly(
                        "192.0.2.1 setting config.runtime 7 " + START.toEpochMilli(),
                        "192.0.2.2 setting config.runtime 7 "
                                + START.plusSeconds(1).toEpochMilli(),
                        "me device x 4096 " + START.toEpochMilli());
    }

    @Test
    void countsAreBySourceAndAllocation() {
        write(
                START,
                new LeaseChange.Added(lease("10.0.0.1", null, null)),
                new LeaseChange.Added(lease("10.0.0.2", null, null)));
        assertThat(leases.countsBySource()).containsExactly(Map.entry(List.of("dnsmasq", "home", "dynamic"), 2.0));
        assertThat(leases.counts()).isEqualTo(new LeaseQueries.Counts(2, 0));
        assertThat(leases.expiries())
                .containsEntry(
                        List.of("10.0.0.1", "", ""), START.plusSeconds(3600).toEpochMilli() / 1_000.0)
                .hasSize(2);
    }
}
