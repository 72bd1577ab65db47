package io.innkeeper.store;

import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.net.MacAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Systems that are to be installed: the latest mark of each, also where it ended. Written through {@link Ledger}, together
 * with the events. Safe for any thread.
 */
public final class Installations {
    private static final Map<String, SortOrder> ORDERS = Map.of(
            "mac", new SortOrder("mac", List.of("mac"), List.of(SortOrder.Kind.TEXT)),
            "markedAt",
                    new SortOrder(
                            "markedAt",
                            List.of("marked_at", "mac"),
                            List.of(SortOrder.Kind.NUMBER, SortOrder.Kind.TEXT)));

    private final Database database;

    /** On an open database. */
    public Installations(Database database) {
        this.database = database;
    }

    /** The latest mark of a system; empty where it never had one. */
    public Optional<InstallationView> find(MacAddress mac) {
        return database.read(connection ->
                select().where("mac = ?", mac.toString()).list(connection, "mac", 1, Installations::view).stream()
                        .findFirst());
    }

    /** Those that are marked or served now, by hardware address. */
    public List<InstallationView> running() {
        return database.read(connection -> select().where("state <> ?", InstallationView.ENDED)
                .list(connection, "mac", Integer.MAX_VALUE, Installations::view));
    }

    /** The hardware addresses of those that ended since then. */
    public List<String> endedSince(Instant since) {
        return database.read(connection -> new Select("mac", "installation")
                .where("state = ?", InstallationView.ENDED)
                .where("ended_at >= ?", since.toEpochMilli())
                .list(connection, "mac", Integer.MAX_VALUE, row -> row.getString(1)));
    }

    /**
     * One page, newest first unless another order is asked for ({@code markedAt}, {@code mac}).
     *
     * @param mac of that system only; null for all
     * @param state {@code marked}, {@code served} or {@code ended}; null for all
     * @throws BadQueryException if the order is unknown or the cursor is not one of this list
     */
    public Page<InstallationView> list(@Nullable MacAddress mac, @Nullable String state, Paging paging) {
        return database.read(connection -> paging.run(
                connection,
                select().whereIf(mac == null ? null : mac.toString(), "mac = ?").whereIf(state, "state = ?"),
                ORDERS,
                "-markedAt",
                Installations::view,
                (order, view) -> order.equals("mac")
                        ? List.of(view.mac())
                        : List.of(String.valueOf(view.markedAt().toEpochMilli()), view.mac())));
    }

    private static Select select() {
        return new Select("*", "installation");
    }

    private static InstallationView view(ResultSet row) throws SQLException {
        return new InstallationView(
                row.getString("mac"),
                row.getString("profile"),
                row.getString("state"),
                Instant.ofEpochMilli(row.getLong("marked_at")),
                time(row, "until"),
                time(row, "served_at"),
                row.getString("served"),
                time(row, "ended_at"),
                row.getString("ended"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long atMs = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(atMs);
    }

    /** Puts an installation in place of the one of the same system. */
    static void put(Connection connection, InstallationView view) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement("""
                INSERT OR REPLACE INTO installation
                  (mac, profile, state, marked_at, until, served_at, served, ended_at, ended)
                VALUES (?,?,?,?,?,?,?,?,?)""")) {
            put.setString(1, view.mac());
            put.setString(2, view.profile());
            put.setString(3, view.state());
            put.setLong(4, view.markedAt().toEpochMilli());
            time(put, 5, view.until());
            time(put, 6, view.servedAt());
            put.setString(7, view.served());
            time(put, 8, view.endedAt());
            put.setString(9, view.ended());
            put.executeUpdate();
        }
    }

    private static void time(PreparedStatement put, int at, @Nullable Instant time) throws SQLException {
        if (time == null) {
            put.setNull(at, Types.INTEGER);
        } else {
            put.setLong(at, time.toEpochMilli());
        }
    }
}
