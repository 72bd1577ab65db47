package io.innkeeper.store;

import static io.innkeeper.store.TestingRows.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.property.Samples;
import io.innkeeper.view.DeviceView;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walking a list page by page gives exactly the list. */
class PagingTest {
    private static final int LEASES = 3_000;
    private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

    @TempDir
    private static Path folder;

    private static Database database;
    private static Ledger ledger;
    private static LeaseQueries queries;
    private static DeviceQueries devices;
    private static final Map<Lease.Key, Lease> leases = new HashMap<>();
    private static final List<Device> stored = new ArrayList<>();

    @BeforeAll
    static void fill() {
        database = Database.open(folder.resolve("x.db"));
        ledger = new Ledger(database, mac -> mac.toString().endsWith("7") ? "Vendor" : null);
        queries = new LeaseQueries(database);
        devices = new DeviceQueries(database);
        Samples samples = new Samples(20261121);
        List<LeaseChange> changes = new ArrayList<>();
        for (int i = 0; i < LEASES; i++) {
            Lease lease = TestingRows.lease(samples);
            leases.put(lease.key(), lease);
            changes.add(new LeaseChange.Added(lease));
        }
        List<DeviceChange> found = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            stored.add(TestingRows.device(samples, i));
            found.add(new DeviceChange.Discovered(stored.getLast()));
        }
        ledger.write(new Commit(changes, found, START), List.of());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Comparator<LeaseView> order(String name) {
        Comparator<LeaseView> byKey = Comparator.<LeaseView, byte[]>comparing(
                        lease -> IpAddress.parse(lease.address()).orElseThrow().sortKey(), BYTES)
                .thenComparing(LeaseView::origin)
                .thenComparing(LeaseView::source);
        return switch (name) {
            case "address" -> byKey;
            case "hostname" ->
                Comparator.<LeaseView, byte[]>comparing(l -> utf8(l.hostname()), BYTES)
                        .thenComparing(byKey);
            case "mac" ->
                Comparator.<LeaseView, byte[]>comparing(l -> utf8(l.mac()), BYTES)
                        .thenComparing(byKey);
            case "expiresAt" ->
                Comparator.<LeaseView, Long>comparing(l -> l.expiresAt() == null
                                ? Long.MAX_VALUE
                                : l.expiresAt().toEpochMilli())
                        .thenComparing(byKey);
            case "startedAt" -> Comparator.comparing(LeaseView::startedAt).thenComparing(byKey);
            case "allocation" -> Comparator.comparing(LeaseView::allocation).thenComparing(byKey);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static Stream<String> leaseSorts() {
        return LeaseQueries.orders().stream().flatMap(order -> Stream.of(order, "-" + order));
    }

    static Stream<String> deviceSorts() {
        return DeviceQueries.orders().stream().flatMap(order -> Stream.of(order, "-" + order));
    }

    private static <T> List<T> walk(Function<Paging, Page<T>> list, String sort, Samples samples) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            int limit = 1 + samples.below(samples.pick(3, 50, 400));
            Page<T> page = list.apply(new Paging(sort, cursor, limit));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            assertThat(page.next() == null || page.items().size() == limit).isTrue();
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    @ParameterizedTest
    @MethodSource("leaseSorts")
    void walkingTheLeasesGivesTheSortedList(String sort) {
        Comparator<LeaseView> order = order(sort.replace("-", ""));
        List<LeaseView> expected = leases.values().stream()
                .map(PagingTest::view)
                .sorted(sort.startsWith("-") ? order.reversed() : order)
                .toList();
        List<LeaseView> walked =
                walk(paging -> queries.list(LeaseFilter.ALL, paging), sort, new Samples(sort.hashCode()));
        assertThat(walked).hasSize(leases.size()).isEqualTo(expected);
    }

    private static LeaseView view(Lease lease) {
        Device device = stored.stream()
                .filter(one -> Objects.equals(one.mac(), lease.mac()))
                .findFirst()
                .orElse(null);
        boolean known = device != null && device.mac().toString().endsWith("7");
        return LeaseView.of(lease, known ? "Vendor" : null, device == null ? null : device.name());
    }

    @ParameterizedTest
    @MethodSource("deviceSorts")
    void walkingTheDevicesGivesTheSortedList(String sort) {
        Comparator<DeviceView> byMac = Comparator.comparing(DeviceView::mac);
        Comparator<DeviceView> order = switch (sort.replace("-", "")) {
            case "mac" -> byMac;
            case "name" ->
                Comparator.<DeviceView, byte[]>comparing(
                                d -> utf8(Stream.of(d.name(), d.hostname(), d.vendor())
                                        .filter(text -> text != null)
                                        .findFirst()
                                        .orElse("")),
                                BYTES)
                        .thenComparing(byMac);
            case "lastSeenAt" -> Comparator.comparing(DeviceView::lastSeenAt).thenComparing(byMac);
            case "firstSeenAt" -> Comparator.comparing(DeviceView::firstSeenAt).thenComparing(byMac);
            default -> throw new IllegalArgumentException(sort);
        };
        List<DeviceView> walked =
                walk(paging -> devices.list(DeviceFilter.ALL, paging), sort, new Samples(sort.hashCode()));
        assertThat(walked)
                .hasSize(stored.size())
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(sort.startsWith("-") ? order.reversed() : order);
    }

    @ParameterizedTest
    @MethodSource("leaseSorts")
    void whatStaysIsSeenOnceHoweverMuchComesAndGoes(String sort) {
        Samples samples = new Samples(sort.hashCode() + 1);
        try (Database own = Database.open(folder.resolve("walk" + sort + ".db"))) {
            Ledger writing = new Ledger(own, mac -> null);
            LeaseQueries reading = new LeaseQueries(own);
            Map<Lease.Key, Lease> held = new HashMap<>();
            Set<Lease.Key> ever = new HashSet<>(); // one that goes and comes back elsewhere may be seen twice
            change(samples, writing, held, ever, 600, 0);
            Set<Lease.Key> stays = new HashSet<>(held.keySet());
            List<Lease.Key> seen = new ArrayList<>();
            String cursor = null;
            do {
                Page<LeaseView> page = reading.list(LeaseFilter.ALL, new Paging(sort, cursor, 1 + samples.below(60)));
                page.items().forEach(lease -> seen.add(key(lease)));
                cursor = page.next();
                change(samples, writing, held, ever, 10, 10);
                stays.retainAll(held.keySet());
            } while (cursor != null);
            assertThat(seen).doesNotHaveDuplicates().containsAll(stays);
            assertThat(stays).hasSizeGreaterThan(100);
        }
    }

    private static Lease.Key key(LeaseView lease) {
        return new Lease.Key(
                new io.innkeeper.lease.LeaseSource(lease.origin(), lease.source()),
                IpAddress.parse(lease.address()).orElseThrow());
    }

    private static void change(
            Samples samples, Ledger writing, Map<Lease.Key, Lease> held, Set<Lease.Key> ever, int more, int fewer) {
        List<LeaseChange> changes = new ArrayList<>();
        for (int i = 0; i < fewer; i++) {
            Lease gone = samples.pick(held.values().toArray(new Lease[0]));
            held.remove(gone.key());
            changes.add(new LeaseChange.Ended(gone.in(LeaseState.RELEASED)));
        }
        for (int i = 0; i < more; i++) {
            Lease lease = TestingRows.lease(samples);
            if (ever.add(lease.key())) {
                held.put(lease.key(), lease);
                changes.add(new LeaseChange.Added(lease));
            }
        }
        writing.write(new Commit(changes, List.of(), START), List.of());
    }

    @Test
    void aNameAsLongAsTheNetworkAllowsDoesNotBreakThePaging() {
        try (Database own = Database.open(folder.resolve("long.db"))) {
            Ledger writing = new Ledger(own, mac -> null);
            // A script may tell a thousand odd octets, each of which is shown as \\xNN.
            String name = "\\xff".repeat(1_024);
            for (int i = 0; i < 3; i++) {
                Lease lease = TestingRows.lease("10.0.0." + i, null, name + i);
                writing.write(new Commit(List.of(new LeaseChange.Added(lease)), List.of(), START), List.of());
            }
            LeaseQueries reading = new LeaseQueries(own);
            String cursor = reading.list(LeaseFilter.ALL, new Paging("hostname", null, 1))
                    .next();
            assertThat(reading.list(LeaseFilter.ALL, new Paging("hostname", cursor, 5))
                            .items())
                    .hasSize(2);
        }
    }

    @Test
    void filtersRestrictEveryPage() {
        LeaseFilter filter = new LeaseFilter(null, "static", 4, "dnsmasq", "guest", null, "zoë", null, null);
        List<LeaseView> walked = walk(paging -> queries.list(filter, paging), "-mac", new Samples(1));
        assertThat(walked).isNotEmpty().hasSize((int) leases.values().stream()
                .filter(l -> "zoë".equals(l.fact().hostname())
                        && l.fact().allocation() == io.innkeeper.lease.Allocation.STATIC
                        && !l.address().v6()
                        && l.source().toString().equals("dnsmasq/guest"))
                .count());
    }

    @Test
    void wildcardsOfTheDatabaseMeanNothing() {
        for (String text : List.of("%", "_", "\\")) {
            LeaseFilter filter = new LeaseFilter(text, null, null, null, null, null, null, null, null);
            List<LeaseView> found = walk(paging -> queries.list(filter, paging), "address", new Samples(2));
            assertThat(found)
                    .isNotEmpty()
                    .allSatisfy(lease ->
                            assertThat(lease.hostname() + lease.deviceName()).contains(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "Address", "address ", "--address", "address; DROP TABLE lease", "d.mac", "-expiresat"})
    void anUnknownOrderIsAWrongParameter(String sort) {
        assertThatThrownBy(() -> queries.list(LeaseFilter.ALL, new Paging(sort, null, 10)))
                .isInstanceOfSatisfying(
                        BadQueryException.class, e -> assertThat(e.parameter()).isEqualTo("sort"))
                .hasMessageContaining("address, hostname, mac");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> badCursors() {
        String other =
                queries.list(LeaseFilter.ALL, new Paging("-mac", null, 1)).next();
        return Stream.of(
                "x",
                "%%%",
                "A".repeat(20_000),
                encoded(""),
                encoded("[]"),
                encoded("[null]"),
                encoded("{}"),
                encoded("[\"mac\"]"),
                encoded("[\"mac\",\"\",\"zz\",\"dnsmasq\",\"home\"]"),
                encoded("[\"mac\",\"\",\"00\",\"dnsmasq\"]"),
                encoded("[\"mac\",\"\",null,\"dnsmasq\",\"home\"]"),
                encoded("[\"mac\",[],\"00\",\"dnsmasq\",\"home\"]"),
                other);
    }

    @ParameterizedTest
    @MethodSource("badCursors")
    void aCursorOfAnotherListIsAWrongParameter(String cursor) {
        assertThatThrownBy(() -> queries.list(LeaseFilter.ALL, new Paging("mac", cursor, 10)))
                .isInstanceOfSatisfying(
                        BadQueryException.class, e -> assertThat(e.parameter()).isEqualTo("cursor"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE})
    void aLimitOutOfRangeIsAWrongParameter(int limit) {
        assertThatThrownBy(() -> new Paging(null, null, limit))
                .isInstanceOfSatisfying(
                        BadQueryException.class, e -> assertThat(e.parameter()).isEqualTo("limit"));
    }

    /** The plan of the query that a page needs, as SQLite tells it. */
    private static String plan(String from, SortOrder order, boolean descending, @Nullable Cursor cursor) {
        Select select = new Select("*", from);
        if (cursor != null) {
            order.after(select, cursor, descending);
        }
        return database.read(connection -> {
            String sql = select.sql("*") + " ORDER BY " + order.orderBy(descending) + " LIMIT 10";
            try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql)) {
                select.bind(statement);
                List<String> lines = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        lines.add(row.getString("detail"));
                    }
                }
                return String.join("; ", lines);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "hostname", "mac", "expiresAt"})
    void everyPageOfTheLeasesIsAWalkAlongAnIndex(String name) {
        for (String sort : List.of(name, "-" + name)) {
            String next =
                    queries.list(LeaseFilter.ALL, new Paging(sort, null, 5)).next();
            Cursor cursor = Cursor.parse(String.valueOf(next)).orElseThrow();
            SortOrder order = LeaseQueries.order(name);
            boolean descending = sort.startsWith("-");
            assertThat(plan(LeaseQueries.FROM, order, descending, null))
                    .as(sort)
                    .doesNotContain("TEMP B-TREE");
            assertThat(plan(LeaseQueries.FROM, order, descending, cursor))
                    .as("%s, further pages", sort)
                    .doesNotContain("TEMP B-TREE")
                    .contains("SEARCH l");
        }
    }
}
