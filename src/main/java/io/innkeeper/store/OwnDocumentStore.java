package io.innkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users add at run time and expect to find again: JSON documents by name, with a line in the audit for each change. */
public final class OwnDocumentStore {
    private final Database database;
    private final String table;
    private final String action;

    private OwnDocumentStore(Database database, String table, String action) {
        this.database = database;
        this.table = table;
        this.action = action;
    }

    /** Reservations. */
    public static OwnDocumentStore reservations(Database database) {
        return new OwnDocumentStore(database, "own_reservation", "reservation");
    }

    /** Exceptions of the access rules. */
    public static OwnDocumentStore exceptions(Database database) {
        return new OwnDocumentStore(database, "access_exception", "exception");
    }

    /** All documents by name. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        database.read(connection -> new Select("id, json", table)
                .list(connection, "id", Integer.MAX_VALUE, row -> all.put(row.getString(1), row.getString(2)) == null));
        return all;
    }

    /** Puts some and removes others, in one transaction with the audit. */
    public void change(Map<String, String> put, List<String> remove, String who, Instant at) {
        database.write(connection -> {
            for (Map.Entry<String, String> one : put.entrySet()) {
                run(
                        connection,
                        "INSERT OR REPLACE INTO " + table + " (id, json) VALUES (?, ?)",
                        one.getKey(),
                        one.getValue());
                Audit.add(connection, new Audit.Entry(at, who, action, one.getKey(), one.getValue()));
            }
            for (String id : remove) {
                run(connection, "DELETE FROM " + table + " WHERE id = ?", id);
                Audit.add(connection, new Audit.Entry(at, who, action, id, "removed"));
            }
            return true;
        });
    }

    private static void run(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
