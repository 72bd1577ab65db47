import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a start reads a million leases from the journal into the book, several times in one process. */
public final class JournalStartBench {
    private static final int LEASES = 1_000_000;
    private static final long START_MS = 1_795_244_400_000L;

    private static Binding binding(int number) {
        MacAddress mac = MacAddress.of(
                MacAddress.ETHERNET,
                ByteBuffer.allocate(6).putShort((short) 0x0200).putInt(number).array());
        return new Binding(
                0x0a00_0000 + number,
                ClientId.ofHardware(mac),
                false,
                mac,
                LeaseState.ACTIVE,
                false,
                START_MS + number,
                START_MS + 43_200_000 + number * 7_919L % 3_600_000,
                43_200,
                "client" + number,
                new Traits("android-dhcp-13", null, Octets.of(new byte[] {1, 3, 6, 15, 26, 28, 51, 58, 59, 43})),
                null);
    }

    private static void fill(Path folder) throws Exception {
        try (LeaseJournal journal =
                LeaseJournal.open(folder, JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), binding -> {})) {
            for (int i = 0; i < LEASES; i += 250) {
                List<BindingChange> changes = new ArrayList<>();
                for (int j = i; j < i + 250; j++) {
                    changes.add(new BindingChange(
                            BindingChange.Kind.GRANTED, null, binding((int) (j * 2_654_435_761L % LEASES)), START_MS));
                }
                journal.commit(changes);
                journal.followed(journal.committed());
            }
        }
    }

    private static long cpuMs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }

    /** Arguments: a folder, which is filled where it is not there, and how often to read it. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        if (!Files.exists(folder)) {
            fill(folder);
        }
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            BindingBook book = new BindingBook(65_536, 7);
            long cpuMs = cpuMs();
            long nanos = System.nanoTime();
            LeaseJournal journal = LeaseJournal.open(
                    folder, JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), new LeaseJournal.Restored() {
                        @Override
                        public void expect(int atMost) {
                            book.expect(atMost);
                        }

                        @Override
                        public void take(Binding binding) {
                            book.restore(binding);
                        }
                    });
            System.out.printf(
                    "%,d leases read in %d ms, %d ms of processor time%n",
                    book.size(), (System.nanoTime() - nanos) / 1_000_000, cpuMs() - cpuMs);
            journal.close();
        }
    }
}
