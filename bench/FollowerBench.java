import io.innkeeper.desk.Attendance;
import io.innkeeper.desk.Desk;
import io.innkeeper.desk.DeskStatistics;
import io.innkeeper.desk.JournalFollower;
import io.innkeeper.device.DeviceTable;
import io.innkeeper.event.EventDraft;
import io.innkeeper.event.EventLog;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseBook;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.store.Database;
import io.innkeeper.store.DeviceQueries;
import io.innkeeper.store.EventQueries;
import io.innkeeper.store.Ledger;
import io.innkeeper.store.ReservationStore;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** How fast the database follows the lease journal: new leases of new devices, then renewals of the same. */
public final class FollowerBench {
    private static final Traits TRAITS =
            new Traits("android-dhcp-13", null, Octets.of(new byte[] {1, 3, 6, 15, 26, 28, 51, 58, 59, 43}));

    /** Neighbours in time are no neighbours by number, neither as addresses nor as devices. */
    private static int scattered(int number) {
        return (int) ((number * 2_654_435_761L) & 0xff_ffff);
    }

    private static Binding binding(int number, long endsAtMs) {
        int place = scattered(number);
        byte[] client = {1, 2, 0, (byte) (place >> 3), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        byte[] mac = java.util.Arrays.copyOfRange(client, 1, 7);
        return new Binding(
                0x0a00_0000 + place,
                ClientId.of(client),
                false,
                MacAddress.of(MacAddress.ETHERNET, mac),
                LeaseState.ACTIVE,
                false,
                1_795_244_400_000L,
                endsAtMs,
                43_200,
                "client" + number,
                TRAITS,
                null);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        DeskStatistics nothing = new DeskStatistics() {
            @Override
            public void reportTaken() {}

            @Override
            public void committed(long nanos, List<EventDraft> events) {}

            @Override
            public void commitFailed() {}

            @Override
            public void workFailed() {}
        };
        try (Database database = Database.open(folder.resolve("follower.db"));
                LeaseJournal journal = LeaseJournal.open(
                        folder.resolve("follower.leases"), JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), b -> {})) {
            Desk desk = new Desk(
                    new LeaseBook(List.of()),
                    new DeviceTable(List.of(), (int) new DeviceQueries(database).count(), 10_000_000),
                    Attendance.empty(),
                    () -> 10_000_000,
                    mac -> null,
                    new EventLog(new EventQueries(database).newest(), 16_384),
                    new Ledger(database, mac -> null),
                    new ReservationStore(database),
                    InstantSource.system(),
                    nothing,
                    Desk.Limits.USUAL);
            desk.start();
            Prefix subnet = Prefix.parse("10.0.0.0/8").orElseThrow();
            try (JournalFollower follower = new JournalFollower(journal, desk, address -> subnet, () -> {})) {
                follower.start();
                while (!follower.isComplete()) {
                    Thread.sleep(10);
                }
                round(journal, follower, count, BindingChange.Kind.GRANTED, "new leases");
                round(journal, follower, count, BindingChange.Kind.RENEWED, "renewals");
            }
            desk.close();
        }
    }

    private static void round(
            LeaseJournal journal, JournalFollower follower, int count, BindingChange.Kind kind, String what)
            throws Exception {
        long fromNanos = System.nanoTime();
        long cpu = cpuNanos();
        for (int i = 0; i < count; i += 100) {
            List<BindingChange> changes = new ArrayList<>();
            for (int j = i; j < i + 100; j++) {
                long atMs = 1_795_244_400_000L + (kind == BindingChange.Kind.RENEWED ? 60_000 : 0);
                changes.add(new BindingChange(kind, null, binding(j, atMs + 43_200_000), atMs));
            }
            journal.commit(changes);
        }
        double committed = (System.nanoTime() - fromNanos) / 1e9;
        while (follower.lag() > 0) {
            Thread.sleep(5);
        }
        double followed = (System.nanoTime() - fromNanos) / 1e9;
        System.out.printf(
                "%,d %s: in the journal after %.2f s, in the database after %.2f s: %,.0f a second, CPU %.1f µs each%n",
                count, what, committed, followed, count / followed, (cpuNanos() - cpu) / 1e3 / count);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
