package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Takes looks at one lease file. A look costs one stat where nothing changed. */
final class LeaseFileReader {
    /** dnsmasq keeps its file small; what is larger is something else. */
    static final long MAX_BYTES = 256L << 20;

    /**
     * How long after its last change a file is read again and again: a file system may give two changes the same time, and a
     * renewal does not change the size. Whole seconds, or every second one (FAT), are the coarsest times there are.
     */
    static final long TRUSTED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    /** However still a file seems, it is read after this many nanoseconds. */
    private static final long READ_ANYWAY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How often a file that changes while it is read is tried at once. */
    private static final int TRIES = 3;

    /** From this size on, in octets, a file that grows while it is read counts as read. */
    private static final int LARGE = 64 << 10;

    /** With less room than this on its disk, in octets, a writer may have been unable to finish. */
    private static final long ROOM_NEEDED = 64L << 10;

    /** stdio writes whole blocks, so a file whose writing failed ends at a multiple of this; most often it is empty. */
    private static final int BLOCK = 512;

    /** A last line without newline (somebody wrote the file by hand) is taken for whole when the file has been still so long. */
    static final Duration UNFINISHED = Duration.ofSeconds(5);

    /** What came of trying. */
    sealed interface Result {
        /** Read. */
        record Taken(Look look) implements Result {}

        /** Nothing changed since the last look. */
        record Unchanged() implements Result {}

        /** There is no such file. */
        record Absent() implements Result {}

        /** There is one, but it cannot be read. */
        record Unreadable(String reason) implements Result {}
    }

    private final Path file;
    private Look.@Nullable FileStamp last;
    private long lastSinceNanos;
    private long lastReadNanos;
    private LeaseFileContent lastContent = LeaseFileContent.EMPTY;

    LeaseFileReader(Path file) {
        this.file = file;
    }

    /**
     * Looks.
     *
     * @param thorough true to read even where the file seems unchanged
     * @param nanos the time of a clock that only goes forward
     */
    Result look(boolean thorough, long nanos) {
        try {
            Look look = null;
            for (int i = 0; i < TRIES && (look == null || look.torn()); i++) {
                BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
                String problem = problem(before);
                if (problem != null) {
                    return new Result.Unreadable(problem);
                }
                if (!thorough && look == null && seemsUnchanged(before, nanos)) {
                    return new Result.Unchanged();
                }
                look = read(before, nanos);
            }
            return new Result.Taken(Objects.requireNonNull(look));
        } catch (NoSuchFileException e) {
            return new Result.Absent();
        } catch (IOException e) {
            return new Result.Unreadable(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static @Nullable String problem(BasicFileAttributes found) {
        if (!found.isRegularFile()) {
            return "not a regular file";
        }
        return found.size() > MAX_BYTES ? "larger than " + (MAX_BYTES >> 20) + " MB; not a lease file" : null;
    }

    private boolean seemsUnchanged(BasicFileAttributes found, long nanos) {
        return last != null
                && !lastContent.partial()
                && last.size() == found.size()
                && last.modifiedNanos() == modified(found)
                && last.key().equals(key(found))
                && lastReadNanos - lastSinceNanos >= TRUSTED_AFTER_NANOS
                && nanos - lastReadNanos < READ_ANYWAY_NANOS;
    }

    private static long modified(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    private Look read(BasicFileAttributes before, long nanos) throws IOException {
        byte[] bytes = bytes(before.size());
        BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
        boolean torn = !sameState(before, bytes.length, after) && !onlyGrew(before, bytes.length, after);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        Look.FileStamp stamp = new Look.FileStamp(key(after), bytes.length, modified(after), checksum.getValue());
        lastReadNanos = nanos;
        if (!stamp.equals(last)) {
            lastContent = LeaseFile.parse(bytes);
            lastSinceNanos = nanos;
        } else if (lastContent.partial()
                && bytes.length % BLOCK != 0
                && nanos - lastSinceNanos >= UNFINISHED.toNanos()) {
            LeaseFileContent finished = LeaseFile.parseFinished(bytes);
            // A last line that makes no sense was cut, by a writer that was killed: the file stays unfinished.
            lastContent = finished.rejectedCount() == lastContent.rejectedCount() ? finished : lastContent;
        }
        last = torn ? null : stamp;
        return new Look(stamp, torn, bytes.length % BLOCK == 0 && isDiskFull(), lastContent);
    }

    private static boolean sameState(BasicFileAttributes before, int read, BasicFileAttributes after) {
        return before.size() == read
                && after.size() == read
                && modified(before) == modified(after)
                && key(before).equals(key(after));
    }

    /**
     * Reading a large file takes so long that a busy writer might let no look at it be whole; but it cannot cut such a file and
     * write more than there was in the meantime, so what was read is a true beginning.
     */
    private static boolean onlyGrew(BasicFileAttributes before, int read, BasicFileAttributes after) {
        return before.size() >= LARGE
                && before.size() <= read
                && read <= after.size()
                && before.size() < after.size()
                && key(before).equals(key(after));
    }

    private static String key(BasicFileAttributes attributes) {
        return String.valueOf(attributes.fileKey());
    }

    private boolean isDiskFull() {
        File asked = file.toFile();
        return asked.getTotalSpace() > 0 && asked.getUsableSpace() < ROOM_NEEDED;
    }

    /** Reads to the end in as few calls as possible: the fewer, the less can change in between. */
    private byte[] bytes(long expected) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes((int) Math.min(expected + 1, MAX_BYTES));
            byte[] rest = stream.readNBytes((int) (MAX_BYTES - bytes.length));
            if (rest.length == 0) {
                return bytes;
            }
            byte[] all = Arrays.copyOf(bytes, bytes.length + rest.length);
            System.arraycopy(rest, 0, all, bytes.length, rest.length);
            return all;
        }
    }
}
