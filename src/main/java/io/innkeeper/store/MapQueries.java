package io.innkeeper.store;

import io.innkeeper.view.MapView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reading who is at which address. Safe for any thread. */
public final class MapQueries {
    private static final int MAX_NETWORKS = 1_000;
    private static final int OCTET = 8;

    /** The owner's words, those for the device that it is, what it calls itself. */
    private static final String NAME = "coalesce(d.name, (SELECT o.name FROM device_link k JOIN device o"
            + " ON o.mac = k.to_mac WHERE k.mac = d.mac AND k.state = 'confirmed'), ";

    /** A device that is heard all the time is written once a minute, and the write may be one before its newest address. */
    private static final Duration STALE = Duration.ofMinutes(2);

    /** The IPv4 addresses of devices of which there is a verdict. */
    private static final String ADDRESSES = "device_presence p JOIN device d ON d.mac = p.mac"
            + " JOIN json_each(d.addresses) a ON json_extract(a.value, '$.current')"
            + " AND json_extract(a.value, '$.address') LIKE '%.%'";

    private final Database database;
    private final Supplier<Duration> window;

    /**
     * On an open database.
     *
     * @param window how long before the newest sign of life of a device an address was heard that it still counts as having; asked
     *     anew each time
     */
    public MapQueries(Database database, Supplier<Duration> window) {
        this.database = database;
        this.window = window;
    }

    /** What leases and devices say of the addresses of an IPv4 network; one address may be there more than once. */
    public List<MapView.Cell> cells(Prefix prefix) {
        return database.read(connection -> {
            List<MapView.Cell> cells = new ArrayList<>(new Select(
                            "l.address, l.mac, l.allocation, coalesce(p.state, 'leased') AS state,"
                                    + " coalesce(p.since, l.started_at) AS since, d.vendor, d.last_seen_at, "
                                    + NAME + "l.hostname, d.hostname) AS name",
                            "lease l LEFT JOIN device d ON d.mac = l.mac LEFT JOIN device_presence p ON p.mac = l.mac")
                    .where(
                            "l.address_key BETWEEN ? AND ?",
                            prefix.network().sortKey(),
                            prefix.last().sortKey())
                    .list(connection, "l.address_key", Integer.MAX_VALUE, MapQueries::cell));
            cells.addAll(new Select(
                            "p.address, p.mac, NULL AS allocation, p.state, p.since, d.vendor, d.last_seen_at, " + NAME
                                    + "d.hostname) AS name",
                            "device_presence p JOIN device d ON d.mac = p.mac")
                    .where("p.address LIKE ?", likely(prefix))
                    .list(connection, "p.since", Integer.MAX_VALUE, MapQueries::cell));
            cells.addAll(new Select(
                            "json_extract(a.value, '$.address') AS address, p.mac, NULL AS allocation, p.state, p.since,"
                                    + " d.vendor, d.last_seen_at, " + NAME + "d.hostname) AS name",
                            ADDRESSES)
                    // Most devices are elsewhere: theirs need not be taken apart.
                    .where("d.addresses LIKE ?", "%\"" + likely(prefix))
                    .where("json_extract(a.value, '$.address') LIKE ?", likely(prefix))
                    .where(
                            "json_extract(a.value, '$.last') >= d.last_seen_at - ?",
                            window.get().plus(STALE).toMillis())
                    .list(connection, "p.since", Integer.MAX_VALUE, MapQueries::cell));
            return cells;
        });
    }

    /** A pattern that fits every address of the network, and others: by whole octets. */
    private static String likely(Prefix prefix) {
        String[] octets = prefix.network().toString().split("\\.", -1);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < prefix.length() / OCTET; i++) {
            pattern.append(octets[i]).append(i == 3 ? "" : ".");
        }
        return pattern + "%";
    }

    private static MapView.Cell cell(ResultSet row) throws SQLException {
        return new MapView.Cell(
                row.getString("address"),
                row.getString("state"),
                row.getString("mac"),
                row.getString("name"),
                row.getString("vendor"),
                row.getString("allocation"),
                time(row, "since"),
                time(row, "last_seen_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Long ms = LeaseRows.nullableLong(row, column);
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    /** The IPv4 networks that leases say they are in. */
    public List<Prefix> networks() {
        return database
                .read(connection -> new Select("DISTINCT subnet", "lease")
                        .where("family = 4 AND subnet IS NOT NULL")
                        .list(connection, "subnet", MAX_NETWORKS, row -> row.getString(1)))
                .stream()
                .flatMap(text -> Prefix.parse(text).stream())
                .toList();
    }

    /** Every IPv4 address that is leased, or that a device has or was heard at last. */
    public List<IpAddress> addresses() {
        return database
                .read(connection -> new Select(
                                "address",
                                "(SELECT address FROM lease WHERE family = 4 UNION"
                                        + " SELECT address FROM device_presence WHERE address LIKE '%.%' UNION"
                                        + " SELECT json_extract(a.value, '$.address') FROM " + ADDRESSES + ")")
                        .list(connection, "address", Integer.MAX_VALUE, row -> row.getString(1)))
                .stream()
                .flatMap(text -> IpAddress.parse(text).stream())
                .toList();
    }
}
