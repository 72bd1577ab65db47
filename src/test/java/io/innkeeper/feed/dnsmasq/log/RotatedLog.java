package io.innkeeper.feed.dnsmasq.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** A log that is written and rotated a step at a time. Times of files are its own: each step is later than the one before. */
final class RotatedLog implements AutoCloseable {
    private final Path folder;
    private final Path file;
    private final List<String> written = new ArrayList<>();
    private long timeMs = System.currentTimeMillis() + 3_600_000;
    private Path writesTo;
    private OutputStream out;
    private String open = "";

    RotatedLog(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("dnsmasq.log");
        this.writesTo = file;
        this.out = OutputStream.nullOutputStream();
        reopen();
    }

    Path file() {
        return file;
    }

    Path rotated(String suffix) {
        return folder.resolve("dnsmasq.log" + suffix);
    }

    /** All lines that were written and ended. */
    List<String> written() {
        return written;
    }

    void write(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = open.isEmpty() ? next() : open;
            text.append(open.isEmpty() ? line : line.substring(line.length() / 2))
                    .append('\n');
            open = "";
            written.add(line);
        }
        append(text.toString());
    }

    /** Writes the first half of a line; the next line written is its other half. */
    void writeHalf() {
        if (open.isEmpty()) {
            open = next();
            append(open.substring(0, open.length() / 2));
        }
    }

    boolean isInLine() {
        return !open.isEmpty();
    }

    void writeLine(String line) {
        written.add(line);
        append(line + "\n");
    }

    private String next() {
        int number = written.size();
        return "Nov 21 19:%02d:%02d dnsmasq-dhcp[12]: DHCPACK(eth0) 192.168.%d.%d 02:00:00:00:00:01 line %d"
                .formatted(number / 60 % 60, number % 60, number / 256 % 256, number % 256, number);
    }

    void append(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            touch(writesTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void touch(Path path) throws IOException {
        timeMs += 1;
        Files.setLastModifiedTime(path, FileTime.from(timeMs, TimeUnit.MILLISECONDS));
    }

    /** What SIGUSR2 does to a dnsmasq. */
    void reopen() {
        try {
            out.close();
            boolean made = !Files.exists(file);
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writesTo = file;
            if (made) {
                touch(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean writesToRotated() {
        return !writesTo.equals(file);
    }

    /** Renames; the writer goes on in the renamed one until {@link #reopen}. */
    void rename(boolean create) {
        try {
            shift();
            Files.move(file, rotated(".1"));
            writesTo = rotated(".1");
            if (create) {
                Files.createFile(file);
                touch(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the copy, without emptying the log. */
    void copy() {
        try {
            shift();
            Files.copy(file, rotated(".1"));
            touch(rotated(".1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empties the log. */
    void truncate() {
        try {
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            touch(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shift() throws IOException {
        for (int number = 60; number > 0; number--) {
            for (String packed : List.of("", ".gz")) {
                Path old = rotated("." + number + packed);
                if (Files.exists(old)) {
                    Files.move(old, rotated("." + (number + 1) + packed), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Compresses what is not yet, as gzip does: with the time of the original. */
    void compress(int number) {
        try {
            Path plain = rotated("." + number);
            if (Files.exists(plain)) {
                Path packed = rotated("." + number + ".gz");
                try (OutputStream zip = new GZIPOutputStream(Files.newOutputStream(packed))) {
                    Files.copy(plain, zip);
                }
                Files.setLastModifiedTime(packed, Files.getLastModifiedTime(plain));
                Files.delete(plain);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
