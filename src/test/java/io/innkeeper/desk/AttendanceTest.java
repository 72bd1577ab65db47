package io.innkeeper.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.innkeeper.device.DeviceTable;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Fingerprints;
import io.innkeeper.device.PresenceBook;
import io.innkeeper.device.PresenceSettings;
import io.innkeeper.device.Prober;
import io.innkeeper.device.Sighting;
import io.innkeeper.event.Event;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.LeaseQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.MapQueries;
import io.innkeeper.store.PresenceQueries;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.Json;
import io.innkeeper.view.MapCells;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Presence and links through the desk: decided, stored, told, and still known after a start. */
class AttendanceTest {
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final LeaseSource HOME = LeaseSource.dnsmasq("home");
    private static final MacAddress PHONE = mac("02:00:00:00:00:01");
    private static final MacAddress NEW = mac("02:00:00:00:00:02");
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.7").orElseThrow();
    private static final ClientId DUID =
            ClientId.parse("ff:12:34:56:78:00:01:00:01:aa").orElseThrow();
    private static final PresenceSettings QUICK =
            new PresenceSettings(Duration.ofSeconds(10), Duration.ofSeconds(25), 2, Duration.ofSeconds(2));

    @TempDir
    private Path folder;

    private volatile Instant now = START;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final List<IpAddress> asked = new CopyOnWriteArrayList<>();
    private Database database;
    private EventLog log;
    private Desk desk;

    private static MacAddress mac(String text) {
        return MacAddress.parse(text).orElseThrow();
    }

    private final class Counts implements DeskStatistics {
        @Override
        public void reportTaken() {}

        @Override
        public void committed(long nanos, List<EventDraft> told) {
            commits.incrementAndGet();
        }

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
        log = new EventLog(new EventQueries(database).newest(), 10_000);
        DeviceQueries devices = new DeviceQueries(database);
        PresenceQueries presences = new PresenceQueries(database);
        Attendance attendance = Attendance.of(presences, () -> QUICK, () -> Fingerprints.NONE, PresenceBook.MOST);
        desk = new Desk(
                new LeaseBook(new LeaseQueries(database).all("dnsmasq")),
                new DeviceTable(devices.all(), 1_000),
                attendance,
                () -> 1_000,
                mac -> null,
                log,
                new Ledger(database, mac -> null),
                new ReservationStore(database),
                () -> now,
                new Counts(),
                Desk.Limits.USUAL);
        desk.inTurn(() -> attendance.read(presences, devices.all()));
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
        database.close();
    }

    private void seen(MacAddress mac, IpAddress address, @Nullable String name) {
        desk.seen(List.of(new Sighting(mac, address, name, "arp", Evidence.ARP, Map.of())));
        settled();
    }

    private void leased(MacAddress mac, String address, @Nullable String name, @Nullable ClientId client)
            throws InterruptedException {
        desk.report(new LeaseReport(
                HOME,
                List.of(new LeaseFact(
                        IpAddress.parse(address).orElseThrow(),
                        mac,
                        client,
                        name,
                        Expiry.at(now.plus(Duration.ofHours(12))),
                        null,
                        false,
                        Allocation.DYNAMIC,
                        null,
                        null,
                        Map.of("vendorClass", "android-dhcp-14", "requestedOptions", "1,3,6"))),
                Set.of(),
                "file"));
        settled();
    }

    /** What was handed in before is done: the desk takes signs after each piece of work. */
    private void settled() {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            desk.inTurn(() -> done.complete(true));
            assertThat(done.join()).isTrue();
        }
    }

    private List<JsonNode> events() {
        return new EventQueries(database)
                .after(0, 1_000).stream()
                        .map(Event::json)
                        .map(Json.MAPPER::readTree)
                        .toList();
    }

    private List<String> types() {
        return new EventQueries(database)
                .after(0, 1_000).stream().map(event -> event.type().text()).toList();
    }

    private DeviceView device(MacAddress mac) {
        return new DeviceQueries(database).find(mac).orElseThrow();
    }

    private DeviceView.Link link(MacAddress mac) {
        return Objects.requireNonNull(device(mac).link());
    }

    private String state(MacAddress mac) {
        return Objects.requireNonNull(device(mac).presence()).state();
    }

    @Test
    void whoIsGoneIsToldAndWhoComesBackToo() {
        Prober nobody = (mac, address) -> {
            asked.add(address);
            desk.silent(mac, address);
        };
        desk.prober(nobody);
        seen(PHONE, ADDRESS, "phone");
        assertThat(state(PHONE)).isEqualTo("online");
        now = now.plusSeconds(12);
        await().until(() -> state(PHONE).equals("idle"));
        now = now.plusSeconds(10);
        await().until(() -> asked.size() == 1);
        now = now.plusSeconds(2);
        await().until(() -> asked.size() == 2);
        now = now.plusSeconds(2);
        await().until(() -> state(PHONE).equals("offline"));
        assertThat(types()).containsExactly("device.discovered", "device.offline");
        JsonNode offline = events().getLast();
        assertThat(offline.path("mac").asString()).isEqualTo(PHONE.toString());
        assertThat(offline.path("since").asString()).isEqualTo(START.toString());
        assertThat(offline.path("evidence").asString()).isEqualTo("arp");
        assertThat(offline.path("address").asString()).isEqualTo("192.168.1.7");
        assertThat(offline.path("device").path("presence").path("state").asString())
                .isEqualTo("offline");
        assertThat(new PresenceQueries(database).spans(PHONE)).containsExactly(new PresenceQueries.Span(START, START));
        now = now.plusSeconds(60);
        seen(PHONE, ADDRESS, null);
        assertThat(types()).containsExactly("device.discovered", "device.offline", "device.online");
        assertThat(new PresenceQueries(database).spans(PHONE))
                .containsExactly(new PresenceQueries.Span(now, null), new PresenceQueries.Span(START, START));
    }

    @Test
    void presenceIsKnownAfterAStartAndNobodyIsGoneBecauseOfIt() throws InterruptedException {
        leased(PHONE, "192.168.1.7", "phone", null);
        DeviceView before = device(PHONE);
        close();
        now = now.plus(Duration.ofHours(3));
        open();
        assertThat(device(PHONE)).isEqualTo(before);
        seen(NEW, IpAddress.parse("192.168.1.8").orElseThrow(), "guest");
        await().until(() -> {
            now = now.plusSeconds(1);
            return state(NEW).equals("offline");
        });
        assertThat(state(PHONE)).as("its lease still runs").isEqualTo("idle");
        assertThat(types()).containsExactly("lease.added", "device.discovered", "device.discovered", "device.offline");
        desk.report(new LeaseReport(HOME, List.of(), Set.of(ADDRESS), "file"));
        await().until(() -> state(PHONE).equals("offline"));
        assertThat(types().subList(4, 6)).containsExactly("lease.released", "device.offline");
    }

    @Test
    void whatIsHeardAllTheTimeIsWrittenOnceAMinute() {
        for (int i = 0; i < 300; i++) {
            seen(PHONE, ADDRESS, null);
            now = now.plusSeconds(1);
        }
        assertThat(commits.get()).isBetween(5, 7);
        assertThat(Duration.between(device(PHONE).lastSeenAt(), now)).isLessThanOrEqualTo(Duration.ofMinutes(1));
        seen(PHONE, IpAddress.parse("192.168.1.8").orElseThrow(), null);
        assertThat(device(PHONE).addresses())
                .as("what changes is written at once")
                .hasSize(2);
    }

    @Test
    void whatIsTooMuchIsCountedAndNotWaitedFor() {
        CompletableFuture<Boolean> hold = new CompletableFuture<>();
        desk.inTurn(hold::join);
        List<Sighting> many = new ArrayList<>();
        for (int i = 0; i < Desk.Limits.USUAL.sightings() + 500; i++) {
            many.add(new Sighting(PHONE, ADDRESS, null, "arp", Evidence.ARP, Map.of()));
        }
        desk.seen(many);
        assertThat(dropped.get()).isBetween(1, 500);
        hold.complete(true);
        settled();
        await().until(() -> !types().isEmpty());
    }

    @Test
    void aNewRandomAddressIsLinkedAndTheDecisionLasts() throws InterruptedException {
        leased(PHONE, "192.168.1.7", "Ninas-Pixel", DUID);
        desk.call(PHONE, words -> new OwnersWords("Nina", "blue"));
        now = now.plus(Duration.ofMinutes(3));
        close();
        open();
        leased(NEW, "192.168.1.8", "Ninas-Pixel", DUID);
        DeviceView.Link link = link(NEW);
        assertThat(link.to()).isEqualTo(PHONE.toString());
        assertThat(link.state()).isEqualTo("suggested");
        assertThat(link.confidence()).isGreaterThan(0.95);
        assertThat(device(NEW).name()).as("nobody said so yet").isNull();
        assertThat(events().getLast().path("changed").toString()).isEqualTo("[\"link\"]");
        desk.link(NEW, PHONE, true);
        assertThat(device(NEW).name()).isEqualTo("Nina");
        assertThat(device(NEW).linkedTo()).isEqualTo(PHONE.toString());
        assertThat(events().getLast().path("device").path("name").asString()).isEqualTo("Nina");
        close();
        open();
        assertThat(link(NEW).state()).isEqualTo("confirmed");
        desk.link(NEW, PHONE, false);
        assertThat(device(NEW).link()).isNull();
        close();
        open();
        leased(NEW, "192.168.1.9", "Ninas-Pixel", DUID);
        assertThat(device(NEW).link()).as("it was rejected").isNull();
    }

    /** Both are heard every five seconds for so long, or only one of them. */
    private void heardFor(Duration time, MacAddress... macs) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(5)) {
            for (MacAddress mac : macs) {
                seen(
                        mac,
                        mac.equals(PHONE)
                                ? ADDRESS
                                : IpAddress.parse("192.168.1.8").orElseThrow(),
                        null);
            }
        }
    }

    private void suggested() throws InterruptedException {
        leased(PHONE, "192.168.1.7", "Ninas-Pixel", null);
        now = now.plus(Duration.ofMinutes(3));
        leased(NEW, "192.168.1.8", "Ninas-Pixel", null);
        assertThat(link(NEW).state()).isEqualTo("suggested");
    }

    @Test
    void whoIsThereAtTheSameTimeIsAnother() throws InterruptedException {
        suggested();
        heardFor(Duration.ofMinutes(3), PHONE, NEW);
        assertThat(link(NEW).state()).as("not sure yet").isEqualTo("suggested");
        heardFor(Duration.ofMinutes(2), PHONE, NEW);
        assertThat(device(NEW).link()).isNull();
        assertThat(events().getLast().path("changed").toString()).isEqualTo("[\"link\"]");
    }

    @Test
    void aPhoneThatGoesBackToItsOldAddressIsStillTheSame() throws InterruptedException {
        suggested();
        heardFor(Duration.ofMinutes(3), NEW);
        heardFor(Duration.ofSeconds(30), PHONE, NEW); // the kernel believes in the vanished one for a while
        heardFor(Duration.ofMinutes(20), PHONE);
        assertThat(link(NEW).state()).isEqualTo("suggested");
        heardFor(Duration.ofMinutes(20), NEW);
        heardFor(Duration.ofMinutes(20), PHONE);
        assertThat(link(NEW).state()).isEqualTo("suggested");
    }

    private List<String> map() {
        Prefix prefix = Prefix.parse("192.168.1.0/24").orElseThrow();
        MapCells cells = new MapCells(prefix);
        new MapQueries(database, QUICK::offlineAfter).cells(prefix).forEach(cells::add);
        return cells.cells().stream()
                .map(cell -> cell.address() + " " + cell.state() + " " + cell.mac())
                .toList();
    }

    @Test
    void everyAddressWhereADeviceWasHeardLatelyIsOnTheMap() {
        IpAddress second = IpAddress.parse("192.168.1.9").orElseThrow();
        seen(PHONE, ADDRESS, null);
        seen(PHONE, second, null);
        now = now.plusSeconds(3);
        seen(PHONE, IpAddress.parse("fe80::1").orElseThrow(), null);
        assertThat(map()).containsExactly("192.168.1.7 online " + PHONE, "192.168.1.9 online " + PHONE);
        assertThat(new MapQueries(database, QUICK::offlineAfter).addresses()).containsExactly(ADDRESS, second);
        seen(NEW, second, null);
        assertThat(map())
                .as("it is another's now")
                .containsExactly("192.168.1.7 online " + PHONE, "192.168.1.9 online " + NEW);
        for (int i = 0; i < 40; i++) {
            now = now.plusSeconds(5);
            seen(PHONE, IpAddress.parse("fe80::1").orElseThrow(), null);
        }
        assertThat(map())
                .as("it has not been there for long")
                .noneMatch(cell -> cell.startsWith("192.168.1.7 "))
                .anyMatch(cell -> cell.startsWith("192.168.1.9 "));
    }
}
