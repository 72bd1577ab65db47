package io.innkeeper.store;

import java.sql.PreparedStatement;
import java.util.Optional;

/** How far each reader of logs came; moved by {@link Ledger#write} in the transaction that stores what was read. */
public final class ReadPlaces {
    private static final String MOVED = "CAST(substr(place, instr(place, '@') + 1) AS INTEGER)";
    private static final String FORGET = "DELETE FROM read_place WHERE substr(reader, 1, length(?)) = ? AND (" + MOVED
            + " < ? OR reader NOT IN (SELECT reader FROM read_place WHERE substr(reader, 1, length(?)) = ? ORDER BY "
            + MOVED
            + " DESC LIMIT ?))";

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

    /**
     * Forgets readers whose places end in {@code @} and the second in which they moved.
     *
     * @param prefix of which readers: what their names begin with
     * @param before those that moved last before that second
     * @param most how many are kept of the others, those that moved last
     * @return how many were forgotten
     * @throws StoreException if the store cannot be written
     */
    public int forget(String prefix, long before, int most) {
        return database.write(connection -> {
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setString(1, prefix);
                forget.setString(2, prefix);
                forget.setLong(3, before);
                forget.setString(4, prefix);
                forget.setString(5, prefix);
                forget.setInt(6, most);
                return forget.executeUpdate();
            }
        });
    }
}
