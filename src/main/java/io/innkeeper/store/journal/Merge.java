package io.innkeeper.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot and the segments after it as one list: the newest record of each address, with rising addresses. Holds the segments
 * in memory, not the snapshot.
 */
final class Merge {
    /** Takes records, one after the other. */
    @FunctionalInterface
    interface Sink {
        /** Called once before the first: there are no more than so many. */
        default void begin(int atMost) {}

        void record(byte[] data, int from, int to) throws IOException;
    }

    private static final long LOW = 0xffff_ffffL;

    private final List<byte[]> segments = new ArrayList<>();
    private final GroupChecksum checksum;

    /** Address and ordinal of each record in the segments; sorted, the newest record of an address is the last of it. */
    private long[] keys = new long[1_024];

    /** Segment and place of each record by ordinal. */
    private long[] places = new long[1_024];

    private int size;

    private Merge(long journal) {
        checksum = new GroupChecksum(journal);
    }

    /**
     * Merges.
     *
     * @param journal which journal they belong to
     * @param snapshot the file; null where there is none
     * @param after changes up to this number are left out of the segments
     * @throws DamagedException if what was whole at start no longer is
     */
    static void run(long journal, @Nullable Path snapshot, List<SegmentFile> segments, long after, Sink sink)
            throws IOException {
        Merge merge = new Merge(journal);
        for (SegmentFile segment : segments) {
            if (segment.last() > after) {
                merge.add(segment, after);
            }
        }
        Arrays.sort(merge.keys, 0, merge.size);
        if (snapshot == null) {
            sink.begin(merge.addresses());
            merge.rest(0, sink);
            return;
        }
        try (SnapshotReader reader = new SnapshotReader(snapshot)) {
            sink.begin(reader.announced() + merge.addresses());
            merge.with(reader, sink);
        }
    }

    private void add(SegmentFile segment, long after) throws IOException {
        byte[] data = Files.readAllBytes(segment.path());
        segments.add(data);
        int at = SegmentFormat.HEADER;
        long next = segment.first();
        while (next <= segment.last()) {
            SegmentFormat.Group group = SegmentFormat.group(data, at, checksum);
            if (group == null || group.sequence() != next) {
                throw new DamagedException("the lease journal's file " + segment.path()
                        + " could be read before and cannot now: octet " + at + ". The disk may be failing");
            }
            if (group.nextSequence() > after + 1) {
                add(data, group);
            }
            at = group.to();
            next = group.nextSequence();
        }
    }

    /** A group that the snapshot has in part is taken as a whole: what it repeats is what stands there already, or older. */
    private void add(byte[] data, SegmentFormat.Group group) {
        for (int at = group.from(); at < group.to(); at += 4 + RecordReader.fourOctets(data, at)) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                places = Arrays.copyOf(places, 2 * size);
            }
            // Sorted as signed numbers; the flipped bit makes that the order of unsigned addresses.
            long address = RecordReader.fourOctets(data, at + BindingCodec.ADDRESS_AT) ^ Integer.MIN_VALUE;
            keys[size] = address << 32 | size;
            places[size] = (long) (segments.size() - 1) << 32 | at;
            size++;
        }
    }

    private void with(SnapshotReader old, Sink sink) throws IOException {
        int next = newest(0);
        while (old.next()) {
            while (next < size && Integer.compareUnsigned(address(next), old.address()) < 0) {
                emit(next, sink);
                next = newest(next + 1);
            }
            if (next < size && address(next) == old.address()) {
                emit(next, sink);
                next = newest(next + 1);
            } else {
                sink.record(old.data(), old.from(), old.to());
            }
        }
        rest(next, sink);
    }

    private void rest(int from, Sink sink) throws IOException {
        for (int i = newest(from); i < size; i = newest(i + 1)) {
            emit(i, sink);
        }
    }

    /** How many addresses the segments tell of. */
    private int addresses() {
        int count = 0;
        for (int i = newest(0); i < size; i = newest(i + 1)) {
            count++;
        }
        return count;
    }

    private int address(int index) {
        return (int) (keys[index] >> 32) ^ Integer.MIN_VALUE;
    }

    /** The last key of the address that stands here. */
    private int newest(int from) {
        int i = from;
        while (i + 1 < size && keys[i] >> 32 == keys[i + 1] >> 32) {
            i++;
        }
        return i;
    }

    private void emit(int index, Sink sink) throws IOException {
        long place = places[(int) (keys[index] & LOW)];
        byte[] data = segments.get((int) (place >> 32));
        int at = (int) (place & LOW);
        sink.record(data, at, at + 4 + RecordReader.fourOctets(data, at));
    }
}
