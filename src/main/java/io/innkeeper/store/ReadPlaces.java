package io.innkeeper.store;

import java.util.Optional;

/** How far each reader of logs came; moved by {@link Ledger#write} in the transaction that stores what was read. */
public final class ReadPlaces {
    private final Database database;

    /** On an open database. */
    public ReadPlaces(Database database) {
        this.database = database;
    }

    /**
     * The place of a reader, in its own words; empty where it never read.
     *
     * @throws StoreException if the store cannot be read
     */
    public Optional<String> of(String reader) {
        return database.read(connection -> new Select("place", "read_place")
                .where("reader = ?", reader).list(connection, "reader", 1, row -> row.getString(1)).stream()
                        .findFirst());
    }
}
