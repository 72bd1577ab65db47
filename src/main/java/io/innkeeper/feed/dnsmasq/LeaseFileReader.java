package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.LeaseFile;
import io.innkeeper.wire.dnsmasq.LeaseFileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Takes looks at one lease file. A look costs one stat where nothing changed. */
final class LeaseFileReader {
    /** dnsmasq keeps its file small; what is larger is something else. */
    static final long MAX_BYTES = 256L << 20;

    /**
     * How long a file is read again and again after its last change: a file system may give two changes the same time, and a
     * renewal does not change the size.
     */
    private static final long TRUSTED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    /** However still a file seems, it is read after this many nanoseconds. */
    private static final long READ_ANYWAY_NANOS = TimeUnit.SECONDS.toNanos(60);

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
    private Look.FileStamp last = new Look.FileStamp("", -1, 0, 0);
    private long lastReadNanos;
    private LeaseFileContent lastContent = LeaseFileContent.EMPTY;

    LeaseFileReader(Path file) {
        this.file = file;
    }

    /**
     * Looks.
     *
     * @param thorough true to read even where the file seems unchanged
     * @param finished true to take a last line without newline for whole: for a file that has long been still
     */
    Result look(boolean thorough, boolean finished, Instant now, long nanoTime) {
        try {
            BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
            if (!before.isRegularFile()) {
                return new Result.Unreadable("not a regular file");
            }
            if (before.size() > MAX_BYTES) {
                return new Result.Unreadable("larger than " + (MAX_BYTES >> 20) + " MB; not a lease file");
            }
            if (!thorough && seemsUnchanged(before, now, nanoTime)) {
                return new Result.Unchanged();
            }
            return new Result.Taken(read(before, finished, nanoTime));
        } catch (NoSuchFileException e) {
            return new Result.Absent();
        } catch (IOException e) {
            return new Result.Unreadable(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private boolean seemsUnchanged(BasicFileAttributes now, Instant clock, long nanoTime) {
        long modified = nanos(now);
        long age = TimeUnit.SECONDS.toNanos(clock.getEpochSecond()) + clock.getNano() - modified;
        return last.size() == now.size()
                && last.modifiedNanos() == modified
                && last.key().equals(String.valueOf(now.fileKey()))
                && age > TRUSTED_AFTER_NANOS
                && nanoTime - lastReadNanos < READ_ANYWAY_NANOS;
    }

    private static long nanos(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    private Look read(BasicFileAttributes before, boolean finished, long nanoTime) throws IOException {
        byte[] bytes = bytes(before.size());
        BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        Look.FileStamp stamp = new Look.FileStamp(
                String.valueOf(after.fileKey()),
                after.size(),
                nanos(after),
                checksum.getValue() + (finished ? 1L << 40 : 0));
        boolean torn = bytes.length != after.size()
                || before.size() != after.size()
                || nanos(before) != nanos(after)
                || !String.valueOf(before.fileKey()).equals(stamp.key());
        lastContent =
                stamp.equals(last) ? lastContent : finished ? LeaseFile.parseFinished(bytes) : LeaseFile.parse(bytes);
        last = stamp;
        lastReadNanos = nanoTime;
        return new Look(stamp, torn, lastContent);
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
