package io.innkeeper.store.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a journal: the names in it, its lock, and what it takes for a name in it to survive a power cut. */
record JournalFolder(Path path) {
    private static final String SUFFIX = ".leases";
    private static final Pattern SEGMENT = Pattern.compile("\\d{8}\\" + SUFFIX);

    /** The segments, oldest first. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> SEGMENT.matcher(name(file)).matches())
                    .sorted()
                    .toList();
        }
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static int number(Path segment) {
        return Integer.parseInt(name(segment).substring(0, 8));
    }

    Path segment(int number) {
        return path.resolve("%08d%s".formatted(number, SUFFIX));
    }

    Path snapshot() {
        return path.resolve("snapshot");
    }

    /** A snapshot that is being written; worth nothing after a restart. */
    Path newSnapshot() {
        return path.resolve("snapshot.new");
    }

    /** Names that were made, renamed or removed are so on disk when this returns. */
    void sync() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Two processes that append to one journal would destroy it: the second is turned away.
     *
     * @throws IOException if another process has it, or the file cannot be made
     */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Told like any other second opener, below.
        }
        channel.close();
        throw new IOException("another Innkeeper is running with it; stop it, or name another database under 'store'");
    }
}
