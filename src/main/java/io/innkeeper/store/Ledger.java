package io.innkeeper.store;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.event.Event;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseChange;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.view.InstallationView;
import io.innkeeper.wire.net.MacAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The writing side of the store: what was decided and the events that tell of it, in one transaction. */
public final class Ledger {
    /** Old rows go in pieces of this size, so that no commit takes long. */
    private static final int PRUNED_AT_ONCE = 5_000;

    private static final String PUT_LEASE = """
            INSERT OR REPLACE INTO lease (address_key, origin, source, address, family, mac, client_id, hostname, state,
              allocation, allocation_reason, started_at, expiry, expires_at, lifetime_s, iaid, temporary, subnet, details)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""";

    /** A renewal leaves the indexes of name and hardware address alone. */
    private static final String RENEW_LEASE = """
            UPDATE lease SET expiry = ?, expires_at = ?, lifetime_s = ?, details = ?
            WHERE address_key = ? AND origin = ? AND source = ?""";

    private static final String REMOVE_LEASE = "DELETE FROM lease WHERE address_key = ? AND origin = ? AND source = ?";
    private static final String BEGIN_BINDING = """
            INSERT INTO lease_history (address_key, origin, source, address, mac, client_id, hostname, started_at)
            VALUES (?,?,?,?,?,?,?,?)""";
    private static final String RENAME_BINDING = """
            UPDATE lease_history SET mac = ?, client_id = ?, hostname = ?
            WHERE address_key = ? AND origin = ? AND source = ? AND started_at = ? AND ended_at IS NULL""";
    private static final String END_BINDING = """
            UPDATE lease_history SET ended_at = ?, end_reason = ?
            WHERE address_key = ? AND origin = ? AND source = ? AND started_at = ? AND ended_at IS NULL""";
    private static final String PUT_DEVICE = """
            INSERT OR REPLACE INTO device
              (mac, name, notes, hostname, vendor, first_seen_at, last_seen_at, names, addresses, details)
            VALUES (?,?,?,?,?,?,?,?,?,?)""";
    private static final String ADD_EVENT = "INSERT INTO event (number, at, type, subject, json) VALUES (?,?,?,?,?)";

    private static final String PUT_POSITION =
            "INSERT OR REPLACE INTO journal_position (id, journal, sequence) VALUES (1, ?, ?)";

    private static final String PUT_PLACE = "INSERT OR REPLACE INTO read_place (reader, place) VALUES (?, ?)";

    private final Database database;
    private final Function<MacAddress, @Nullable String> vendorOf;

    /** Belongs to whoever is in {@link Database#write}, one at a time. */
    private final Statements statements = new Statements();

    /**
     * A ledger on an open database.
     *
     * @param vendorOf who made a device, stored beside it so that lists can be searched by it
     */
    public Ledger(Database database, Function<MacAddress, @Nullable String> vendorOf) {
        this.database = database;
        this.vendorOf = vendorOf;
    }

    /** Reads of the same database what the owner of leases and devices needs to decide. */
    public Lookup lookup() {
        return new Lookup(database);
    }

    /**
     * Writes a commit and its events.
     *
     * @throws StoreException if it could not; then nothing was written
     */
    public void write(Commit commit, List<Event> events) {
        database.write(connection -> {
            boolean written = false;
            try {
                writeLeases(connection, commit);
                writeHistory(connection, commit);
                writeDevices(connection, commit);
                PresenceRows.write(connection, statements, commit);
                SystemNameRows.write(connection, statements, commit);
                writeEvents(connection, events);
                writePosition(connection, commit.position());
                writePlaces(connection, commit.places());
                written = true;
            } finally {
                if (!written) {
                    statements.close(); // their batches are not to be written later
                }
            }
            return true;
        });
    }

    /**
     * Writes how far an installation is, in place of what was known of that system, and the events that tell of it.
     *
     * @throws StoreException if it could not; then nothing was written
     */
    public void write(InstallationView installation, List<Event> events) {
        database.write(connection -> {
            Installations.put(connection, installation);
            writeEvents(connection, events);
            return true;
        });
    }

    private void writePosition(Connection connection, @Nullable JournalPosition position) throws SQLException {
        if (position != null) {
            PreparedStatement put = statements.of(connection, PUT_POSITION);
            put.setLong(1, position.journal());
            put.setLong(2, position.sequence());
            put.executeUpdate();
        }
    }

    private void writePlaces(Connection connection, Map<String, String> places) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        PreparedStatement put = statements.of(connection, PUT_PLACE);
        for (Map.Entry<String, String> place : places.entrySet()) {
            put.setString(1, place.getKey());
            put.setString(2, place.getValue());
            put.addBatch();
        }
        put.executeBatch();
    }

    /** Removals and entries go as two batches; the last change of each lease decides in which one it stands. */
    private void writeLeases(Connection connection, Commit commit) throws SQLException {
        Map<Lease.Key, LeaseChange> last = new LinkedHashMap<>();
        Set<Lease.Key> anew = new HashSet<>();
        for (LeaseChange change : commit.leases()) {
            last.put(change.lease().key(), change);
            if (!isRenewal(change)) {
                anew.add(change.lease().key());
            }
        }
        PreparedStatement renew = statements.of(connection, RENEW_LEASE);
        PreparedStatement put = statements.of(connection, PUT_LEASE);
        PreparedStatement remove = statements.of(connection, REMOVE_LEASE);
        for (LeaseChange change : last.values()) {
            Lease lease = change.lease();
            if (change instanceof LeaseChange.Ended) {
                remove.setBytes(1, lease.address().sortKey());
                remove.setString(2, lease.source().origin());
                remove.setString(3, lease.source().name());
                remove.addBatch();
            } else if (!anew.contains(lease.key())) {
                LeaseRows.renew(renew, lease);
                renew.addBatch();
            } else {
                LeaseRows.bind(put, lease);
                put.addBatch();
            }
        }
        remove.executeBatch();
        renew.executeBatch();
        put.executeBatch();
    }

    /** True where nothing but the end and the details differ from what the store has. */
    private static boolean isRenewal(LeaseChange change) {
        if (!(change instanceof LeaseChange.Renewed renewed)) {
            return false;
        }
        LeaseFact before = renewed.before().fact();
        LeaseFact after = renewed.lease().fact();
        return Objects.equals(before.mac(), after.mac())
                && Objects.equals(before.clientId(), after.clientId())
                && Objects.equals(before.iaid(), after.iaid())
                && Objects.equals(before.allocationReason(), after.allocationReason())
                && Objects.equals(before.subnet(), after.subnet())
                && before.temporary() == after.temporary();
    }

    private void writeHistory(Connection connection, Commit commit) throws SQLException {
        PreparedStatement begin = statements.of(connection, BEGIN_BINDING);
        PreparedStatement rename = statements.of(connection, RENAME_BINDING);
        PreparedStatement end = statements.of(connection, END_BINDING);
        for (LeaseChange change : commit.leases()) {
            switch (change) {
                case LeaseChange.Added added -> LeaseRows.beginBinding(begin, added.lease());
                case LeaseChange.Changed changed -> LeaseRows.renameBinding(rename, changed.lease());
                case LeaseChange.Completed completed -> LeaseRows.renameBinding(rename, completed.lease());
                case LeaseChange.Ended ended ->
                    LeaseRows.endBinding(end, ended.lease(), ended.at() == null ? commit.at() : ended.at());
                case LeaseChange.Renewed _ -> {}
            }
        }
    }

    private void writeDevices(Connection connection, Commit commit) throws SQLException {
        Map<MacAddress, Device> last = new LinkedHashMap<>();
        commit.devices().stream().map(DeviceChange::device).forEach(device -> last.put(device.mac(), device));
        PreparedStatement put = statements.of(connection, PUT_DEVICE);
        for (Device device : last.values()) {
            DeviceRows.bind(put, device, vendorOf.apply(device.mac()));
            put.addBatch();
        }
        put.executeBatch();
    }

    private void writeEvents(Connection connection, List<Event> events) throws SQLException {
        PreparedStatement add = statements.of(connection, ADD_EVENT);
        for (Event event : events) {
            add.setLong(1, event.number());
            add.setLong(2, event.at().toEpochMilli());
            add.setString(3, event.type().text());
            add.setString(4, event.subject());
            add.setString(5, event.json());
            add.addBatch();
        }
        add.executeBatch();
    }

    /**
     * Removes what is older than the configuration keeps: events below a number, ended bindings and
     * times of presence before a time. At most
     * {@value #PRUNED_AT_ONCE} rows of each.
     *
     * @return true where more is left to remove
     */
    public boolean prune(long keepEventsFrom, Instant now, Duration keepHistory) {
        return database.write(connection -> {
            int events = delete(
                    connection,
                    "DELETE FROM event WHERE number IN (SELECT number FROM event WHERE number < ? ORDER BY number LIMIT "
                            + PRUNED_AT_ONCE + ")",
                    keepEventsFrom);
            int bindings = delete(
                    connection,
                    "DELETE FROM lease_history WHERE id IN (SELECT id FROM lease_history WHERE ended_at < ? LIMIT "
                            + PRUNED_AT_ONCE + ")",
                    now.minus(keepHistory).toEpochMilli());
            int spans = delete(
                    connection,
                    "DELETE FROM device_span WHERE (mac, from_at) IN (SELECT mac, from_at FROM device_span"
                            + " WHERE to_at < ? LIMIT " + PRUNED_AT_ONCE + ")",
                    now.minus(keepHistory).toEpochMilli());
            return Math.max(spans, Math.max(events, bindings)) == PRUNED_AT_ONCE;
        });
    }

    private static int delete(Connection connection, String sql, long below) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, below);
            return statement.executeUpdate();
        }
    }
}
