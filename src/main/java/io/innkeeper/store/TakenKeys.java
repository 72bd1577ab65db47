package io.innkeeper.store;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys under which neighbours sent something that was taken, so that what comes twice counts once. Safe for any thread. */
public final class TakenKeys {
    /** The newest that are kept. */
    static final int KEPT = 100_000;

    /** After so many new keys old ones are forgotten. */
    private static final int PRUNE_AFTER = 1_000;

    private final Database database;
    private final AtomicInteger sincePruned = new AtomicInteger();

    /** On an open database. */
    public TakenKeys(Database database) {
        this.database = database;
    }

    /** True where something was taken under this key before. */
    public boolean contains(String key) {
        return database.read(connection ->
                        new Select("key", "taken_key").where("key = ?", key).count(connection))
                > 0;
    }

    /**
     * Notes that something was taken under this key.
     *
     * @return false where that was noted before
     */
    public boolean add(String key, Instant now) {
        boolean prune = sincePruned.incrementAndGet() % PRUNE_AFTER == 0;
        return database.write(connection -> {
            int added;
            try (PreparedStatement add =
                    connection.prepareStatement("INSERT OR IGNORE INTO taken_key (key, at) VALUES (?, ?)")) {
                add.setString(1, key);
                add.setLong(2, now.toEpochMilli());
                added = add.executeUpdate();
            }
            if (prune) {
                try (PreparedStatement forget = connection.prepareStatement("DELETE FROM taken_key WHERE at <"
                        + " (SELECT at FROM taken_key ORDER BY at DESC LIMIT 1 OFFSET ?)")) {
                    forget.setInt(1, KEPT - 1);
                    forget.executeUpdate();
                }
            }
            return added > 0;
        });
    }
}
