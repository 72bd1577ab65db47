package io.innkeeper.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes a snapshot under another name, then puts it into its place. It goes to disk in small pieces, each synced: a commit that
 * comes in between waits for one piece, not for the whole.
 */
final class SnapshotWriter implements Closeable {
    private static final int BLOCK = 1 << 16;
    private static final int SYNC_EVERY = 1 << 20;

    private final JournalFolder folder;
    private final FileChannel channel;
    private final RecordWriter block = new RecordWriter(2 * BLOCK);
    private final CRC32C crc = new CRC32C();
    private long count;
    private int unsynced;

    SnapshotWriter(JournalFolder folder, SnapshotReader.Header header) throws IOException {
        this.folder = folder;
        channel = FileChannel.open(
                folder.newSnapshot(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        SnapshotReader.writeHeader(block, header);
        flush();
        beginBlock();
    }

    private void beginBlock() {
        block.clear();
        block.skip(SnapshotReader.BLOCK_HEADER);
    }

    /** Adds a record; they come with rising addresses, unsigned. */
    void record(byte[] data, int from, int to) throws IOException {
        block.raw(data, from, to - from);
        count++;
        if (block.size() >= BLOCK) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        int length = block.size() - SnapshotReader.BLOCK_HEADER;
        block.setFourOctets(0, length);
        block.setFourOctets(4, SegmentFormat.crc(crc, block.data(), SnapshotReader.BLOCK_HEADER, block.size()));
        flush();
        beginBlock();
    }

    private void flush() throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(block.data(), 0, block.size());
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
        unsynced += block.size();
        if (unsynced >= SYNC_EVERY) {
            channel.force(false);
            unsynced = 0;
        }
    }

    /** Ends the file and puts it into the place of the old one. */
    void finish() throws IOException {
        if (block.size() > SnapshotReader.BLOCK_HEADER) {
            endBlock();
        }
        block.clear();
        SnapshotReader.writeEnd(block, count);
        flush();
        channel.force(true);
        channel.close();
        Files.move(
                folder.newSnapshot(),
                folder.snapshot(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        folder.sync();
    }

    /** What was not finished is removed. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(folder.newSnapshot());
    }
}
