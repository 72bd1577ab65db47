package io.innkeeper.store.journal;

import java.nio.file.Path;

/**
 * A segment that is no longer written to.
 *
 * @param path the file
 * @param number as in its name
 * @param first the number of the first change in it
 * @param last the number of the last one that counts; below {@code first} where there is none
 * @param end where the last group that counts ends; what follows is not part of the journal
 * @param octets what the file takes of the disk
 */
record SegmentFile(Path path, int number, long first, long last, int end, long octets) {
    boolean isEmpty() {
        return last < first;
    }

    SegmentFile upTo(long sequence) {
        return last <= sequence ? this : new SegmentFile(path, number, first, sequence, end, octets);
    }
}
