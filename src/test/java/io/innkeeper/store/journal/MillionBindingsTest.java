package io.innkeeper.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large journal: written, folded and read again. Prints what it took; a slow machine is no failure. */
@Tag("slow")
class MillionBindingsTest {
    private static final int BINDINGS = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void aMillionBindingsAreReadAtAStart() throws NotStoredException {
        LeaseJournal journal =
                LeaseJournal.open(folder, JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), binding -> {});
        long from = System.nanoTime();
        for (int i = 0; i < BINDINGS; i += 250) {
            List<BindingChange> changes = new ArrayList<>();
            IntStream.range(i, i + 250).mapToObj(TestingBindings::granted).forEach(changes::add);
            journal.commit(changes);
        }
        tell("committed 250 at a time", from);
        journal.close();
        for (int start = 1; start <= 3; start++) {
            AtomicInteger read = new AtomicInteger();
            from = System.nanoTime();
            LeaseJournal again =
                    LeaseJournal.open(folder, JournalLimits.DEFAULT, SegmentDisk.REAL, List.of(), binding -> {
                        if (binding.equals(TestingBindings.plain(read.get()))) {
                            read.incrementAndGet();
                        }
                    });
            tell("start " + start + " (and compared)", from);
            assertThat(read).hasValue(BINDINGS);
            assertThat(again.committed()).isEqualTo(BINDINGS);
            again.close();
        }
    }

    private static void tell(String what, long fromNanos) {
        System.out.printf("1,000,000 bindings %s: %d ms%n", what, (System.nanoTime() - fromNanos) / 1_000_000);
    }
}
