package io.innkeeper.store.journal;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which segments there are: those that are closed, oldest first, and the one being written. Safe for any thread. */
final class Segments {
    /** Where a change stands: in this file, or in none any more. */
    record Place(Path path, int number) {}

    private final Deque<SegmentFile> closed = new ArrayDeque<>();
    private @Nullable Place current;
    private long currentFirst;
    private long octets;

    Segments(List<SegmentFile> found) {
        closed.addAll(found);
        octets = found.stream().mapToLong(SegmentFile::octets).sum();
    }

    synchronized void begin(Place place, long first) {
        current = place;
        currentFirst = first;
    }

    synchronized void end(SegmentFile segment) {
        current = null;
        closed.addLast(segment);
        octets += segment.octets();
    }

    synchronized void drop() {
        current = null;
    }

    /** What the closed ones take of the disk. */
    synchronized long octets() {
        return octets;
    }

    synchronized List<SegmentFile> closed() {
        return new ArrayList<>(closed);
    }

    /** All that hold changes up to this number, the one being written among them; what they hold beyond does not count. */
    synchronized List<SegmentFile> all(long last) {
        List<SegmentFile> all = new ArrayList<>();
        for (SegmentFile segment : closed) {
            if (segment.first() <= last) {
                all.add(segment.upTo(last));
            }
        }
        Place writing = current;
        if (writing != null && currentFirst <= last) {
            all.add(new SegmentFile(writing.path(), writing.number(), currentFirst, last, 0, 0));
        }
        return all;
    }

    /** The number of the oldest change that is in a segment; {@code next} where there is none. */
    synchronized long oldest(long next) {
        if (!closed.isEmpty()) {
            return closed.getFirst().first();
        }
        return current == null ? next : currentFirst;
    }

    /** Where a change stands; null for one that was removed or is not there yet. */
    synchronized @Nullable Place of(long sequence) {
        if (current != null && sequence >= currentFirst) {
            return current;
        }
        for (SegmentFile segment : closed) {
            if (sequence >= segment.first() && sequence <= segment.last()) {
                return new Place(segment.path(), segment.number());
            }
        }
        return null;
    }

    /** Takes the oldest out where all its changes have numbers up to this one; null where it has later ones. */
    synchronized @Nullable SegmentFile removeUpTo(long sequence) {
        SegmentFile first = closed.peekFirst();
        if (first == null || first.last() > sequence) {
            return null;
        }
        closed.removeFirst();
        octets -= first.octets();
        return first;
    }
}
