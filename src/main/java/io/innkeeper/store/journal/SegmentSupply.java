package io.innkeeper.store.journal;

import io.innkeeper.lease.BindingStore.NotStoredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the next segment ready before it is needed: making one takes many times as long as a commit. Where the disk cannot take
 * it, tries again and again, and tells the reason to whoever asks meanwhile.
 */
final class SegmentSupply implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);
    private static final long RETRY_MS = 200;

    /** A segment of zeros, ready to be written to. */
    record Ready(Path path, int number, SegmentDisk.Open file) {}

    private final JournalFolder folder;
    private final SegmentDisk disk;
    private final int octets;
    private final Thread thread;
    private int nextNumber;
    private @Nullable Ready ready;
    private @Nullable IOException failure;
    private boolean closed;

    SegmentSupply(JournalFolder folder, SegmentDisk disk, int octets, int nextNumber) {
        this.folder = folder;
        this.disk = disk;
        this.octets = octets;
        this.nextNumber = nextNumber;
        thread = Thread.ofPlatform().name("journal-supply").daemon().unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        try {
            while (awaitNeed()) {
                make();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts.
        }
    }

    private synchronized boolean awaitNeed() throws InterruptedException {
        while (!closed && ready != null) {
            wait();
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MS);
        for (long left = RETRY_MS; failure != null && !closed && left > 0; left = msUntil(until)) {
            wait(left);
        }
        return !closed;
    }

    private static long msUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    }

    private void make() {
        Path path = folder.segment(nextNumber);
        try {
            Files.deleteIfExists(path); // what an attempt that failed may have left: no segment has this number yet
            SegmentDisk.Open file = disk.make(path, octets);
            try {
                folder.sync();
            } catch (IOException e) {
                file.close();
                throw e;
            }
            made(new Ready(path, nextNumber++, file), null);
        } catch (IOException e) {
            made(null, e);
        } catch (RuntimeException e) {
            made(null, new IOException(e));
        }
    }

    private synchronized void made(@Nullable Ready segment, @Nullable IOException why) {
        if (why != null && failure == null) {
            LOG.error("No new segment of the lease journal can be made in {}: {}", folder.path(), reason(why));
        }
        ready = segment;
        failure = why;
        notifyAll();
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The next segment; waits while one is being made. */
    synchronized Ready take() throws NotStoredException {
        try {
            while (ready == null && failure == null && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStoredException("interrupted while waiting for the lease journal", e);
        }
        if (ready == null) {
            IOException why = failure == null ? new IOException("the journal is closed") : failure;
            throw new NotStoredException("the lease journal cannot be written: " + reason(why), why);
        }
        Ready taken = ready;
        ready = null;
        notifyAll();
        return taken;
    }

    /** Stops, and removes what nobody took. */
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
        Ready left = ready;
        if (left != null) {
            try {
                left.file().close();
                Files.deleteIfExists(left.path());
            } catch (IOException e) {
                LOG.debug("An unused segment stays: {}", e.getMessage());
            }
        }
    }
}
