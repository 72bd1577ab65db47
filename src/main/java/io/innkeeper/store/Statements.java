package io.innkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements that are prepared once for a connection and used again and again. For one thread at a time. */
final class Statements {
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private @Nullable Connection of;

    PreparedStatement of(Connection connection, String sql) throws SQLException {
        if (!connection.equals(of)) {
            close();
            of = connection;
        }
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** Gives them all up, with whatever they hold. */
    void close() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                // It is given up anyway.
            }
        }
        prepared.clear();
    }
}
