package io.innkeeper.store;

import io.innkeeper.device.Device;
import io.innkeeper.device.Fingerprint;
import io.innkeeper.device.Fingerprints;
import io.innkeeper.view.DeviceView;
import io.innkeeper.wire.net.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Reading devices. Safe for any thread. */
public final class DeviceQueries {
    /** 'static' sorts after 'dynamic', so the greatest is static where any lease is. */
    private static final String COLUMNS =
            "d.*, (SELECT max(l.allocation) FROM lease l WHERE coalesce(l.mac, '') = d.mac) AS d_allocation,"
                    + " p.state AS p_state, p.since AS p_since, p.here_since AS p_here_since, p.address AS p_address,"
                    + " p.evidence AS p_evidence, k.to_mac AS k_to_mac, k.state AS k_state,"
                    + " k.confidence AS k_confidence, k.reasons AS k_reasons, k.at AS k_at, o.name AS o_name,"
                    + " o.notes AS o_notes, s.name AS s_name, s.origin AS s_origin, s.wanted AS s_wanted,"
                    + " s.claim AS s_claim, s.made AS s_made, s.reason AS s_reason, s.since AS s_since";

    /** Each join finds one row by its key, so that what counts rows only need not make it. */
    private static final String FROM = "device d LEFT JOIN device_presence p ON p.mac = d.mac"
            + " LEFT JOIN device_link k ON k.mac = d.mac AND k.to_mac ="
            + " (SELECT x.to_mac FROM device_link x WHERE x.mac = d.mac AND x.state <> 'rejected' LIMIT 1)"
            + " LEFT JOIN device o ON o.mac = k.to_mac AND k.state = 'confirmed'"
            + " LEFT JOIN system_name s ON s.mac = d.mac";

    private static final String SHOWN_NAME = "coalesce(d.name, o.name, d.hostname, d.vendor, '')";
    private static final Map<String, SortOrder> ORDERS = new LinkedHashMap<>();

    static {
        SortOrder.Kind text = SortOrder.Kind.TEXT;
        SortOrder.Kind number = SortOrder.Kind.NUMBER;
        ORDERS.put("mac", new SortOrder("mac", List.of("d.mac"), List.of(text)));
        ORDERS.put("name", new SortOrder("name", List.of(SHOWN_NAME, "d.mac"), List.of(text, text)));
        ORDERS.put(
                "lastSeenAt", new SortOrder("lastSeenAt", List.of("d.last_seen_at", "d.mac"), List.of(number, text)));
        ORDERS.put(
                "firstSeenAt",
                new SortOrder("firstSeenAt", List.of("d.first_seen_at", "d.mac"), List.of(number, text)));
    }

    private final Database database;
    private final Supplier<Fingerprints> fingerprints;

    /** On an open database, with no table of fingerprints. */
    public DeviceQueries(Database database) {
        this(database, () -> Fingerprints.NONE);
    }

    /**
     * On an open database.
     *
     * @param fingerprints what kind of device has which fingerprint, asked anew for each query
     */
    public DeviceQueries(Database database, Supplier<Fingerprints> fingerprints) {
        this.database = database;
        this.fingerprints = fingerprints;
    }

    /** The names of the orders, as the API takes them. */
    public static List<String> orders() {
        return List.copyOf(ORDERS.keySet());
    }

    /**
     * One page of the devices.
     *
     * @throws BadQueryException if the order or the cursor is not one of this list
     */
    public Page<DeviceView> list(DeviceFilter filter, Paging paging) {
        return database.read(connection -> {
            Select select = new Select(COLUMNS, FROM);
            filter.apply(select);
            return paging.run(connection, select, ORDERS, "-lastSeenAt", this::view, DeviceQueries::keyOf);
        });
    }

    private DeviceView view(ResultSet row) throws SQLException {
        Device device = DeviceRows.read(row);
        return DeviceView.of(
                device,
                new DeviceView.Beside(
                        row.getString("vendor"),
                        row.getString("d_allocation"),
                        PresenceRows.presence(row, device.mac(), "p_"),
                        fingerprints.get().kindOf(Fingerprint.of(device.details())),
                        PresenceRows.link(row, device.mac(), "k_"),
                        row.getString("o_name"),
                        row.getString("o_notes"),
                        SystemNameRows.beside(row, device.mac())));
    }

    private static List<String> keyOf(String order, DeviceView device) {
        return switch (order) {
            case "name" ->
                List.of(
                        Objects.requireNonNullElse(
                                device.name(),
                                Objects.requireNonNullElse(
                                        device.hostname(), Objects.requireNonNullElse(device.vendor(), ""))),
                        device.mac());
            case "lastSeenAt" -> List.of(String.valueOf(device.lastSeenAt().toEpochMilli()), device.mac());
            case "firstSeenAt" -> List.of(String.valueOf(device.firstSeenAt().toEpochMilli()), device.mac());
            default -> List.of(device.mac());
        };
    }

    /** The device with this address. */
    public Optional<DeviceView> find(MacAddress mac) {
        return database.read(connection -> new Select(COLUMNS, FROM)
                .where("d.mac = ?", mac.toString()).list(connection, "d.mac", 1, this::view).stream()
                        .findFirst());
    }

    /** Every device, for the table at start. */
    public List<Device> all() {
        return database.read(
                connection -> new Select("*", "device").list(connection, "mac", Integer.MAX_VALUE, DeviceRows::read));
    }

    /** The devices seen last, oldest first, for the table at start. */
    public List<Device> newest(int limit) {
        return database.read(connection -> new Select("*", "device")
                .list(connection, "last_seen_at DESC", limit, DeviceRows::read)
                .reversed());
    }

    /** How many there are. */
    public long count() {
        return database.read(connection -> new Select("*", "device").count(connection));
    }

    /** How many were first seen since. */
    public long countSince(Instant since) {
        return database.read(connection -> new Select("*", "device")
                .where("first_seen_at >= ?", since.toEpochMilli())
                .count(connection));
    }
}
