package io.innkeeper.store;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Optional;

/** What users change at run time and expect to find again, and the record of who changed what. */
public final class Settings {
    /** The run-time layer of the configuration, a JSON object. */
    public static final String RUNTIME_CONFIG = "config.runtime";

    private final Database database;

    /** On an open database. */
    public Settings(Database database) {
        this.database = database;
    }

    /** The value under a key. */
    public Optional<String> get(String key) {
        return database.read(connection -> new Select("value", "setting")
                .where("key = ?", key).list(connection, "key", 1, row -> row.getString(1)).stream()
                        .findFirst());
    }

    /** Sets a value and notes in the audit who did it. */
    public void put(String key, String value, String who, Instant at) {
        database.write(connection -> {
            try (PreparedStatement put =
                    connection.prepareStatement("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)")) {
                put.setString(1, key);
                put.setString(2, value);
                put.executeUpdate();
            }
            Audit.add(connection, new Audit.Entry(at, who, "setting", key, value));
            return true;
        });
    }
}
