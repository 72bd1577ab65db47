package io.innkeeper.store;

import io.innkeeper.device.naming.Claim;
import io.innkeeper.device.naming.NameOrigin;
import io.innkeeper.device.naming.SystemName;
import io.innkeeper.wire.net.MacAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code system_name} ⇄ records. */
final class SystemNameRows {
    private static final String OF = "SELECT * FROM system_name WHERE mac = ?";
    private static final String HOLDER =
            "SELECT * FROM system_name WHERE name = ?1 UNION ALL SELECT * FROM system_name WHERE made = ?1";
    private static final String REMOVE = "DELETE FROM system_name WHERE mac = ?";
    private static final String PUT = """
            INSERT OR REPLACE INTO system_name (mac, name, origin, wanted, claim, made, reason, since)
            VALUES (?,?,?,?,?,?,?,?)""";

    private SystemNameRows() {}

    static SystemName read(ResultSet row) throws SQLException {
        MacAddress mac = MacAddress.parse(row.getString("mac"))
                .orElseThrow(() -> new StoreException("a row of the database holds a name without a system"));
        return read(row, mac, "");
    }

    /** The columns of a joined row, named with {@code s_} before them; null where there is no name. */
    static @Nullable SystemName beside(ResultSet row, MacAddress mac) throws SQLException {
        return row.getString("s_name") == null ? null : read(row, mac, "s_");
    }

    private static SystemName read(ResultSet row, MacAddress mac, String before) throws SQLException {
        return new SystemName(
                mac,
                row.getString(before + "name"),
                NameOrigin.valueOf(row.getString(before + "origin").toUpperCase(Locale.ROOT)),
                row.getString(before + "wanted"),
                Claim.valueOf(row.getString(before + "claim").toUpperCase(Locale.ROOT)),
                row.getString(before + "made"),
                row.getString(before + "reason"),
                Instant.ofEpochMilli(row.getLong(before + "since")));
    }

    /** The names of those systems that have one. */
    static List<SystemName> of(Connection connection, Collection<MacAddress> macs) throws SQLException {
        List<String> keys = macs.stream().map(MacAddress::toString).toList();
        return each(connection, OF, keys);
    }

    /** The systems that are called so, or have one of these names kept for them. */
    static List<SystemName> holders(Connection connection, Collection<String> names) throws SQLException {
        return each(connection, HOLDER, names);
    }

    private static List<SystemName> each(Connection connection, String sql, Collection<String> keys)
            throws SQLException {
        List<SystemName> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String key : keys) {
                statement.setString(1, key);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(Select.read(row, SystemNameRows::read));
                    }
                }
            }
        }
        return found;
    }

    /**
     * The last name of each system in place of what is stored. All of them go first: a name that passes from one to another is
     * nobody's for a moment.
     */
    static void write(Connection connection, Statements statements, Commit commit) throws SQLException {
        if (commit.names().isEmpty()) {
            return;
        }
        Map<MacAddress, SystemName> last = new LinkedHashMap<>();
        commit.names().forEach(name -> last.put(name.mac(), name));
        PreparedStatement remove = statements.of(connection, REMOVE);
        PreparedStatement put = statements.of(connection, PUT);
        for (SystemName name : last.values()) {
            remove.setString(1, name.mac().toString());
            remove.addBatch();
            bind(put, name);
            put.addBatch();
        }
        remove.executeBatch();
        put.executeBatch();
    }

    private static void bind(PreparedStatement put, SystemName name) throws SQLException {
        put.setString(1, name.mac().toString());
        put.setString(2, name.name());
        put.setString(3, name.origin().text());
        put.setString(4, name.wanted());
        put.setString(5, name.claim().text());
        put.setString(6, name.made());
        put.setString(7, name.reason());
        put.setLong(8, name.since().toEpochMilli());
    }
}
