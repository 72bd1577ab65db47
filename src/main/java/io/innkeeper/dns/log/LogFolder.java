package io.innkeeper.dns.log;

import io.innkeeper.dns.log.BlockInput.BadBlockException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the query log: segments of packed blocks, named by their first row so that they sort, and one file with the rows
 * that are in no block yet. The oldest segment goes as a whole.
 */
final class LogFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

    private static final String SUFFIX = ".rows";
    private static final String NEWEST = "newest" + SUFFIX;

    /** Of the size of all, one segment has this part: so much goes at once. */
    private static final int PARTS_OF_SIZE = 16;

    private static final long SMALLEST = 64 * 1024;
    private static final long LARGEST = 16 * 1024 * 1024;

    private final Path folder;
    private final List<LogSegment> segments = new ArrayList<>();
    private final AtomicLong damages = new AtomicLong();
    private LogSegment newest;
    private long segmentSize = LARGEST;

    /** How much time a segment spans at most. */
    private long segmentMs = Long.MAX_VALUE;

    LogFolder(Path folder) {
        this.folder = folder;
        newest = new LogSegment(folder.resolve(NEWEST));
    }

    void open(long size) throws IOException {
        Files.createDirectories(folder);
        sizes(size);
        for (Path file : files()) {
            LogSegment segment = LogSegment.read(file);
            noteTorn(segment);
            if (segment.isEmpty()) {
                segment.delete();
            } else {
                segments.add(segment);
            }
        }
        if (Files.exists(newest.file())) {
            newest = LogSegment.read(newest.file());
            noteTorn(newest);
        }
    }

    private void noteTorn(LogSegment segment) throws IOException {
        if (segment.torn() > 0) {
            damages.incrementAndGet();
            LOG.info(
                    "{} ends with {} octets that are no whole block; they are cut off",
                    segment.file().getFileName(),
                    segment.torn());
            segment.cut();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX) && !file.endsWith(NEWEST))
                    .sorted()
                    .toList();
        }
    }

    private void sizes(long size) {
        segmentSize = Math.clamp(size / PARTS_OF_SIZE, SMALLEST, LARGEST);
    }

    /** The rows that are in no block yet, as they were when the log ended. */
    List<QueryRow> newestRows() throws IOException {
        List<QueryRow> rows = new ArrayList<>();
        if (newest.isEmpty()) {
            return rows;
        }
        try (FileChannel channel = FileChannel.open(newest.file(), StandardOpenOption.READ);
                BlockReader reader = new BlockReader()) {
            for (LogSegment.Place place : newest.places()) {
                reader.dictionaries(place.header(), LogSegment.body(channel, place));
                RowColumns columns = reader.columns();
                for (int i = 0; i < columns.size(); i++) {
                    rows.add(columns.row(i));
                }
            }
        } catch (BadBlockException e) {
            damaged(e.getMessage());
        }
        return rows;
    }

    /** Appends a block. */
    void append(byte[] block) throws IOException {
        LogSegment last = segments.isEmpty() ? null : segments.getLast();
        if (last == null || last.length() >= segmentSize || last.toMs() - last.fromMs() >= segmentMs) {
            long first = BlockHeader.read(block, 0).orElseThrow().firstSequence();
            last = new LogSegment(folder.resolve("%019d.0000%s".formatted(first, SUFFIX)));
            last.append(block);
            segments.add(last);
        } else {
            last.append(block);
        }
    }

    /** Appends a block of rows that are in no other block yet. */
    void appendNewest(byte[] block) throws IOException {
        newest.append(block);
    }

    /** Removes the rows that are in no block yet. */
    void clearNewest() throws IOException {
        newest.delete();
    }

    /** Removes segments whose rows are all older than this, and the oldest ones until they have not more octets than this. */
    void tidy(long oldestMs, long size) throws IOException {
        sizes(size);
        while (!segments.isEmpty() && (bytes() > size - segmentSize / 2 || segments.getFirst().toMs() < oldestMs)) {
            segments.removeFirst().delete();
        }
    }

    /** Removes everything. */
    void clear() throws IOException {
        while (!segments.isEmpty()) {
            segments.removeLast().delete();
        }
        newest.delete();
    }

    long forget(LogSegment segment, QueryFilter what, BlockWriter writer) throws IOException {
        return 0;
    }

    List<LogSegment> segments() {
        return List.copyOf(segments);
    }

    /** All blocks, the oldest first. */
    List<LogSegment.Place> places() {
        List<LogSegment.Place> places = new ArrayList<>();
        segments.forEach(segment -> places.addAll(segment.places()));
        return places;
    }

    /** Counts a block that cannot be read. From any thread. */
    void damaged(String why) {
        if (Long.bitCount(damages.incrementAndGet()) == 1) {
            LOG.warn("A block of the query log cannot be read: it {}", why);
        }
    }

    long damages() {
        return damages.get();
    }

    long lastSequence() {
        return segments.isEmpty() ? -1 : segments.getLast().lastSequence();
    }

    long rows() {
        return segments.stream().mapToLong(LogSegment::rows).sum();
    }

    long bytes() {
        return newest.length()
                + segments.stream().mapToLong(LogSegment::length).sum();
    }

    long oldestMs() {
        return segments.stream().mapToLong(LogSegment::fromMs).min().orElse(Long.MAX_VALUE);
    }

    void close() {
        // Files are open only while they are read or written.
    }
}
