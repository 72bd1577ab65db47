package io.innkeeper.store;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Reading events of the past. Safe for any thread. */
public final class EventQueries {
    private final Database database;

    /** On an open database. */
    public EventQueries(Database database) {
        this.database = database;
    }

    /** The highest number on disk, 0 where there is none. */
    public long newest() {
        return edge("max");
    }

    /** The lowest number still on disk, 0 where there is none. */
    public long oldest() {
        return edge("min");
    }

    private long edge(String function) {
        return database.read(connection -> new Select("coalesce(" + function + "(number), 0)", "event")
                .list(connection, "1", 1, row -> row.getLong(1))
                .getFirst());
    }

    /** The events after a number, in order, at most {@code limit}. */
    public List<Event> after(long number, int limit) {
        return database.read(connection -> new Select("*", "event")
                .where("number > ?", number)
                .list(connection, "number", limit, EventQueries::read));
    }

    /** The events of these kinds after a number, in order, at most {@code limit}. */
    public List<Event> after(long number, Set<EventType> types, int limit) {
        return database.read(connection ->
                of(types).where("number > ?", number).list(connection, "number", limit, EventQueries::read));
    }

    /** The newest events of these kinds, in order, at most {@code limit}. */
    public List<Event> recent(Set<EventType> types, int limit) {
        return database.read(connection -> of(types)
                .list(connection, "number DESC", limit, EventQueries::read)
                .reversed());
    }

    private static Select of(Set<EventType> types) {
        Select select = new Select("*", "event");
        if (types.size() == EventType.values().length) {
            return select;
        }
        String marks = String.join(",", Collections.nCopies(types.size(), "?"));
        return select.where(
                "type IN (" + marks + ")", types.stream().map(EventType::text).toArray());
    }

    private static Event read(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("number"),
                EventType.parse(row.getString("type"))
                        .orElseThrow(() -> new StoreException("the database holds an event of an unknown kind")),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("subject"),
                row.getString("json"));
    }
}
