package io.innkeeper.store;

import io.innkeeper.device.DeviceLink;
import io.innkeeper.device.Presence;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reading who is there, who was, and who is whom. Safe for any thread. */
public final class PresenceQueries {
    /** How many spans of a device are told. */
    public static final int MAX_SPANS = 1_000;

    /** A time at which a device was there; {@code to} is null while it is. */
    public record Span(Instant from, @Nullable Instant to) {}

    /** A lease of a device that is there. */
    public record Held(MacAddress mac, IpAddress address, Instant until) {}

    private final Database database;

    /** On an open database. */
    public PresenceQueries(Database database) {
        this.database = database;
    }

    /** Those that are not offline, then those that are, at most so many. */
    public List<Presence> all(int limit) {
        return database.read(connection -> new Select("*", "device_presence")
                .list(connection, "state = 'offline', since DESC", limit, PresenceQueries::presence));
    }

    static Presence presence(ResultSet row) throws SQLException {
        return Objects.requireNonNull(PresenceRows.presence(row, PresenceRows.mac(row.getString("mac")), ""));
    }

    /** How many have a verdict. */
    public long count() {
        return database.read(connection -> new Select("*", "device_presence").count(connection));
    }

    /** The leases of so many that are not offline; one that never ends is held for a very long time. */
    public List<Held> held(int devices) {
        return database.read(connection -> new Select(
                        "l.mac, l.address, l.expires_at, l.expiry",
                        "(SELECT mac FROM device_presence WHERE state <> 'offline' ORDER BY since DESC LIMIT " + devices
                                + ") p JOIN lease l ON coalesce(l.mac, '') = p.mac")
                .list(connection, "l.mac", Integer.MAX_VALUE, row -> {
                    Long until = LeaseRows.nullableLong(row, "expires_at");
                    return new Held(
                            PresenceRows.mac(row.getString("mac")),
                            IpAddress.parse(row.getString("address")).orElseThrow(),
                            until == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : Instant.ofEpochMilli(until));
                }));
    }

    /** The client identifiers by which devices can be found again. */
    public Map<MacAddress, ClientId> clients(int limit) {
        Map<MacAddress, ClientId> clients = new LinkedHashMap<>();
        database.read(connection -> new Select("mac, client_id", "device_presence")
                        .where("client_id IS NOT NULL")
                        .list(
                                connection,
                                "since DESC",
                                limit,
                                row -> Map.entry(
                                        PresenceRows.mac(row.getString("mac")),
                                        ClientId.parse(row.getString("client_id"))
                                                .orElseThrow())))
                .forEach(known -> clients.put(known.getKey(), known.getValue()));
        return clients;
    }

    /** A device that is there and has no name, neither its owner's nor another. */
    public record Unnamed(MacAddress mac, IpAddress address) {}

    /** Those that are online at an IPv4 address and have no name, the newest first. */
    public List<Unnamed> unnamed(int limit) {
        return database.read(connection -> new Select(
                        "p.mac, p.address", "device_presence p JOIN device d ON d.mac = p.mac")
                .where("p.state = 'online' AND p.address LIKE '%.%' AND d.hostname IS NULL AND d.name IS NULL")
                .list(
                        connection,
                        "p.since DESC",
                        limit,
                        row -> new Unnamed(
                                PresenceRows.mac(row.getString("mac")),
                                IpAddress.parse(row.getString("address")).orElseThrow())));
    }

    /** Every link, the newest last. */
    public List<DeviceLink> links(int limit) {
        return database.read(connection -> new Select("*", "device_link")
                .list(
                        connection,
                        "at DESC",
                        limit,
                        row -> Objects.requireNonNull(
                                PresenceRows.link(row, PresenceRows.mac(row.getString("mac")), "")))
                .reversed());
    }

    /** When a device was there, the newest first; at most {@value #MAX_SPANS}. */
    public List<Span> spans(MacAddress mac) {
        return database.read(connection -> new Select(
                        "*",
                        "(SELECT mac, from_at, to_at FROM device_span UNION ALL SELECT mac, here_since, NULL"
                                + " FROM device_presence WHERE state <> 'offline')")
                .where("mac = ?", mac.toString())
                .list(connection, "from_at DESC", MAX_SPANS, row -> {
                    Long to = LeaseRows.nullableLong(row, "to_at");
                    return new Span(
                            Instant.ofEpochMilli(row.getLong("from_at")), to == null ? null : Instant.ofEpochMilli(to));
                }));
    }
}
