package io.innkeeper.store.journal;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the folder small: folds closed segments into the snapshot, and removes those that nobody needs any more. */
final class JournalKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);
    private static final long RETRY_MS = 5_000;

    private final JournalFolder folder;
    private final Segments segments;
    private final Compaction compaction;
    private final Queue<Path> unused = new ConcurrentLinkedQueue<>();
    private final ReentrantLock reading = new ReentrantLock();
    private final Thread thread;
    private volatile long followed;
    private volatile @Nullable String trouble;
    private boolean work;
    private boolean closed;

    JournalKeeper(JournalFolder folder, JournalLimits limits, Segments segments, long journal, long inSnapshot) {
        this.folder = folder;
        this.segments = segments;
        compaction = new Compaction(folder, journal, inSnapshot, limits.compactAtOctets());
        thread = Thread.ofPlatform().name("journal-keeper").daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    long followed() {
        return followed;
    }

    void followed(long sequence) {
        followed = sequence;
        SegmentFile oldest = segments.closed().stream().findFirst().orElse(null);
        if (oldest != null && oldest.last() <= Math.min(sequence, compaction.inSnapshot())) {
            wake();
        }
    }

    @Nullable
    String trouble() {
        return trouble;
    }

    /** This file holds nothing that counts. */
    void remove(Path file) {
        unused.add(file);
    }

    synchronized void wake() {
        work = true;
        notifyAll();
    }

    private void loop() {
        try {
            while (awaitWork()) {
                tidy();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts.
        }
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
        for (long left = RETRY_MS; trouble != null && !closed && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        work |= trouble != null;
        while (!work && !closed) {
            wait();
        }
        work = false;
        return !closed;
    }

    private void tidy() {
        reading.lock();
        try {
            for (Path file = unused.poll(); file != null; file = unused.poll()) {
                Files.deleteIfExists(file);
            }
            while (compaction.isDue(segments.closed())) {
                compaction.run(segments.closed());
            }
            removeFolded();
            if (trouble != null) {
                LOG.info("The lease journal can be tidied again");
            }
            trouble = null;
        } catch (IOException | RuntimeException e) {
            String why = "the lease journal in " + folder.path() + " cannot be tidied: " + e.getMessage();
            if (trouble == null) {
                LOG.error("{}; trying again", why);
            }
            trouble = why;
        } finally {
            reading.unlock();
        }
    }

    private void removeFolded() throws IOException {
        long needless = Math.min(followed, compaction.inSnapshot());
        for (SegmentFile old = segments.removeUpTo(needless); old != null; old = segments.removeUpTo(needless)) {
            Files.deleteIfExists(old.path());
        }
    }

    /** The whole state up to a moment; no segment goes and no snapshot changes while it is read. */
    long state(LongSupplier committed, Consumer<BindingChange> into) {
        reading.lock();
        try {
            long last = committed.getAsLong();
            List<SegmentFile> all = segments.all(last);
            BindingCodec codec = new BindingCodec();
            RecordReader in = new RecordReader();
            compaction.merged(all, (data, from, to) -> {
                in.range(data, from, to);
                into.accept(codec.read(in));
            });
            return last;
        } catch (IOException e) {
            throw new StoreException("cannot read the lease journal: " + SegmentSupply.reason(e), e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
