package io.innkeeper.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real journal, written by systemd-journal-remote with the lines that a dnsmasq adds to its log file. */
final class JournalFromLog implements AutoCloseable {
    static final String WRITER = "/lib/systemd/systemd-journal-remote";

    private static final Pattern LINE = Pattern.compile("\\S+ +\\d+ [\\d:]+ (dnsmasq[a-z-]*)\\[(\\d+)]: (.*)");

    private final Process writer;
    private final Thread thread;
    private volatile boolean closed;

    /** Begins to write a journal into this folder. */
    JournalFromLog(Path log, Path folder) throws IOException {
        writer = new ProcessBuilder(
                        WRITER, "-o", folder.resolve("dnsmasq.journal").toString(), "-")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.log").toFile())
                .start();
        thread = Thread.ofPlatform().name("journal-from-log").start(() -> copy(log));
    }

    private void copy(Path log) {
        try (RandomAccessFile lines = new RandomAccessFile(log.toFile(), "r");
                OutputStream out = writer.getOutputStream()) {
            StringBuilder line = new StringBuilder();
            while (!closed) {
                int next = lines.read();
                if (next == '\n') {
                    out.write(entry(line.toString()).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    line.setLength(0);
                } else if (next >= 0) {
                    line.append((char) next);
                } else {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String entry(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a line of dnsmasq: " + line);
        }
        long micros = Instant.now().toEpochMilli() * 1_000;
        return """
                __REALTIME_TIMESTAMP=%d
                __MONOTONIC_TIMESTAMP=%d
                _BOOT_ID=4d6a3b5c1f2e4a7b8c9d0e1f2a3b4c5d
                _TRANSPORT=syslog
                PRIORITY=6
                SYSLOG_IDENTIFIER=%s
                SYSLOG_PID=%s
                _PID=%s
                MESSAGE=%s

                """.formatted(
                        micros,
                        System.nanoTime() / 1_000,
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(2),
                        matcher.group(3));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Programs.end(writer);
    }
}
