package io.innkeeper.dns.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of blocks one behind the other, and where each begins. Belongs to the log's thread, under the lock of the store. */
final class LogSegment {
    /** A block: which file, where, and what its header says. */
    record Place(Path file, long at, BlockHeader header) {}

    private final Path file;
    private final List<Place> places = new ArrayList<>();

    /** Up to here there are whole blocks. */
    private long length;

    /** What stands behind the last whole block when the file was read. */
    private long torn;

    LogSegment(Path file) {
        this.file = file;
    }

    /** Reads the headers of a file; what does not make sense ends it. Only the last block is read as a whole. */
    static LogSegment read(Path file) throws IOException {
        LogSegment segment = new LogSegment(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            Optional<BlockHeader> header = header(channel, 0, size);
            while (header.isPresent()) {
                segment.enter(header.get());
                header = header(channel, segment.length, size);
            }
            segment.dropDamagedEnd(channel);
            segment.torn = size - segment.length;
        }
        return segment;
    }

    private static Optional<BlockHeader> header(FileChannel channel, long at, long size) throws IOException {
        if (size - at < BlockHeader.LENGTH) {
            return Optional.empty();
        }
        return BlockHeader.read(octets(channel, at, BlockHeader.LENGTH), 0)
                .filter(header -> header.total() <= size - at);
    }

    private void dropDamagedEnd(FileChannel channel) throws IOException {
        while (!places.isEmpty()) {
            Place last = places.getLast();
            byte[] body = body(channel, last);
            if (BlockHeader.crc(body, 0, body.length) == last.header().checksum()) {
                return;
            }
            places.removeLast();
            length = last.at();
        }
    }

    /** What follows the header of a block. */
    static byte[] body(FileChannel channel, Place place) throws IOException {
        BlockHeader header = place.header();
        return octets(channel, place.at() + BlockHeader.LENGTH, header.total() - BlockHeader.LENGTH);
    }

    private static byte[] octets(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("a file of the query log is shorter than it was");
            }
        }
        return buffer.array();
    }

    private void enter(BlockHeader header) {
        places.add(new Place(file, length, header));
        length += header.total();
    }

    /** Appends a block; where that fails, the next one is written over what there is of it. */
    void append(byte[] block) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(block);
            while (buffer.hasRemaining()) {
                channel.write(buffer, length + buffer.position());
            }
        }
        BlockHeader.read(block, 0).ifPresent(this::enter);
    }

    /** Cuts off what is no whole block. */
    void cut() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        torn = 0;
    }

    /** The same blocks under another name. */
    LogSegment renamed(Path to) throws IOException {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
        LogSegment renamed = new LogSegment(to);
        places.forEach(place -> renamed.enter(place.header()));
        return renamed;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        places.clear();
        length = 0;
    }

    Path file() {
        return file;
    }

    List<Place> places() {
        return places;
    }

    long length() {
        return length;
    }

    long torn() {
        return torn;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    long rows() {
        return places.stream().mapToLong(place -> place.header().rows()).sum();
    }

    long fromMs() {
        return places.stream().mapToLong(place -> place.header().fromMs()).min().orElse(Long.MAX_VALUE);
    }

    long toMs() {
        return places.stream().mapToLong(place -> place.header().toMs()).max().orElse(Long.MIN_VALUE);
    }

    long lastSequence() {
        return places.isEmpty() ? -1 : places.getLast().header().lastSequence();
    }
}
