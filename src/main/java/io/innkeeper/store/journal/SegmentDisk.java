package io.innkeeper.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the world begins for the writing side of the journal: files on a disk that can be full, read-only or broken. */
public interface SegmentDisk {
    /** A file of fixed size that is open for writing. */
    interface Open extends Closeable {
        /** Writes octets of an array at a place in the file; all of them, or it throws. */
        void write(byte[] data, int length, long at) throws IOException;

        /** Returns when all that was written is on stable storage. */
        void sync() throws IOException;
    }

    /**
     * Makes a file of zeros that is wholly on stable storage, so that a later sync has only content to write, and no disk can
     * be too full for it. Where it throws, nothing is left behind.
     */
    Open make(Path path, int octets) throws IOException;

    /** The disks of this machine. */
    SegmentDisk REAL = RealFile::make;

    /** A file through {@link FileChannel}. */
    record RealFile(FileChannel channel) implements Open {
        /** Written and synced in pieces, so that a commit that comes in between waits for one of them only. */
        private static final int PIECE = 1 << 20;

        static Open make(Path path, int octets) throws IOException {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                ByteBuffer zeros = ByteBuffer.allocate(Math.min(octets, PIECE));
                for (long at = 0; at < octets; ) {
                    zeros.clear().limit((int) Math.min(zeros.capacity(), octets - at));
                    while (zeros.hasRemaining()) {
                        at += channel.write(zeros, at);
                    }
                    channel.force(true);
                }
                return new RealFile(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                Files.deleteIfExists(path);
                throw e;
            }
        }

        @Override
        public void write(byte[] data, int length, long at) throws IOException {
            ByteBuffer octets = ByteBuffer.wrap(data, 0, length);
            long place = at;
            while (octets.hasRemaining()) {
                place += channel.write(octets, place);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
