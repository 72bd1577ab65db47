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

    /** A segment that is being written anew. */
    private static final String UNFINISHED = "unfinished";

    /** Digits of a segment's first row in its name. */
    private static final int DIGITS = 19;

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

    /** The most octets of all. */
    private long most = Long.MAX_VALUE;

    LogFolder(Path folder) {
        this.folder = folder;
        newest = new LogSegment(folder.resolve(NEWEST));
    }

    /** Reads what there is. */
    void open() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(UNFINISHED));
        for (Path file : files()) {
            dropFormer(file);
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

    /** A segment that was written anew and whose former file is still there: killed in between. */
    private void dropFormer(Path file) throws IOException {
        if (!segments.isEmpty() && first(segments.getLast().file()).equals(first(file))) {
            segments.removeLast().delete();
        }
    }

    private static String first(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, Math.min(name.length(), DIGITS));
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
            return files.filter(
                            file -> file.getFileName().toString().matches("[0-9]{" + DIGITS + "}[.][0-9]{4}[.]rows"))
                    .sorted()
                    .toList();
        }
    }

    /** How much may be here, and how long it is kept. */
    void limits(long size, long keepMs) {
        most = size;
        segmentSize = Math.clamp(size / PARTS_OF_SIZE, SMALLEST, LARGEST);
        segmentMs = keepMs / PARTS_OF_SIZE;
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
            damaged(e.why());
        }
        return rows;
    }

    /** Appends a block. */
    void append(byte[] block) throws IOException {
        makeRoom(block.length);
        LogSegment last = segments.isEmpty() ? null : segments.getLast();
        if (last == null || last.length() >= segmentSize || last.toMs() - last.fromMs() >= segmentMs) {
            long first = BlockHeader.read(block, 0).orElseThrow().firstSequence();
            last = new LogSegment(folder.resolve(("%0" + DIGITS + "d.0000%s").formatted(first, SUFFIX)));
            last.append(block);
            segments.add(last);
        } else {
            last.append(block);
        }
    }

    /** Appends a block of rows that are in no other block yet. */
    void appendNewest(byte[] block) throws IOException {
        makeRoom(block.length);
        newest.append(block);
    }

    private void makeRoom(int more) throws IOException {
        while (!segments.isEmpty() && bytes() + more > most) {
            segments.removeFirst().delete();
        }
    }

    /** Removes the rows that are in no block yet. */
    void clearNewest() throws IOException {
        newest.delete();
    }

    /** Removes segments whose rows are all older than this, and the oldest ones while there is too much. */
    void tidy(long oldestMs) throws IOException {
        makeRoom(0);
        while (!segments.isEmpty() && segments.getFirst().toMs() < oldestMs) {
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

    /**
     * Writes a segment anew, without the rows that match.
     *
     * @return itself where none does. The other one has a name of its own, so that nobody who reads the former file finds
     *     other blocks in it.
     */
    LogSegment without(LogSegment segment, QueryFilter what, BlockWriter writer) throws IOException {
        LogSegment copy = new LogSegment(folder.resolve(UNFINISHED));
        Files.deleteIfExists(copy.file());
        try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
                BlockReader reader = new BlockReader()) {
            for (LogSegment.Place place : segment.places()) {
                RowColumns rest = rest(reader, channel, place, what);
                if (rest.size() > 0) {
                    copy.append(writer.write(rest));
                }
            }
        }
        if (copy.rows() == segment.rows()) {
            copy.delete();
            return segment;
        }
        return copy.isEmpty() ? copy : copy.renamed(following(segment.file()));
    }

    private RowColumns rest(BlockReader reader, FileChannel channel, LogSegment.Place place, QueryFilter what)
            throws IOException {
        RowColumns rest = new RowColumns(place.header().rows());
        try {
            reader.dictionaries(place.header(), LogSegment.body(channel, place));
            RowColumns all = reader.columns();
            for (int i = 0; i < all.size(); i++) {
                QueryRow row = all.row(i);
                if (!what.matches(row)) {
                    rest.add(row);
                }
            }
        } catch (BadBlockException e) {
            damaged(e.why());
        }
        return rest;
    }

    private Path following(Path file) {
        String name = file.getFileName().toString();
        int version = Integer.parseInt(name.substring(DIGITS + 1, name.length() - SUFFIX.length()));
        return folder.resolve("%s.%04d%s".formatted(first(file), version + 1, SUFFIX));
    }

    /** Puts one segment where another was, whose file goes; an empty one is left out. */
    void replace(LogSegment former, LogSegment by) throws IOException {
        int at = segments.indexOf(former);
        if (by.isEmpty()) {
            segments.remove(at);
        } else {
            segments.set(at, by);
        }
        former.delete();
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
        return newest.length() + segments.stream().mapToLong(LogSegment::length).sum();
    }

    long oldestMs() {
        return segments.stream().mapToLong(LogSegment::fromMs).min().orElse(Long.MAX_VALUE);
    }
}
