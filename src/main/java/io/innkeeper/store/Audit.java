package io.innkeeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Who changed what through the API. */
public final class Audit {
    /**
     * One line of the audit.
     *
     * @param at when
     * @param who the caller's address
     * @param action what was done, such as {@code device}
     * @param subject to what
     * @param detail the change itself
     */
    public record Entry(Instant at, String who, String action, String subject, String detail) {}

    private static final int MAX_DETAIL = 4_096;
    private static final long KEPT = 100_000;

    private final Database database;

    /** On an open database. */
    public Audit(Database database) {
        this.database = database;
    }

    /** Adds an entry; only the newest {@value #KEPT} are kept. */
    public void add(Entry entry) {
        database.write(connection -> {
            add(connection, entry);
            return true;
        });
    }

    static void add(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(
                "INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)")) {
            add.setLong(1, entry.at().toEpochMilli());
            add.setString(2, entry.who());
            add.setString(3, entry.action());
            add.setString(4, entry.subject());
            String detail = entry.detail();
            add.setString(5, detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL));
            add.executeUpdate();
        }
        try (PreparedStatement prune =
                connection.prepareStatement("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?")) {
            prune.setLong(1, KEPT);
            prune.executeUpdate();
        }
    }
}
