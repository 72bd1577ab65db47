package io.innkeeper.store.journal;

import io.innkeeper.lease.BindingChange;
import io.innkeeper.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads committed changes in order, behind the thread that writes them. For one thread. */
public final class JournalReader implements AutoCloseable {
    private static final int MAX_GROUP = 1 << 30;

    private final LeaseJournal journal;
    private final Segments segments;
    private final BindingCodec codec = new BindingCodec();
    private final RecordReader in = new RecordReader();
    private final GroupChecksum checksum;
    private byte[] data = new byte[1 << 16];
    private Segments.@Nullable Place open;
    private @Nullable FileChannel channel;
    private long offset;

    /** The number of the first change at the offset; 0 where that is not known yet. */
    private long atOffset;

    JournalReader(LeaseJournal journal, Segments segments) {
        this.journal = journal;
        this.segments = segments;
        checksum = new GroupChecksum(journal.id());
    }

    /**
     * The changes after a number, oldest first, their {@code before} null. Whole commits, so that it can be more than asked for.
     *
     * @param after the last number that the caller has
     * @param max stops after so many, at least 1
     * @return empty where there are none yet; null where they are no longer in a segment: then {@link LeaseJournal#state} tells
     * @throws StoreException if they cannot be read
     */
    public @Nullable List<BindingChange> read(long after, int max) {
        List<BindingChange> changes = new ArrayList<>();
        long last = journal.committed();
        long next = after + 1;
        try {
            while (next <= last && changes.size() < max) {
                if (!find(next)) {
                    return null;
                }
                next = group(next, changes);
            }
            return changes;
        } catch (IOException e) {
            leave();
            throw new StoreException("cannot read the lease journal: " + SegmentSupply.reason(e), e);
        }
    }

    /** Opens the segment that a change stands in and goes to the group that begins with it. */
    private boolean find(long next) throws IOException {
        Segments.Place place = segments.of(next);
        if (place == null) {
            return false;
        }
        if (!place.equals(open) || atOffset > next) {
            leave();
            open = place;
            channel = FileChannel.open(place.path(), StandardOpenOption.READ);
            offset = SegmentFormat.HEADER;
            atOffset = 0;
        }
        return true;
    }

    /** Reads groups up to the one that holds a change; returns the number after it. */
    private long group(long next, List<BindingChange> into) throws IOException {
        while (true) {
            SegmentFormat.Group group = nextGroup();
            if (group.nextSequence() <= next) {
                continue;
            }
            in.range(data, group.from(), group.to());
            for (long sequence = group.sequence(); sequence < group.nextSequence(); sequence++) {
                BindingChange change = codec.read(in);
                if (sequence >= next) {
                    into.add(change);
                }
            }
            return group.nextSequence();
        }
    }

    private SegmentFormat.Group nextGroup() throws IOException {
        fill(0, SegmentFormat.GROUP_HEADER);
        int length = SegmentFormat.GROUP_HEADER + RecordReader.fourOctets(data, 8);
        if (length < SegmentFormat.GROUP_HEADER || length > MAX_GROUP) {
            throw new IOException("octet " + offset + " of " + open + " is not the beginning of a commit");
        }
        if (length > data.length) {
            data = Arrays.copyOf(data, length);
        }
        fill(SegmentFormat.GROUP_HEADER, length);
        SegmentFormat.Group group = SegmentFormat.group(data, 0, length, checksum);
        if (group == null || (atOffset != 0 && group.sequence() != atOffset)) {
            throw new IOException("octet " + offset + " of " + open + " is not what was written there");
        }
        offset += length;
        atOffset = group.nextSequence();
        return group;
    }

    private void fill(int from, int to) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(data, from, to - from);
        while (octets.hasRemaining()) {
            if (channel == null || channel.read(octets, offset + octets.position()) < 0) {
                throw new IOException("the segment ends at octet " + (offset + octets.position()));
            }
        }
    }

    private void leave() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
        channel = null;
        open = null;
    }

    @Override
    public void close() {
        leave();
    }
}
