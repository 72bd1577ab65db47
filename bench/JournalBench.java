import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.store.Database;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Stores the same changes of leases through SQLite and through the lease journal, and compares what a row costs. */
public final class JournalBench {
    private static final int ADDRESSES = 100_000;
    private static final Traits TRAITS =
            new Traits("android-dhcp-13", null, Octets.of(new byte[] {1, 3, 6, 15, 26, 28, 51, 58, 59, 43}));

    private final Random random = new Random(1);

    private Binding binding(int number) {
        byte[] client = {1, 2, 0, 0, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return new Binding(
                0x0a00_0000 + number,
                ClientId.of(client),
                false,
                MacAddress.of(MacAddress.ETHERNET, Arrays.copyOfRange(client, 1, 7)),
                LeaseState.ACTIVE,
                false,
                1_795_244_400_000L,
                1_795_244_400_000L + random.nextInt(43_200_000),
                43_200,
                "client" + number,
                TRAITS,
                null);
    }

    private List<BindingChange> batch(int size) {
        List<BindingChange> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            changes.add(new BindingChange(
                    BindingChange.Kind.GRANTED, null, binding(random.nextInt(ADDRESSES)), 1_795_244_400_000L));
        }
        return changes;
    }

    private interface Storing {
        void store(List<BindingChange> changes) throws Exception;
    }

    private String measure(int size, int commits, Storing storing) throws Exception {
        for (int i = 0; i < commits / 5; i++) {
            storing.store(batch(size));
        }
        long[] nanos = new long[commits];
        for (int i = 0; i < commits; i++) {
            List<BindingChange> changes = batch(size);
            long from = System.nanoTime();
            storing.store(changes);
            nanos[i] = System.nanoTime() - from;
        }
        Arrays.sort(nanos);
        double p50 = nanos[commits / 2] / 1e3;
        double p99 = nanos[commits * 99 / 100] / 1e3;
        return "%9.1f %9.1f   %9.2f %9.2f".formatted(p50, p99, p50 / size, p99 / size);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int commits = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
        JournalBench bench = new JournalBench();
        System.out.println("                    µs a commit           µs a row");
        System.out.println("rows                 p50       p99         p50       p99");
        try (Sqlite sqlite = new Sqlite(folder.resolve("bench.db"));
                LeaseJournal journal = LeaseJournal.open(
                        folder.resolve("journal"), JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), b -> {})) {
            journal.followed(Long.MAX_VALUE);
            sqlite.store(bench.all());
            for (int size : new int[] {1, 16, 64, 256}) {
                System.out.printf("%4d SQLite     %s%n", size, bench.measure(size, commits, sqlite::store));
                System.out.printf("%4d journal    %s%n", size, bench.measure(size, commits, journal::commit));
            }
            // Without the disk: what encoding and checksum cost.
            System.out.printf("journal, not synced, 256 rows: %s%n", bench.encoding(folder.resolve("encoding")));
        }
    }

    private String encoding(Path folder) throws Exception {
        SegmentDisk unsynced = (path, octets) -> {
            SegmentDisk.Open real = SegmentDisk.REAL.make(path, octets);
            return new SegmentDisk.Open() {
                @Override
                public void write(byte[] data, int length, long at) {}

                @Override
                public void sync() {}

                @Override
                public void close() throws java.io.IOException {
                    real.close();
                }
            };
        };
        JournalLimits limits = new JournalLimits(1 << 30, 8L << 30, 4L << 30);
        try (LeaseJournal journal = LeaseJournal.open(folder, limits, unsynced, List.of(), b -> {})) {
            return measure(256, 5_000, journal::commit);
        }
    }

    private List<BindingChange> all() {
        List<BindingChange> all = new ArrayList<>();
        for (int i = 0; i < ADDRESSES; i++) {
            all.add(new BindingChange(BindingChange.Kind.GRANTED, null, binding(i), 0));
        }
        return all;
    }

    /** The table of leases as the store has it, written to as the store does. */
    private static final class Sqlite implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement put;

        Sqlite(Path file) throws Exception {
            Database.open(file).close();
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
            connection.setAutoCommit(false);
            put = connection.prepareStatement("""
                    INSERT OR REPLACE INTO lease (address_key, origin, source, address, family, mac, client_id, hostname,
                      state, allocation, started_at, expiry, expires_at, lifetime_s, temporary, details)
                    VALUES (?, 'dhcp4', 'server', ?, 4, ?, ?, ?, 'active', 'dynamic', ?, 'at', ?, ?, 0, '{}')""");
        }

        void store(List<BindingChange> changes) throws Exception {
            for (BindingChange change : changes) {
                Binding binding = change.after();
                IpAddress address = IpAddress.v4(binding.address());
                put.setBytes(1, address.sortKey());
                put.setString(2, address.toString());
                put.setString(3, String.valueOf(binding.mac()));
                put.setString(4, binding.client().toString());
                put.setString(5, binding.hostname());
                put.setLong(6, binding.startedAtMs());
                put.setLong(7, binding.endsAtMs());
                put.setLong(8, binding.lifetimeS());
                put.addBatch();
            }
            put.executeBatch();
            connection.commit();
        }

        @Override
        public void close() throws Exception {
            connection.close();
        }
    }
}
