package io.innkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A query that grows condition by condition. Every value is a parameter; only our own words become SQL. */
final class Select {
    /** Makes a record of the current row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final String what;
    private final String from;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Select(String what, String from) {
        this.what = what;
        this.from = from;
    }

    /** Adds a condition with as many question marks as values. */
    Select where(String condition, Object... parameters) {
        conditions.add("(" + condition + ")");
        values.addAll(List.of(parameters));
        return this;
    }

    /** Adds the condition where there is a value for it. */
    Select whereIf(@Nullable Object value, String condition) {
        return value == null ? this : where(condition, value);
    }

    /** A text as a pattern of LIKE … ESCAPE '\': found anywhere, its own wildcards meaning nothing. */
    static String anywhere(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    String sql(String columns) {
        String sql = "SELECT " + columns + " FROM " + from;
        return conditions.isEmpty() ? sql : sql + " WHERE " + String.join(" AND ", conditions);
    }

    <T> List<T> list(Connection connection, String order, int limit, Row<T> reader) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql(what) + " ORDER BY " + order + " LIMIT " + limit)) {
            bind(statement);
            List<T> items = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    items.add(read(row, reader));
                }
            }
            return items;
        }
    }

    /** What we wrote ourselves can be read back, or the file was changed by another hand. */
    static <T> T read(ResultSet row, Row<T> reader) throws SQLException {
        try {
            return reader.read(row);
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            throw new StoreException("the database is damaged: a row of it cannot be read (" + e.getMessage() + ")", e);
        }
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql("count(*)"))) {
            bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
