package io.innkeeper.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Looks whether a file is a database of ours before anything may write to it: already the switch to a write-ahead log would
 * change a file that is not.
 */
final class DatabaseCheck {
    /** Larger files are not walked through at start: it would cost seconds. */
    private static final long WALKED_UP_TO = 32L << 20;

    /** Every SQLite database begins with so many bytes; SQLite takes a shorter file for an empty one and writes over it. */
    private static final int HEADER = 100;

    private static final String WHAT_NOW =
            ". Nothing was changed. Restore it from a backup, or move it away to start with an empty one";

    private DatabaseCheck() {}

    /**
     * Returns where the file is new, or ours and whole as far as can be seen.
     *
     * @throws StoreException if it is another program's, from a newer version, or damaged
     * @throws SQLException if it is no database at all, or cannot be read
     */
    static void check(Path file) throws SQLException, IOException {
        if (file.toString().indexOf('?') >= 0) {
            throw new StoreException("the name of the database " + file + " has a question mark, which SQLite's driver"
                    + " does not take; name another file under 'store'");
        }
        if (!Files.exists(file) || Files.size(file) == 0) {
            checkNothingBeside(file);
            return;
        }
        if (Files.size(file) < HEADER) {
            throw new StoreException("the file " + file + " is damaged or not a database" + WHAT_NOW);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(Database.url(file));
        try (Connection connection = source.getConnection()) {
            check(connection, file);
        }
    }

    /** An empty file whose log is not empty has lost its content: SQLite would throw the log away. */
    private static void checkNothingBeside(Path file) throws IOException {
        Path log = Path.of(file + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new StoreException("the database " + file + " is missing or empty, but its log " + log + " is not"
                    + WHAT_NOW.replace("move it away", "move the log away"));
        }
    }

    private static void check(Connection connection, Path file) throws SQLException, IOException {
        long application = number(connection, "PRAGMA application_id");
        boolean empty = number(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (application != Database.APPLICATION_ID && (!empty || application != 0)) {
            throw new StoreException("the database " + file + " belongs to another program (application id "
                    + Long.toHexString(application) + "); name another file under 'store'");
        }
        long version = number(connection, "PRAGMA user_version");
        if (version > Database.SCHEMA_VERSION) {
            throw new StoreException("the database " + file + " was written by a newer Innkeeper (schema " + version
                    + ", this one knows " + Database.SCHEMA_VERSION + "); run the newer version, or name another file"
                    + " under 'store'. Nothing was changed");
        }
        if (!empty && Files.size(file) <= WALKED_UP_TO) {
            walk(connection, file);
        }
    }

    private static void walk(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String answer = row.next() ? row.getString(1) : "no answer";
            if (!answer.equals("ok")) {
                throw new StoreException("the database " + file + " is damaged (" + answer + ")" + WHAT_NOW);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
