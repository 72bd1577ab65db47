package io.innkeeper.tell.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A spool in a folder: {@code spool} is the file, {@code lock} who may change it. The lock is a file of its own, because the other one
 * is replaced.
 */
final class FileSpoolDisk implements SpoolDisk {
    private static final String FILE = "spool";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);

    private final Path folder;
    private final Path file;

    /** @param folder made where it is missing, for its owner alone */
    FileSpoolDisk(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    @Override
    public Held hold() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lock);
            return new HeldFile(lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Asks again and again: a process that hangs with the lock must not hang all others. */
    private void lock(FileChannel channel) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (tryLock(channel) == null) {
            if (System.nanoTime() - until > 0) {
                throw new IOException(
                        "another process holds " + folder + " for more than " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    /** Null where another has it, be it another process or another user of the folder in this one. */
    static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException oneOfUs) {
            return null;
        }
    }

    /** The file while the lock is held; it is opened anew each time, as another process may have replaced it. */
    private final class HeldFile implements Held {
        private final FileChannel lock;
        private @Nullable FileChannel open;

        HeldFile(FileChannel lock) {
            this.lock = lock;
        }

        private FileChannel open() throws IOException {
            FileChannel now = open;
            if (now == null) {
                now = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                open = now;
            }
            return now;
        }

        @Override
        public long length() throws IOException {
            return Files.exists(file) ? open().size() : 0;
        }

        @Override
        public byte[] read(long from, int atMost) throws IOException {
            ByteBuffer octets = ByteBuffer.allocate(Math.clamp(open().size() - from, 0, atMost));
            while (octets.hasRemaining() && open().read(octets, from + octets.position()) >= 0) {
                // All of it, unless it ends before.
            }
            return Arrays.copyOf(octets.array(), octets.position());
        }

        @Override
        public void append(long at, byte[] octets) throws IOException {
            try {
                open().truncate(at);
                write(open(), at, octets);
                open().force(true);
            } catch (IOException e) {
                // Nobody was promised anything: what is not there cannot be sent either.
                open().truncate(at);
                throw e;
            }
        }

        private static void write(FileChannel channel, long at, byte[] octets) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(octets);
            while (left.hasRemaining()) {
                channel.write(left, at + left.position());
            }
        }

        @Override
        public void force() throws IOException {
            open().force(true);
        }

        @Override
        public void replace(byte[] octets) throws IOException {
            Path fresh = folder.resolve("spool.new");
            try (FileChannel channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                write(channel, 0, octets);
                channel.force(true);
            }
            closeFile();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        }

        private void forceFolder() throws IOException {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void setAside() throws IOException {
            closeFile();
            Files.move(file, folder.resolve("spool.damaged"), StandardCopyOption.REPLACE_EXISTING);
        }

        private void closeFile() throws IOException {
            FileChannel now = open;
            open = null;
            if (now != null) {
                now.close();
            }
        }

        @Override
        public void close() throws IOException {
            try {
                closeFile();
            } finally {
                lock.close();
            }
        }
    }
}
