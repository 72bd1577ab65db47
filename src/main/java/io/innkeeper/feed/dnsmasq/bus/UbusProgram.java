package io.innkeeper.feed.dnsmasq.bus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the program {@code ubus}. */
record UbusProgram(Path program) {
    /** How long a call may take. */
    private static final long CALL_SECONDS = 5;

    /** What a call may print, in octets. */
    private static final int MOST = 64 << 10;

    /** A line that is longer is handed on cut. */
    static final int MAX_LINE = 8_192;

    private Process run(List<String> arguments) throws IOException {
        if (!Files.isExecutable(program)) {
            throw new IOException("there is no program " + program + "; dnsmasq.ubus.program says where it is");
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    /** Runs it to its end; what it printed, or null where it ended with an error. @throws IOException if it cannot run */
    @Nullable
    String call(String... arguments) throws IOException, InterruptedException {
        Process process = run(List.of(arguments));
        try (InputStream output = process.getInputStream()) {
            // It does not wait for ever: its end, or being killed for taking too long, ends the output.
            Thread reaper = Thread.ofVirtual().start(() -> end(process, CALL_SECONDS));
            byte[] printed = output.readNBytes(MOST);
            reaper.join();
            return process.exitValue() == 0 ? new String(printed, StandardCharsets.UTF_8) : null;
        }
    }

    private static void end(Process process, long patienceSeconds) {
        try {
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** Runs it until it ends or is closed; hands on each line it prints, on a thread of its own, and tells its end. */
    Following follow(Consumer<String> lines, Runnable ended, String... arguments) throws IOException {
        Process process = run(List.of(arguments));
        Thread reader = Thread.ofVirtual().start(() -> {
            try (InputStream output = new BufferedInputStream(process.getInputStream())) {
                readLines(output, lines);
            } catch (IOException e) {
                // Its end, as below.
            }
            ended.run();
        });
        return new Following(process, reader);
    }

    private static void readLines(InputStream output, Consumer<String> lines) throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        int octet = output.read();
        while (octet >= 0) {
            if (octet == '\n') {
                lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                length = 0;
            } else if (length < MAX_LINE) {
                line[length++] = (byte) octet;
            }
            octet = output.read();
        }
    }

    /** A program that runs. */
    record Following(Process process, Thread reader) implements AutoCloseable {
        /** Ends it. */
        @Override
        public void close() {
            process.destroy();
            end(process, 1);
        }
    }
}
