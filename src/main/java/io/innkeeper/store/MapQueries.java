package io.innkeeper.store;

import io.innkeeper.view.MapView;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading who is at which address. Safe for any thread. */
public final class MapQueries {
    private static final int MAX_NETWORKS = 1_000;
    private static final int OCTET = 8;

    /** The owner's words, those for the device that it is, what it calls itself. */
    private static final String NAME = "coalesce(d.name, (SELECT o.name FROM device_link k JOIN device o"
            + " ON o.mac = k.to_mac WHERE k.mac = d.mac AND k.state = 'confirmed'), ";

    private final Database database;

    /** On an open database. */
    public MapQueries(Database database) {
        this.database = database;
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

    /** Every IPv4 address that is leased, or where a device was heard last. */
    public List<IpAddress> addresses() {
        return database
                .read(connection -> new Select(
                                "address",
                                "(SELECT address FROM lease WHERE family = 4 UNION"
                                        + " SELECT address FROM device_presence WHERE address LIKE '%.%')")
                        .list(connection, "address", Integer.MAX_VALUE, row -> row.getString(1)))
                .stream()
                .flatMap(text -> IpAddress.parse(text).stream())
                .toList();
    }
}
