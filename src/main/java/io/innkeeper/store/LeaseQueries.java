package io.innkeeper.store;

import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.view.BindingView;
import io.innkeeper.view.LeaseView;
import io.innkeeper.wire.net.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading leases and their history. Safe for any thread. */
public final class LeaseQueries {
    static final String FROM = "lease l LEFT JOIN device d ON d.mac = l.mac";
    /** What its owner calls a device, or the one that it is. */
    private static final String DEVICE_NAME = "coalesce(d.name, (SELECT o.name FROM device_link k JOIN device o"
            + " ON o.mac = k.to_mac WHERE k.mac = l.mac AND k.state = 'confirmed'))";

    private static final int MAX_SOURCES = 10_000;
    private static final int MAX_SERIES = 100_000;
    private static final Map<String, SortOrder> ORDERS = new LinkedHashMap<>();
    private static final Map<String, SortOrder> BINDING_ORDERS =
            Map.of("id", new SortOrder("id", List.of("id"), List.of(SortOrder.Kind.NUMBER)));

    static {
        List<String> key = List.of("l.address_key", "l.origin", "l.source");
        List<SortOrder.Kind> kinds = List.of(SortOrder.Kind.BYTES, SortOrder.Kind.TEXT, SortOrder.Kind.TEXT);
        ORDERS.put("address", new SortOrder("address", key, kinds));
        order("hostname", "coalesce(l.hostname, '')", SortOrder.Kind.TEXT, key, kinds);
        order("mac", "coalesce(l.mac, '')", SortOrder.Kind.TEXT, key, kinds);
        order("expiresAt", "coalesce(l.expires_at, 9223372036854775807)", SortOrder.Kind.NUMBER, key, kinds);
        order("startedAt", "l.started_at", SortOrder.Kind.NUMBER, key, kinds);
        order("allocation", "l.allocation", SortOrder.Kind.TEXT, key, kinds);
    }

    private static void order(
            String name, String column, SortOrder.Kind kind, List<String> key, List<SortOrder.Kind> kinds) {
        List<String> columns = new java.util.ArrayList<>(key);
        columns.addFirst(column);
        List<SortOrder.Kind> all = new java.util.ArrayList<>(kinds);
        all.addFirst(kind);
        ORDERS.put(name, new SortOrder(name, columns, all));
    }

    /**
     * Numbers for the head of the page.
     *
     * @param active leases held now
     * @param fixed how many of them are static
     */
    public record Counts(long active, long fixed) {}

    private final Database database;

    /** On an open database. */
    public LeaseQueries(Database database) {
        this.database = database;
    }

    static SortOrder order(String name) {
        return Objects.requireNonNull(ORDERS.get(name));
    }

    /** The names of the orders, as the API takes them. */
    public static List<String> orders() {
        return List.copyOf(ORDERS.keySet());
    }

    /**
     * One page of the leases held now.
     *
     * @throws BadQueryException if the order or the cursor is not one of this list
     */
    public Page<LeaseView> list(LeaseFilter filter, Paging paging) {
        return database.read(connection -> {
            Select select = new Select("l.*, d.vendor AS d_vendor, " + DEVICE_NAME + " AS d_name", FROM);
            filter.apply(select);
            return paging.run(connection, select, ORDERS, "address", LeaseQueries::view, LeaseQueries::keyOf);
        });
    }

    private static LeaseView view(ResultSet row) throws SQLException {
        return LeaseView.of(LeaseRows.read(row), row.getString("d_vendor"), row.getString("d_name"));
    }

    private static List<String> keyOf(String order, LeaseView lease) {
        String address = HexFormat.of()
                .formatHex(IpAddress.parse(lease.address()).orElseThrow().sortKey());
        String first = switch (order) {
            case "hostname" -> Objects.requireNonNullElse(lease.hostname(), "");
            case "mac" -> Objects.requireNonNullElse(lease.mac(), "");
            case "expiresAt" ->
                String.valueOf(
                        lease.expiresAt() == null
                                ? Long.MAX_VALUE
                                : lease.expiresAt().toEpochMilli());
            case "startedAt" -> String.valueOf(lease.startedAt().toEpochMilli());
            case "allocation" -> lease.allocation();
            default -> null;
        };
        return first == null
                ? List.of(address, lease.origin(), lease.source())
                : List.of(first, address, lease.origin(), lease.source());
    }

    /** How many there are. */
    public Counts counts() {
        return database.read(connection -> new Counts(
                new Select("*", "lease").count(connection),
                new Select("*", "lease").where("allocation = ?", "static").count(connection)));
    }

    /** How many leases of our own server are held in a range of addresses, both ends included. */
    public long countOwn(IpAddress first, IpAddress last) {
        LeaseSource source = LeaseSource.SERVER;
        return database.read(connection -> new Select("*", "lease")
                .where("address_key BETWEEN ? AND ?", first.sortKey(), last.sortKey())
                .where("origin = ? AND source = ?", source.origin(), source.name())
                .count(connection));
    }

    /** The names of the sources of an origin that have leases or reservations in the store. */
    public List<String> sources(String origin) {
        return database.read(connection -> new Select(
                        "DISTINCT source",
                        "(SELECT origin, source FROM lease UNION ALL SELECT origin, source FROM reservation)")
                .where("origin = ?", origin)
                .list(connection, "source", MAX_SOURCES, row -> row.getString(1)));
    }

    /** How many leases there are, by origin, source and allocation. */
    public Map<List<String>, Double> countsBySource() {
        Map<List<String>, Double> counts = new HashMap<>();
        database.read(connection -> new Select(
                        "origin, source, allocation, count(*)", "lease GROUP BY origin, source, allocation")
                .list(
                        connection,
                        "1, 2, 3",
                        MAX_SOURCES,
                        row -> counts.put(
                                List.of(row.getString(1), row.getString(2), row.getString(3)), row.getDouble(4))));
        return counts;
    }

    /** When each lease ends, in seconds since 1970, by address, hardware address and name; at most 100,000 of them. */
    public Map<List<String>, Double> expiries() {
        Map<List<String>, Double> ends = new HashMap<>();
        database.read(connection -> new Select("*", "lease")
                .where("expires_at IS NOT NULL")
                .list(
                        connection,
                        "address_key",
                        MAX_SERIES,
                        row -> ends.put(
                                List.of(
                                        row.getString("address"),
                                        Objects.requireNonNullElse(row.getString("mac"), ""),
                                        Objects.requireNonNullElse(row.getString("hostname"), "")),
                                row.getLong("expires_at") / 1_000.0)));
        return ends;
    }

    /** Every lease of every source of this origin, for the books at start. */
    public List<Lease> all(String origin) {
        return database.read(connection -> new Select("*", "lease")
                .where("origin = ?", origin)
                .list(connection, "address_key", Integer.MAX_VALUE, LeaseRows::read));
    }

    /** Every lease of a source. */
    public List<Lease> all(LeaseSource source) {
        return database.read(connection -> new Select("*", "lease")
                .where("origin = ? AND source = ?", source.origin(), source.name())
                .list(connection, "address_key", Integer.MAX_VALUE, LeaseRows::read));
    }

    /**
     * Who had an address, newest binding first.
     *
     * @param address of this address; null for any
     * @param mac of this device; null for any
     * @param at only the bindings that stood at this time; null for all
     */
    public Page<BindingView> history(
            @Nullable IpAddress address, @Nullable String mac, @Nullable Instant at, Paging paging) {
        return database.read(connection -> {
            Select select = new Select("*", "lease_history")
                    .whereIf(address == null ? null : address.sortKey(), "address_key = ?")
                    .whereIf(mac, "mac = ?");
            if (at != null) {
                long ms = at.toEpochMilli();
                select.where("started_at <= ? AND (ended_at IS NULL OR ended_at > ?)", ms, ms);
            }
            return paging.run(
                    connection,
                    select,
                    BINDING_ORDERS,
                    "-id",
                    LeaseQueries::binding,
                    (order, binding) -> List.of(String.valueOf(binding.id())));
        });
    }

    private static BindingView binding(ResultSet row) throws SQLException {
        Long endedAt = LeaseRows.nullableLong(row, "ended_at");
        return new BindingView(
                row.getLong("id"),
                row.getString("address"),
                row.getString("mac"),
                row.getString("client_id"),
                row.getString("hostname"),
                row.getString("origin"),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                endedAt == null ? null : Instant.ofEpochMilli(endedAt),
                row.getString("end_reason"));
    }
}
