package io.innkeeper.store;

import io.innkeeper.device.Device;
import io.innkeeper.device.Presence;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the owner of leases and devices does not hold in memory, brought in by key before it decides. */
public final class Lookup {
    private final Database database;

    /** On an open database. */
    public Lookup(Database database) {
        this.database = database;
    }

    /**
     * The leases of these addresses, of whatever source.
     *
     * @throws StoreException if they cannot be read
     */
    public List<Lease> leasesAt(Collection<IpAddress> addresses) {
        return database.read(connection ->
                each(connection, "SELECT * FROM lease WHERE address_key = ?", addresses, LeaseRows::read));
    }

    /**
     * The leases of a source from one address to another, both included, in their order.
     *
     * @throws StoreException if they cannot be read
     */
    public List<Lease> leases(LeaseSource source, IpAddress from, IpAddress to) {
        return database.read(connection -> new Select("*", "lease")
                .where("address_key BETWEEN ? AND ?", from.sortKey(), to.sortKey())
                .where("origin = ? AND source = ?", source.origin(), source.name())
                .list(connection, "address_key", Integer.MAX_VALUE, LeaseRows::read));
    }

    /**
     * The devices among these that there are.
     *
     * @throws StoreException if they cannot be read
     */
    public List<Device> devices(Collection<MacAddress> macs) {
        return database.read(
                connection -> each(connection, "SELECT * FROM device WHERE mac = ?", macs, DeviceRows::read));
    }

    /**
     * How it stands with these devices, as far as something is known.
     *
     * @throws StoreException if they cannot be read
     */
    public List<Presence> presences(Collection<MacAddress> macs) {
        return database.read(connection ->
                each(connection, "SELECT * FROM device_presence WHERE mac = ?", macs, PresenceQueries::presence));
    }

    private static <K, T> List<T> each(Connection connection, String sql, Collection<K> keys, Select.Row<T> reader)
            throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (K key : keys) {
                if (key instanceof IpAddress address) {
                    statement.setBytes(1, address.sortKey());
                } else {
                    statement.setString(1, String.valueOf(key));
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(Select.read(row, reader));
                    }
                }
            }
        }
        return found;
    }

    /**
     * How far the lease journal was followed; empty where it never was.
     *
     * @throws StoreException if it cannot be read
     */
    public Optional<JournalPosition> journalPosition() {
        return database.read(connection -> new Select("*", "journal_position")
                        .list(
                                connection,
                                "id",
                                1,
                                row -> new JournalPosition(row.getLong("journal"), row.getLong("sequence")))
                        .stream()
                        .findFirst());
    }
}
