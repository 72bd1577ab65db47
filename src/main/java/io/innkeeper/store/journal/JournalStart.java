package io.innkeeper.store.journal;

import io.innkeeper.lease.Binding;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/**
 * What a journal goes on from.
 *
 * @param journal which one it is
 * @param segments those with changes, oldest first
 * @param inSnapshot the number of the last change in the snapshot
 * @param nextNumber of the next segment
 * @param lock ends when closed
 */
record JournalStart(
        JournalFolder folder,
        long journal,
        List<SegmentFile> segments,
        long inSnapshot,
        int nextNumber,
        AutoCloseable lock) {

    long last() {
        return segments.isEmpty() ? inSnapshot : segments.getLast().last();
    }

    static JournalStart of(Path path, JournalLimits limits, Iterable<Binding> whenNew, LeaseJournal.Restored into) {
        JournalFolder folder = new JournalFolder(path);
        FileChannel lock = null;
        try {
            Files.createDirectories(path);
            lock = folder.lock();
            return read(folder, limits, whenNew, into, lock);
        } catch (IOException e) {
            close(lock);
            throw new StoreException("cannot open the lease journal in " + path + ": " + SegmentSupply.reason(e), e);
        } catch (RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    private static void close(@org.jspecify.annotations.Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // It is given up anyway; the first failure is the one to tell.
        }
    }

    private static JournalStart read(
            JournalFolder folder,
            JournalLimits limits,
            Iterable<Binding> whenNew,
            LeaseJournal.Restored into,
            FileChannel lock)
            throws IOException {
        Files.deleteIfExists(folder.newSnapshot());
        SnapshotReader.Header snapshot = null;
        if (Files.exists(folder.snapshot())) {
            try (SnapshotReader reader = new SnapshotReader(folder.snapshot())) {
                snapshot = reader.header();
            }
        }
        JournalScan.Result found = JournalScan.of(folder, snapshot);
        int next =
                folder.segments().stream().mapToInt(JournalFolder::number).max().orElse(0) + 1;
        if (snapshot == null) {
            snapshot = begin(folder, whenNew);
        }
        settle(found);
        folder.sync();
        long journal = snapshot.journal();
        Compaction compaction = new Compaction(folder, journal, snapshot.sequence(), limits.compactAtOctets());
        while (compaction.isDue(found.segments())) {
            compaction.run(found.segments());
        }
        compaction.merged(found.segments(), handing(into));
        return new JournalStart(folder, journal, found.segments(), compaction.inSnapshot(), next, lock);
    }

    private static Merge.Sink handing(LeaseJournal.Restored into) {
        BindingCodec codec = new BindingCodec();
        RecordReader in = new RecordReader();
        return new Merge.Sink() {
            @Override
            public void begin(int atMost) {
                into.expect(atMost);
            }

            @Override
            public void record(byte[] data, int from, int to) {
                in.range(data, from, to);
                into.take(codec.read(in).after());
            }
        };
    }

    private static SnapshotReader.Header begin(JournalFolder folder, Iterable<Binding> whenNew) throws IOException {
        SnapshotReader.Header header = new SnapshotReader.Header(new SecureRandom().nextLong(), 0);
        RecordWriter record = new RecordWriter(1 << 10);
        try (SnapshotWriter snapshot = new SnapshotWriter(folder, header)) {
            for (Binding binding : whenNew) {
                record.clear();
                BindingCodec.write(record, BindingCodec.kindOf(binding), binding.startedAtMs(), binding);
                snapshot.record(record.data(), 0, record.size());
            }
            snapshot.finish();
        }
        return header;
    }

    /**
     * Removes what holds nothing, and cuts the newest segment where it ends. What was read may have come from the page cache of
     * a sync that failed: the part that counts is written and synced once more before anything relies on it.
     */
    private static void settle(JournalScan.Result found) throws IOException {
        for (Path empty : found.empty()) {
            Files.delete(empty);
        }
        if (found.segments().isEmpty()) {
            return;
        }
        SegmentFile last = found.segments().getLast();
        byte[] data = Files.readAllBytes(last.path());
        try (FileChannel channel = FileChannel.open(last.path(), StandardOpenOption.WRITE)) {
            ByteBuffer counts = ByteBuffer.wrap(data, 0, last.end());
            while (counts.hasRemaining()) {
                channel.write(counts);
            }
            channel.truncate(last.end());
            channel.force(true);
        }
    }
}
