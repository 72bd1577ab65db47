package io.innkeeper.store.journal;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore.NotStoredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Opens journals, and knows what a map of bindings would hold after the same changes. */
final class TestingJournal {
    /** Small enough that a few hundred changes need several segments and snapshots. */
    static final JournalLimits SMALL = new JournalLimits(8_192, 1 << 20, 16_384);

    private TestingJournal() {}

    static LeaseJournal open(Path folder, SegmentDisk disk, Map<Integer, Binding> into) {
        return LeaseJournal.open(folder, SMALL, disk, List.of(), binding -> into.put(binding.address(), binding));
    }

    /** What the journal in this folder holds, read as at a start. */
    static Map<Integer, Binding> content(Path folder) {
        Map<Integer, Binding> content = new TreeMap<>();
        open(folder, SegmentDisk.REAL, content).close();
        return content;
    }

    static void commit(LeaseJournal journal, List<BindingChange> changes, Map<Integer, Binding> memory) {
        try {
            journal.commit(changes);
        } catch (NotStoredException e) {
            throw new AssertionError("not stored", e);
        }
        changes.forEach(change -> memory.put(change.after().address(), change.after()));
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(JournalFolder.name(file)));
            }
        }
    }

    static List<Path> segments(Path folder) throws IOException {
        return new JournalFolder(folder).segments();
    }
}
