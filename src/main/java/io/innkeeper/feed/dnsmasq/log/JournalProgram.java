package io.innkeeper.feed.dnsmasq.log;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run of {@code journalctl}. */
final class JournalProgram implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_WORDS = 300;

    private final Process process;
    private final Thread errors;
    private volatile String words = "";

    private JournalProgram(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "SYSTEMD_PAGER", "", "SYSTEMD_COLORS", "0"));
        process = builder.start();
        process.getOutputStream().close();
        errors = Thread.ofPlatform().daemon().name("dnsmasq-journal-errors").start(this::readErrors);
    }

    /** Writes entries as they come, from the cursor on, or where there is none, from the beginning. */
    static JournalProgram follow(JournalTail.Settings settings, @Nullable String cursor) throws IOException {
        List<String> command = command(settings);
        command.addAll(List.of("--follow", "--no-tail"));
        if (cursor != null) {
            command.add("--after-cursor=" + cursor);
        }
        matches(settings, command);
        return new JournalProgram(command);
    }

    /**
     * Writes the newest of the entries that are followed, and ends. It must be one of them: behind another one, journalctl leaves
     * out the first that it should write.
     */
    static JournalProgram newest(JournalTail.Settings settings) throws IOException {
        List<String> command = command(settings);
        command.add("--lines=1");
        matches(settings, command);
        return new JournalProgram(command);
    }

    private static void matches(JournalTail.Settings settings, List<String> command) {
        String unit = settings.unit();
        if (unit != null) {
            command.add("_SYSTEMD_UNIT=" + unit);
        } else {
            for (String program : List.of("dnsmasq", "dnsmasq-dhcp", "dnsmasq-tftp", "dnsmasq-script")) {
                command.add("SYSLOG_IDENTIFIER=" + program);
            }
        }
    }

    private static List<String> command(JournalTail.Settings settings) {
        List<String> command = new ArrayList<>(List.of(
                settings.program().toString(),
                "--output=json",
                "--output-fields=" + JournalEntry.FIELDS,
                "--all",
                "--no-pager"));
        Path directory = settings.directory();
        if (directory != null) {
            command.add("--directory=" + directory);
        }
        return command;
    }

    InputStream output() {
        return process.getInputStream();
    }

    private void readErrors() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String all = words.isEmpty() ? line : words + " " + line;
                words = all.length() > MAX_WORDS ? all.substring(all.length() - MAX_WORDS) : all;
            }
        } catch (IOException e) {
            // It was ended; what it had to say was said.
        }
    }

    /** What it said on its standard error, so far; the end of it where it said much. */
    String words() {
        return words;
    }

    /** Waits for its end, and for its last words. */
    int end() throws InterruptedException {
        int code = process.waitFor();
        errors.join(PATIENCE);
        return code;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
