package io.innkeeper.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds closed segments and the old snapshot into a new one. Costs memory for the segments of one run, never for all bindings,
 * and nothing of the thread that commits. Belongs to one thread at a time.
 */
final class Compaction {
    private final JournalFolder folder;
    private final long journal;
    private final long atOctets;
    private volatile long inSnapshot;

    Compaction(JournalFolder folder, long journal, long inSnapshot, long atOctets) {
        this.folder = folder;
        this.journal = journal;
        this.inSnapshot = inSnapshot;
        this.atOctets = atOctets;
    }

    /** The number of the last change in the snapshot. */
    long inSnapshot() {
        return inSnapshot;
    }

    private @Nullable Path snapshot() {
        return Files.exists(folder.snapshot()) ? folder.snapshot() : null;
    }

    /** True where enough has gathered after the snapshot. */
    boolean isDue(List<SegmentFile> closed) {
        return closed.stream()
                        .filter(segment -> segment.last() > inSnapshot)
                        .mapToLong(SegmentFile::end)
                        .sum()
                >= atOctets;
    }

    /** Folds the oldest segments that are not in the snapshot. */
    void run(List<SegmentFile> closed) throws IOException {
        List<SegmentFile> fold = new ArrayList<>();
        long octets = 0;
        for (SegmentFile segment : closed) {
            if (segment.last() > inSnapshot && octets < atOctets) {
                fold.add(segment);
                octets += segment.end();
            }
        }
        if (fold.isEmpty()) {
            return;
        }
        long last = fold.getLast().last();
        try (SnapshotWriter writer = new SnapshotWriter(folder, new SnapshotReader.Header(journal, last))) {
            Merge.run(journal, snapshot(), fold, inSnapshot, writer::record);
            writer.finish();
        }
        inSnapshot = last;
    }

    /** The snapshot and the segments after it as one list. */
    void merged(List<SegmentFile> segments, Merge.Sink sink) throws IOException {
        Merge.run(journal, snapshot(), segments, inSnapshot, sink);
    }
}
