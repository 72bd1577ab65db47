package io.innkeeper.store;

import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.Evidence;
import io.innkeeper.device.Presence;
import io.innkeeper.device.PresenceChange;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of {@code device_presence}, {@code device_span} and {@code device_link} ⇄ records. */
final class PresenceRows {
    private static final TypeReference<Map<String, Long>> EVIDENCE = new TypeReference<>() {};
    private static final TypeReference<List<String>> REASONS = new TypeReference<>() {};

    /** The client identifier is told apart from the rest, so it stays. */
    private static final String PUT_PRESENCE = """
            INSERT INTO device_presence (mac, state, since, here_since, address, evidence) VALUES (?,?,?,?,?,?)
            ON CONFLICT (mac) DO UPDATE SET state = excluded.state, since = excluded.since,
              here_since = excluded.here_since, address = excluded.address, evidence = excluded.evidence""";

    private static final String PUT_CLIENT = "UPDATE device_presence SET client_id = ? WHERE mac = ?";
    private static final String END_SPAN = "INSERT OR REPLACE INTO device_span (mac, from_at, to_at) VALUES (?,?,?)";
    private static final String PUT_LINK =
            "INSERT OR REPLACE INTO device_link (mac, to_mac, state, confidence, reasons, at) VALUES (?,?,?,?,?,?)";

    private PresenceRows() {}

    static void write(Connection connection, Statements statements, Commit commit) throws SQLException {
        Map<MacAddress, Presence> last = new LinkedHashMap<>();
        PreparedStatement span = statements.of(connection, END_SPAN);
        for (PresenceChange change : commit.presences()) {
            last.put(change.presence().mac(), change.presence());
            if (change.went()) {
                span.setString(1, change.presence().mac().toString());
                span.setLong(2, change.presence().hereSince().toEpochMilli());
                span.setLong(3, change.presence().since().toEpochMilli());
                span.addBatch();
            }
        }
        span.executeBatch();
        PreparedStatement put = statements.of(connection, PUT_PRESENCE);
        for (Presence presence : last.values()) {
            bind(put, presence);
            put.addBatch();
        }
        put.executeBatch();
        PreparedStatement client = statements.of(connection, PUT_CLIENT);
        for (Map.Entry<MacAddress, ClientId> known : commit.clients().entrySet()) {
            client.setString(1, known.getValue().toString());
            client.setString(2, known.getKey().toString());
            client.addBatch();
        }
        client.executeBatch();
        PreparedStatement link = statements.of(connection, PUT_LINK);
        for (DeviceLink one : commit.links()) {
            bind(link, one);
            link.addBatch();
        }
        link.executeBatch();
    }

    private static void bind(PreparedStatement put, Presence presence) throws SQLException {
        Map<String, Long> evidence = new TreeMap<>();
        presence.evidence().forEach((kind, at) -> evidence.put(kind.text(), at.toEpochMilli()));
        put.setString(1, presence.mac().toString());
        put.setString(2, presence.state().text());
        put.setLong(3, presence.since().toEpochMilli());
        put.setLong(4, presence.hereSince().toEpochMilli());
        put.setString(5, presence.address() == null ? null : presence.address().toString());
        put.setString(6, Json.write(evidence));
    }

    private static void bind(PreparedStatement put, DeviceLink link) throws SQLException {
        put.setString(1, link.mac().toString());
        put.setString(2, link.to().toString());
        put.setString(3, link.state().text());
        put.setDouble(4, link.confidence());
        put.setString(5, Json.write(link.reasons()));
        put.setLong(6, link.at().toEpochMilli());
    }

    /** The presence in the current row, whose columns begin with this; null where there is none. */
    static @Nullable Presence presence(ResultSet row, MacAddress mac, String prefix) throws SQLException {
        String state = row.getString(prefix + "state");
        if (state == null) {
            return null;
        }
        Map<Evidence, Instant> evidence = new EnumMap<>(Evidence.class);
        Json.MAPPER
                .readValue(row.getString(prefix + "evidence"), EVIDENCE)
                .forEach((kind, at) ->
                        evidence.put(Evidence.valueOf(kind.toUpperCase(Locale.ROOT)), Instant.ofEpochMilli(at)));
        String address = row.getString(prefix + "address");
        return new Presence(
                mac,
                Presence.State.valueOf(state.toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong(prefix + "since")),
                Instant.ofEpochMilli(row.getLong(prefix + "here_since")),
                address == null ? null : IpAddress.parse(address).orElse(null),
                evidence);
    }

    /** The link in the current row, whose columns begin with this; null where there is none. */
    static @Nullable DeviceLink link(ResultSet row, MacAddress mac, String prefix) throws SQLException {
        String state = row.getString(prefix + "state");
        return state == null
                ? null
                : new DeviceLink(
                        mac,
                        mac(row.getString(prefix + "to_mac")),
                        DeviceLink.State.valueOf(state.toUpperCase(Locale.ROOT)),
                        row.getDouble(prefix + "confidence"),
                        Json.MAPPER.readValue(row.getString(prefix + "reasons"), REASONS),
                        Instant.ofEpochMilli(row.getLong(prefix + "at")));
    }

    static MacAddress mac(String text) {
        return MacAddress.parse(text)
                .orElseThrow(() -> new StoreException("a row of the database holds an address that is none"));
    }
}
