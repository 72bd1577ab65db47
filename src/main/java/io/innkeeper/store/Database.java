package io.innkeeper.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file: opened, checked, migrated. Write-ahead log and {@code synchronous=FULL}, so that a commit that returned
 * survives a power cut. One connection writes, a few read.
 */
public final class Database implements AutoCloseable {
    /** "INKP" in the file's header says that the file is ours (PRAGMA application_id). */
    static final int APPLICATION_ID = 0x494e4b50;

    static final int SCHEMA_VERSION = 5;
    private static final int READERS = 4;

    /** The upper parts of the B-trees of a million leases; what is not used is not taken. */
    private static final int WRITER_CACHE_KB = 32_000;

    /** Pages of 4 kB: many leases change the same page of an index, which is then written to the file once. */
    private static final int PAGES_A_CHECKPOINT = 4_000;

    private static final int BUSY_MS = 10_000;

    private final Path file;
    private final FileChannel lock;
    private String identity = "";
    private final Connection writer;
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

    /** A piece of work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Database(Path file, FileChannel lock, Connection writer) {
        this.file = file;
        this.lock = lock;
        this.writer = writer;
    }

    /**
     * Opens the file, makes it where there is none, and brings it to this version's schema.
     *
     * @throws StoreException if it cannot be written, is damaged, is another program's, or comes from a newer version
     */
    public static Database open(Path file) {
        Connection writer = null;
        FileChannel lock = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // Through links to the file itself, so that two names of one database are one lock.
            lock = lock(Files.exists(file) ? file.toRealPath() : file);
            DatabaseCheck.check(file);
            writer = connect(file, false);
            Database database = new Database(file, lock, writer);
            database.migrate();
            database.identity = identity(file);
            for (int i = 0; i < READERS; i++) {
                database.readers.add(connect(file, true));
            }
            return database;
        } catch (SQLException | IOException e) {
            closeQuietly(writer);
            closeQuietly(lock);
            throw new StoreException("cannot open the database " + file + ": " + reason(e), e);
        } catch (StoreException e) {
            closeQuietly(writer);
            closeQuietly(lock);
            throw e;
        }
    }

    /** Two processes on one file would both number events; the second is turned away. The lock ends with the process. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Told like any other second opener, below.
        }
        channel.close();
        throw new StoreException("another Innkeeper is running with the database " + file
                + "; stop it, or name another file under 'store'");
    }

    static String reason(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file, not a folder";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("NOTADB") || message.contains("CORRUPT") || message.contains("malformed")) {
            return "the file is damaged or not a database. Nothing was changed. Restore it from a backup, or move it away"
                    + " to start with an empty one (" + message + ")";
        }
        if (message.contains("CANTOPEN") || message.contains("READONLY")) {
            return "no permission, or the folder cannot be written to (" + message + ")";
        }
        if (message.contains("SQLITE_FULL")) {
            return "the disk is full (" + message + ")";
        }
        if (message.contains("BUSY") || message.contains("LOCKED")) {
            return "another process holds it; is Innkeeper running already? (" + message + ")";
        }
        return message;
    }

    /** The whole path: the driver gives some short names, such as {@code :memory:}, a meaning of their own. */
    static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MS);
        config.setCacheSize(readOnly ? -2_000 : -WRITER_CACHE_KB);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        Properties properties = config.toProperties();
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(properties));
        source.setUrl(url(file));
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    readOnly ? "PRAGMA query_only = ON" : "PRAGMA wal_autocheckpoint = " + PAGES_A_CHECKPOINT);
        }
        return connection;
    }

    private void migrate() throws SQLException, IOException {
        for (int next = schemaVersion() + 1; next <= SCHEMA_VERSION; next++) {
            String script = script(next);
            writer.setAutoCommit(false);
            try (Statement statement = writer.createStatement()) {
                for (String sql : script.split(";\\s*\n")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + next);
                writer.commit();
            } finally {
                writer.setAutoCommit(true);
            }
        }
    }

    private static String script(int version) throws IOException {
        String name = "sqlite-" + version + ".sql";
        try (InputStream stream = Database.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the migration " + name + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int schemaVersion() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Which file it is: another one under the same name, or none, is not what this process has open. */
    private static String identity(Path file) {
        try {
            return String.valueOf(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            return "absent";
        }
    }

    /** Does the work in one transaction: all of it or nothing. One caller at a time. */
    synchronized <T> T write(Work<T> work) {
        if (!identity(file).equals(identity)) {
            throw new StoreException(
                    "the database file " + file + " was removed or replaced while it was in use; what is"
                            + " written now would be lost. Put it back, or restart Innkeeper");
        }
        try {
            writer.setAutoCommit(false);
            T result = work.on(writer);
            writer.commit();
            writer.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreException("cannot write to the database " + file + ": " + reason(e), e);
        } catch (RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /** On some errors, a full disk among them, SQLite has rolled back already and says so: the first error is the one to tell. */
    private void rollBack(Exception because) {
        try {
            writer.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
        try {
            writer.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** Does the work on a reading connection; waits for a free one for up to ten seconds. */
    <T> T read(Work<T> work) {
        Connection connection;
        try {
            connection = readers.poll(BUSY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        }
        if (connection == null) {
            throw new StoreException("the database is busy: " + READERS + " queries have run for ten seconds");
        }
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot read the database " + file + ": " + reason(e), e);
        } finally {
            readers.add(connection);
        }
    }

    @Override
    public synchronized void close() {
        readers.forEach(Database::closeQuietly);
        closeQuietly(writer);
        closeQuietly(lock);
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // Closing is the last thing done with it; there is nobody left who could act on a failure.
        }
    }
}
