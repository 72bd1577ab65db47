package io.innkeeper.store.journal;

import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.BindingStore;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of binding changes: a commit is one group appended and synced. What was acknowledged survives a power cut;
 * what was not is cut off. Changes are numbered from 1. After a write or a sync that failed, the segment is never written to
 * again: what the kernel still holds of it can no longer be relied on. The next commit goes to a new one, whose header says with
 * which number it begins, so that what was not acknowledged does not count.
 *
 * <p>{@link #commit} is for one thread; everything else for any.
 */
public final class LeaseJournal implements BindingStore, AutoCloseable {
    /** Takes what a journal holds when it is opened. */
    @FunctionalInterface
    public interface Restored {
        /** Called once before the first: no more than so many will come, so that room can be made for them. */
        default void expect(int atMost) {}

        /** Takes the next one. */
        void take(Binding binding);
    }

    private static final int KEPT_BUFFER = 4 << 20;

    private final long id;
    private final JournalFolder folder;
    private final JournalLimits limits;
    private final AutoCloseable lock;
    private final Segments segments;
    private final SegmentSupply supply;
    private final JournalKeeper keeper;
    private final ReentrantLock following = new ReentrantLock();
    private final Condition moved = following.newCondition();
    private final GroupChecksum checksum;
    private RecordWriter group = new RecordWriter(1 << 16);
    private SegmentSupply.@Nullable Ready current;
    private long currentFirst;
    private int position;
    private volatile long committed;
    private volatile boolean awaited;
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    LeaseJournal(JournalStart start, JournalLimits limits, SegmentDisk disk) {
        this.id = start.journal();
        checksum = new GroupChecksum(id);
        this.folder = start.folder();
        this.limits = limits;
        this.lock = start.lock();
        this.committed = start.last();
        segments = new Segments(start.segments());
        supply = new SegmentSupply(folder, disk, limits.segmentOctets(), start.nextNumber());
        keeper = new JournalKeeper(folder, limits, segments, id, start.inSnapshot());
        supply.start();
        keeper.start();
    }

    /**
     * Opens the journal in a folder, which is made where there is none, and hands out what it holds: each address once, rising.
     *
     * @param whenNew what a new journal begins with, with rising addresses: bindings that are known from elsewhere
     * @param into takes the bindings, held ones and ended ones
     * @throws DamagedException if acknowledged changes are missing
     * @throws StoreException if the folder cannot be read or written, or another process has it
     */
    public static LeaseJournal open(
            Path folder, JournalLimits limits, SegmentDisk disk, Iterable<Binding> whenNew, Restored into) {
        return new LeaseJournal(JournalStart.of(folder, limits, whenNew, into), limits, disk);
    }

    /** {@inheritDoc} An empty list costs nothing. */
    @Override
    public void commit(List<BindingChange> changes) throws NotStoredException {
        if (changes.isEmpty()) {
            return;
        }
        long first = committed + 1;
        encode(changes, first);
        try {
            append(first);
        } catch (NotStoredException e) {
            trouble = e.getMessage();
            throw e;
        }
        trouble = null;
        committed = first + changes.size() - 1;
        if (awaited) {
            signal();
        }
    }

    private void encode(List<BindingChange> changes, long first) throws NotStoredException {
        group.clear();
        int start = SegmentFormat.beginGroup(group);
        for (int i = 0; i < changes.size(); i++) {
            BindingChange change = changes.get(i);
            BindingCodec.write(group, change.kind(), change.atMs(), change.after());
        }
        SegmentFormat.endGroup(group, checksum, start, changes.size(), first);
        if (group.size() > limits.segmentOctets() - SegmentFormat.HEADER) {
            int size = group.size();
            group = new RecordWriter(1 << 16);
            throw refused(changes.size() + " changes at once take " + size + " octets, more than a segment holds");
        }
    }

    private static NotStoredException refused(String reason) {
        return new NotStoredException(reason, new IOException(reason));
    }

    private void append(long first) throws NotStoredException {
        if (closed) {
            throw refused("the lease journal is closed");
        }
        if (current != null && position + group.size() > limits.segmentOctets()) {
            leave();
        }
        SegmentSupply.Ready segment = current == null ? begin(first) : current;
        try {
            if (position == SegmentFormat.HEADER && currentFirst == first) {
                RecordWriter header = new RecordWriter(SegmentFormat.HEADER);
                SegmentFormat.writeHeader(header, new SegmentFormat.Header(id, segment.number(), first));
                segment.file().write(header.data(), header.size(), 0);
            }
            segment.file().write(group.data(), group.size(), position);
            segment.file().sync();
            position += group.size();
            shrink();
        } catch (IOException e) {
            leave();
            throw new NotStoredException("the lease journal cannot be written: " + SegmentSupply.reason(e), e);
        }
    }

    /** One large commit should not cost its memory for ever. */
    private void shrink() {
        if (group.data().length > KEPT_BUFFER) {
            group = new RecordWriter(1 << 16);
        }
    }

    private SegmentSupply.Ready begin(long first) throws NotStoredException {
        if (segments.octets() + limits.segmentOctets() > limits.maxOctets()) {
            keeper.wake();
            throw refused("the lease journal is full: the database is " + (committed - keeper.followed())
                    + " changes behind, and " + limits.maxOctets() + " octets are all it may take");
        }
        SegmentSupply.Ready segment = supply.take();
        current = segment;
        currentFirst = first;
        position = SegmentFormat.HEADER;
        segments.begin(new Segments.Place(segment.path(), segment.number()), first);
        return segment;
    }

    /** The current segment is full, or not to be trusted any more. */
    private void leave() {
        SegmentSupply.Ready left = current;
        if (left == null) {
            return;
        }
        current = null;
        if (position == SegmentFormat.HEADER) {
            segments.drop();
            keeper.remove(left.path());
        } else {
            segments.end(new SegmentFile(
                    left.path(), left.number(), currentFirst, committed, position, limits.segmentOctets()));
        }
        try {
            left.file().close();
        } catch (IOException e) {
            // All that counts in it was synced by its own commit.
        }
        keeper.wake();
    }

    private void signal() {
        following.lock();
        try {
            moved.signalAll();
        } finally {
            following.unlock();
        }
    }

    /**
     * Waits until a change with a later number is committed.
     *
     * @param after the last number that the caller has
     * @return false where none came in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean await(long after, long timeoutMs) throws InterruptedException {
        following.lock();
        try {
            awaited = true;
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (committed <= after && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return committed > after;
        } finally {
            awaited = false;
            following.unlock();
        }
    }

    /** A reader of its changes, for one thread. */
    public JournalReader reader() {
        return new JournalReader(this, segments);
    }

    /**
     * Hands out the whole state, each address once, rising; commits go on meanwhile.
     *
     * @return the number of the last change in it
     * @throws StoreException if it cannot be read
     */
    public long state(Consumer<BindingChange> into) {
        return keeper.state(() -> committed, into);
    }

    /** What the database has: segments up to here are no longer needed once they are in a snapshot. */
    public void followed(long sequence) {
        keeper.followed(sequence);
    }

    /** Which journal it is: a number drawn when it began. */
    public long id() {
        return id;
    }

    /** The number of the newest change on stable storage. */
    public long committed() {
        return committed;
    }

    /** The number of the oldest change that a reader can still get. */
    public long oldest() {
        return segments.oldest(committed + 1);
    }

    /** What its segments take of the disk, in octets. */
    public long octets() {
        return segments.octets() + limits.segmentOctets();
    }

    /** How full it is: from 0 to 1, where commits are refused until the database has caught up. */
    public double fill() {
        return (double) octets() / limits.maxOctets();
    }

    /** The folder. */
    public Path folder() {
        return folder.path();
    }

    /** Why it could not write or tidy up lately; null where all is well. */
    public @Nullable String trouble() {
        String writing = trouble;
        return writing == null ? keeper.trouble() : writing;
    }

    /** Ends; the writing thread must have ended before. */
    @Override
    public void close() {
        closed = true;
        signal();
        leave();
        keeper.close();
        supply.close();
        try {
            lock.close();
        } catch (Exception e) {
            // Closing is the last thing done with it; the lock ends with the process.
        }
    }
}
