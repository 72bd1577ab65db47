package io.innkeeper.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far each outbound target came in the stream of events. The events themselves are in the stream already, so a target
 * needs no queue of its own, only its place. Safe for any thread.
 */
public final class Outbox {
    /**
     * The place of a target.
     *
     * @param number the last event that it acknowledged, or did not want
     * @param attempts how often the next one was tried in vain
     * @param trouble why, in a sentence; null where nothing is wrong
     * @param refused events that were given up because the receiver refused them again and again
     * @param lost events that were removed before they could be delivered
     */
    public record Place(long number, int attempts, @Nullable String trouble, long refused, long lost) {
        /** Where a new target begins. */
        public static Place after(long number) {
            return new Place(number, 0, null, 0, 0);
        }
    }

    private final Database database;

    /** On an open database. */
    public Outbox(Database database) {
        this.database = database;
    }

    /** Which database this is: 16 hexadecimal digits that it keeps for life. */
    public String identity() {
        return database.read(connection -> new Select("text", "identity")
                .list(connection, "id", 1, row -> row.getString(1))
                .getFirst());
    }

    /** The place of a target; empty for one that is not known. */
    public Optional<Place> find(String target) {
        return database.read(connection -> new Select("*", "outbox")
                        .where("target = ?", target)
                        .list(
                                connection,
                                "target",
                                1,
                                row -> new Place(
                                        row.getLong("event_number"),
                                        row.getInt("attempts"),
                                        row.getString("trouble"),
                                        row.getLong("refused"),
                                        row.getLong("lost")))
                        .stream()
                        .findFirst());
    }

    /** Stores the place of a target. */
    public void put(String target, Place place) {
        database.write(connection -> {
            try (PreparedStatement put = connection.prepareStatement(
                    "INSERT OR REPLACE INTO outbox (target, event_number, attempts, trouble, refused, lost)"
                            + " VALUES (?,?,?,?,?,?)")) {
                put.setString(1, target);
                put.setLong(2, place.number());
                put.setInt(3, place.attempts());
                text(put, 4, place.trouble());
                put.setLong(5, place.refused());
                put.setLong(6, place.lost());
                return put.executeUpdate();
            }
        });
    }

    private static void text(PreparedStatement statement, int at, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(at, Types.VARCHAR);
        } else {
            statement.setString(at, text);
        }
    }

    /** Forgets all targets but these. */
    public void retain(Collection<String> targets) {
        List<String> known = database.read(connection ->
                new Select("target", "outbox").list(connection, "target", Integer.MAX_VALUE, row -> row.getString(1)));
        List<String> gone =
                known.stream().filter(target -> !targets.contains(target)).toList();
        if (gone.isEmpty()) {
            return;
        }
        database.write(connection -> {
            try (PreparedStatement forget = connection.prepareStatement("DELETE FROM outbox WHERE target = ?")) {
                for (String target : gone) {
                    forget.setString(1, target);
                    forget.addBatch();
                }
                return forget.executeBatch().length;
            }
        });
    }
}
