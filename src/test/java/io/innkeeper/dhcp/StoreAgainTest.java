package io.innkeeper.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import io.innkeeper.store.journal.JournalLimits;
import io.innkeeper.store.journal.LeaseJournal;
import io.innkeeper.store.journal.SegmentDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change of nothing by which the server finds out whether its journal takes changes again. */
class StoreAgainTest {
    private static final List<BindingChange> NOTHING = List.of(BindingChange.ofNothing(ModesKit.T0));

    @TempDir
    Path folder;

    private LeaseJournal open(SegmentDisk disk, BindingBook book) {
        return LeaseJournal.open(folder.resolve("leases"), JournalLimits.DEFAULT, disk, List.of(), book::restore);
    }

    @Test
    void aChangeOfNothingIsStoredAndLeavesNothing() throws Exception {
        try (LeaseJournal journal = open(SegmentDisk.REAL, new BindingBook(1, 7))) {
            journal.commit(NOTHING);
            journal.commit(NOTHING);
            assertThat(journal.committed()).isEqualTo(2);
        }
        BindingBook restored = new BindingBook(1, 7);
        open(SegmentDisk.REAL, restored).close();
        assertThat(restored.size()).isZero();
    }

    @Test
    void afterAFaultThatIsNoTroubleOfTheDiskTheJournalGoesOn() throws Exception {
        FaultyDisk disk = new FaultyDisk();
        try (LeaseJournal journal = open(disk, new BindingBook(1, 7))) {
            assertThatThrownBy(() -> journal.commit(NOTHING)).isInstanceOf(NotStoredException.class);
            assertThat(journal.trouble()).contains("a fault");
            disk.faulty = false;
            await().until(() -> stored(journal));
            assertThat(journal.trouble()).isNull();
        }
    }

    private static boolean stored(LeaseJournal journal) {
        try {
            journal.commit(NOTHING);
            return true;
        } catch (NotStoredException e) {
            return false;
        }
    }

    /** A disk on which the making of segments fails in a way that nobody thought of. */
    private static final class FaultyDisk implements SegmentDisk {
        volatile boolean faulty = true;

        @Override
        public Open make(Path path, int octets) throws IOException {
            if (faulty) {
                throw new IllegalStateException("a fault");
            }
            return SegmentDisk.REAL.make(path, octets);
        }
    }
}
