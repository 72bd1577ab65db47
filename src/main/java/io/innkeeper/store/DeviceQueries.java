package io.innkeeper.store;

import io.innkeeper.device.Device;
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
import org.jspecify.annotations.Nullable;

/** Reading devices. Safe for any thread. */
public final class DeviceQueries {
    /** 'static' sorts after 'dynamic', so the greatest is static where any lease is. */
    private static final String COLUMNS =
            "d.*, (SELECT max(l.allocation) FROM lease l WHERE coalesce(l.mac, '') = d.mac) AS d_allocation";

    private static final String SHOWN_NAME = "coalesce(d.name, d.hostname, d.vendor, '')";
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

    /** On an open database. */
    public DeviceQueries(Database database) {
        this.database = database;
    }

    /** The names of the orders, as the API takes them. */
    public static List<String> orders() {
        return List.copyOf(ORDERS.keySet());
    }

    /**
     * One page of the devices.
     *
     * @param text found in any name, address, vendor or note; null for all
     * @throws BadQueryException if the order or the cursor is not one of this list
     */
    public Page<DeviceView> list(@Nullable String text, Paging paging) {
        return database.read(connection -> {
            Select select = new Select(COLUMNS, "device d");
            if (text != null) {
                String pattern = Select.anywhere(text);
                select.where(
                        "d.mac LIKE ? ESCAPE '\\' OR d.name LIKE ? ESCAPE '\\' OR d.names LIKE ? ESCAPE '\\'"
                                + " OR d.vendor LIKE ? ESCAPE '\\' OR d.addresses LIKE ? ESCAPE '\\'"
                                + " OR d.notes LIKE ? ESCAPE '\\'",
                        pattern,
                        pattern,
                        pattern,
                        pattern,
                        pattern,
                        pattern);
            }
            return paging.run(connection, select, ORDERS, "-lastSeenAt", DeviceQueries::view, DeviceQueries::keyOf);
        });
    }

    private static DeviceView view(ResultSet row) throws SQLException {
        return DeviceView.of(DeviceRows.read(row), row.getString("vendor"), row.getString("d_allocation"));
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
        return database.read(connection -> new Select(COLUMNS, "device d")
                .where("d.mac = ?", mac.toString()).list(connection, "d.mac", 1, DeviceQueries::view).stream()
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
