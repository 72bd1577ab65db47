package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Fingerprints;
import io.innkeeper.device.PresenceBook;
import io.innkeeper.device.PresenceSettings;
import io.innkeeper.device.Sighting;
import io.innkeeper.device.naming.ConflictPolicy;
import io.innkeeper.device.naming.NamingSettings;
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
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceFilter;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.Paging;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.SystemNames;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.Json;
import io.innkeeper.view.SystemNameView;
import io.innkeeper.wire.net.HostNamePattern;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Names through the desk: decided with what is heard, stored and told with it, and still known after a start. */
class NamingTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final LeaseSource HOME = LeaseSource.dnsmasq("home");
    private static final Paging ALL = new Paging(null, null, Paging.MAX_LIMIT);

    @TempDir
    private Path folder;

    private volatile NamingSettings settings = NamingSettings.USUAL;
    private int inMemory = 1_000;
    private Database database;
    private SystemNames names;
    private EventLog log;
    private Desk desk;

    private static final class Counts implements DeskStatistics {
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
        public void sightingsDropped(int count) {}
    }

    @BeforeEach
    void open() {
        open(true);
    }

    private void open(boolean named) {
        database = Database.open(folder.resolve("x.db"));
        names = new SystemNames(database);
        log = new EventLog(new EventQueries(database).newest(), 100_000);
        DeviceQueries devices = new DeviceQueries(database);
        PresenceQueries presences = new PresenceQueries(database);
        Naming naming = named ? Naming.of(names, () -> settings, mac -> "Apple, Inc.") : Naming.nobody();
        Attendance attendance = Attendance.of(
                presences, () -> PresenceSettings.USUAL, () -> Fingerprints.NONE, PresenceBook.MOST, naming);
        desk = new Desk(
                new LeaseBook(new LeaseQueries(database).all("dnsmasq")),
                new DeviceTable(devices.newest(inMemory), (int) devices.count(), 100_000),
                attendance,
                () -> 100_000,
                mac -> "Apple, Inc.",
                log,
                new Ledger(database, mac -> null),
                new ReservationStore(database),
                () -> START,
                new Counts(),
                new Desk.Limits(256, 20_000, inMemory));
        desk.inTurn(() -> naming.read(inMemory));
        desk.start();
    }

    private void restart(boolean named) {
        close();
        open(named);
    }

    @AfterEach
    void close() {
        desk.close();
        database.close();
    }

    private static MacAddress mac(int number) {
        return MacAddress.of(
                MacAddress.ETHERNET, new byte[] {2, 0, 0, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    private static LeaseFact fact(int number, @Nullable String hostname, Allocation allocation) {
        return new LeaseFact(
                IpAddress.v4(0x0a000000 + number),
                mac(number),
                null,
                hostname,
                Expiry.at(START.plus(Duration.ofHours(1))),
                null,
                false,
                allocation,
                null,
                null,
                Map.of());
    }

    private void lease(int number, @Nullable String hostname) throws InterruptedException {
        leases(List.of(fact(number, hostname, Allocation.DYNAMIC)));
    }

    private void leases(List<LeaseFact> facts) throws InterruptedException {
        desk.report(new LeaseReport(HOME, facts, Set.of(), "file"));
        settle();
    }

    private void seen(int number) throws InterruptedException {
        desk.seen(new Sighting(mac(number), IpAddress.v4(0x0a000000 + number), null, "arp", Evidence.ARP, Map.of()));
        settle();
    }

    /** Waits until the desk has done what it was given. */
    private void settle() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        desk.inTurn(() -> done.complete(true));
        assertThat(done.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    private String called(int number) {
        return names.of(mac(number)).map(SystemNameView::name).orElse("-");
    }

    private List<Event> told(EventType type) {
        return new EventQueries(database)
                .after(0, 1_000_000).stream()
                        .filter(event -> event.type() == type)
                        .toList();
    }

    private static JsonNode json(Event event) {
        return Json.MAPPER.readTree(event.json());
    }

    @Test
    void aNameIsDecidedStoredAndToldWithTheDevice() throws InterruptedException {
        lease(1, "Anna's Laptop");
        assertThat(names.of(mac(1)))
                .contains(new SystemNameView("annas-laptop", "given", "annas-laptop", "it calls itself so", START));
        List<Event> events = new EventQueries(database).after(0, 100);
        assertThat(events)
                .extracting(Event::type)
                .containsExactly(EventType.LEASE_ADDED, EventType.DEVICE_DISCOVERED, EventType.DEVICE_NAMED);
        assertThat(json(events.get(1))
                        .path("device")
                        .path("system")
                        .path("name")
                        .asString())
                .isEqualTo("annas-laptop");
        JsonNode named = json(events.get(2));
        assertThat(named.path("mac").asString()).isEqualTo("02:00:00:00:00:01");
        assertThat(named.path("name").asString()).isEqualTo("annas-laptop");
        assertThat(named.path("before").isNull()).isTrue();
        assertThat(named.path("system").path("origin").asString()).isEqualTo("given");
        assertThat(new DeviceQueries(database).find(mac(1)).map(DeviceView::system))
                .isEqualTo(names.of(mac(1)));
        assertThat(names.byName("ANNAS-laptop")).contains(mac(1));
    }

    @Test
    void aMadeNameGivesWayToAGivenOneAndIsKept() throws InterruptedException {
        seen(1);
        assertThat(called(1)).isEqualTo("host-020000000001");
        lease(1, "nas");
        assertThat(called(1)).isEqualTo("nas");
        assertThat(told(EventType.DEVICE_NAMED))
                .extracting(event -> json(event).path("before").asString("-"))
                .containsExactly("-", "host-020000000001");
        JsonNode changed = json(told(EventType.DEVICE_CHANGED).getFirst());
        assertThat(changed.path("before").path("system").path("name").asString())
                .isEqualTo("host-020000000001");
        assertThat(changed.path("device").path("system").path("name").asString())
                .isEqualTo("nas");
        restart(true);
        lease(2, "host-020000000001");
        assertThat(called(2)).as("that one is kept for the first").isEqualTo("host-020000000002");
    }

    @Test
    void twoWhoFightAreToldOnce_alsoAfterAStart() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                lease(1, "printer");
                lease(2, "printer");
                seen(1);
                seen(2);
            }
            restart(true);
        }
        assertThat(told(EventType.DEVICE_NAME_CONFLICT)).singleElement().satisfies(event -> {
            assertThat(event.subject()).isEqualTo("02:00:00:00:00:02");
            assertThat(event.json())
                    .contains("\"name\":\"printer\",\"policy\":\"first-wins\","
                            + "\"winner\":{\"mac\":\"02:00:00:00:00:01\",\"name\":\"printer\"},"
                            + "\"loser\":{\"mac\":\"02:00:00:00:00:02\",\"name\":\"host-020000000002\"}");
        });
        assertThat(told(EventType.DEVICE_NAMED)).hasSize(2);
    }

    @Test
    void aNamePassesFromOneToAnotherInOneTransaction() throws InterruptedException {
        settings = new NamingSettings(ConflictPolicy.LATEST_WINS, HostNamePattern.of("{vendor}-{mac:last2}", "host"));
        lease(1, "printer");
        lease(2, "printer");
        assertThat(called(2)).isEqualTo("printer");
        assertThat(called(1)).isEqualTo("apple-0001");
        assertThat(new EventQueries(database).after(0, 100))
                .extracting(Event::type)
                .endsWith(EventType.DEVICE_NAME_CONFLICT, EventType.DEVICE_NAMED, EventType.DEVICE_NAMED);
    }

    @Test
    void aStaticLeaseWinsWhereThatIsThePolicy() throws InterruptedException {
        settings = new NamingSettings(ConflictPolicy.STATIC_WINS, HostNamePattern.of("{prefix}-{mac}", "pc"));
        lease(1, "printer");
        lease(2, "printer");
        assertThat(called(2)).isEqualTo("pc-020000000002");
        leases(List.of(fact(2, "printer", Allocation.STATIC)));
        assertThat(called(2)).isEqualTo("printer");
        assertThat(called(1)).isEqualTo("pc-020000000001");
    }

    @Test
    void devicesOfAnEarlierVersionAreNamedWhenTheyAreHeardNext() throws InterruptedException {
        restart(false);
        lease(1, "old");
        seen(2);
        assertThat(told(EventType.DEVICE_DISCOVERED)).hasSize(2);
        assertThat(names.list(null, ALL).items()).isEmpty();
        restart(true);
        assertThat(called(1)).isEqualTo("-");
        desk.seen(List.of(
                new Sighting(mac(1), null, null, "arp", Evidence.ARP, Map.of()),
                new Sighting(mac(2), null, null, "arp", Evidence.ARP, Map.of())));
        await().until(() -> names.list(null, ALL).items().size() == 2);
        assertThat(called(1)).as("as it called itself then").isEqualTo("old");
        assertThat(called(2)).isEqualTo("host-020000000002");
    }

    @Test
    void aSystemIsRegisteredByHand() throws InterruptedException {
        lease(1, "web01");
        IpAddress taken = IpAddress.v4(0x0a000001);
        assertThat(desk.register(new SystemRegistration(mac(7), "Web01.lan", taken, "grpc")))
                .isPresent();
        assertThat(called(7)).isEqualTo("web01");
        assertThat(called(1)).isEqualTo("host-020000000001");
        DeviceView device = new DeviceQueries(database).find(mac(7)).orElseThrow();
        assertThat(device.addresses()).as("another device has it").isEmpty();
        assertThat(device.presence()).as("it was not heard").isNull();
        assertThat(device.system())
                .isNotNull()
                .extracting(SystemNameView::origin)
                .isEqualTo("owner");
        lease(7, "debian");
        assertThat(called(7)).isEqualTo("web01");
        IpAddress free = IpAddress.v4(0x0a000063);
        desk.register(new SystemRegistration(mac(1), null, free, "grpc"));
        assertThat(new DeviceQueries(database).find(mac(1)).orElseThrow().addresses())
                .extracting(DeviceView.Address::address)
                .containsExactly("10.0.0.99", "10.0.0.1");
        desk.register(new SystemRegistration(mac(7), "", null, "grpc"));
        assertThat(called(7)).as("taken back").isEqualTo("debian");
        seen(1);
        assertThat(called(1)).as("and free again").isEqualTo("web01");
    }

    @Test
    void aRegistrationThatSaysNothingNewChangesNothing() throws InterruptedException {
        desk.register(new SystemRegistration(mac(7), "web01", IpAddress.v4(0x0a000007), "grpc"));
        long newest = log.newest();
        desk.register(new SystemRegistration(mac(7), "web01", IpAddress.v4(0x0a000007), "grpc"));
        settle();
        assertThat(log.newest()).isEqualTo(newest);
    }

    @Test
    void namesAreUniqueAlsoWhereMostOfThemAreNotInMemory() throws InterruptedException {
        close();
        inMemory = 50;
        open(true);
        List<LeaseFact> facts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            facts.add(fact(i, i % 3 == 0 ? null : "pc-" + i % 200, Allocation.DYNAMIC));
        }
        leases(facts);
        leases(facts);
        List<SystemNames.Named> all = names.list(null, ALL).items();
        assertThat(all).hasSize(600).extracting(named -> named.system().name()).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(named -> named.system().origin().equals("given"))
                .hasSize(200);
        assertThat(told(EventType.DEVICE_NAMED)).hasSize(600);
        assertThat(told(EventType.DEVICE_NAME_CONFLICT)).hasSize(200);
    }

    @Test
    void systemsAreFoundByTheirNames() throws InterruptedException {
        lease(1, "alpha");
        lease(2, "alpha");
        DeviceFilter filter = new DeviceFilter("host-0200", null, null, null, null);
        assertThat(new DeviceQueries(database).list(filter, ALL).items())
                .extracting(DeviceView::mac)
                .containsExactly("02:00:00:00:00:02");
        assertThat(names.list("alph", new Paging("-name", null, 1)).items())
                .extracting(SystemNames.Named::mac)
                .containsExactly("02:00:00:00:00:02");
        assertThat(names.list(null, new Paging("mac", null, 1)).next()).isNotNull();
    }
}
