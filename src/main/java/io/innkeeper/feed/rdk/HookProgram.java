package io.innkeeper.feed.rdk;

import io.innkeeper.wire.net.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs programs that tell a DHCP client to do something: one at a time for each interface, none for longer than it may. */
public final class HookProgram {
    /** How much is read of what a program prints, in octets; the rest is thrown away. */
    static final int OUTPUT = 4_096;

    /** How often it is looked whether a program ended. */
    private static final long LOOK_MS = 20;

    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** What came of it. */
    public sealed interface Outcome {}

    /**
     * It ended well.
     *
     * @param output what it printed
     */
    public record Done(String output) implements Outcome {}

    /**
     * It did not do what it should.
     *
     * @param why for people
     * @param output what it printed
     */
    public record Failed(String why, String output) implements Outcome {}

    /** Another one runs for this interface. */
    public record Busy() implements Outcome {}

    /**
     * Runs a program to its end, on the caller's thread.
     *
     * @param command program and arguments; there is no shell
     * @param variables set in its environment, beside what is there already
     */
    public Outcome run(String ifname, List<String> command, Map<String, String> variables, Duration timeout) {
        if (!busy.add(ifname)) {
            return new Busy();
        }
        try {
            return run(command, variables, timeout);
        } catch (IOException e) {
            return new Failed(command.getFirst() + " cannot be run: " + e.getMessage(), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("interrupted", "");
        } finally {
            busy.remove(ifname);
        }
    }

    private static Outcome run(List<String> command, Map<String, String> variables, Duration timeout)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] printed = new byte[OUTPUT];
        try (InputStream output = process.getInputStream()) {
            long deadline = System.nanoTime() + timeout.toNanos();
            int length = 0;
            boolean ended = false;
            // Its own end counts, not that of the output: a client that it leaves behind may hold that open for days.
            while (!ended && System.nanoTime() - deadline < 0) {
                ended = process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
                length = drain(output, printed, length);
            }
            String text = oneLine(printed, length);
            if (!ended) {
                return new Failed("it took longer than " + timeout.toSeconds() + " s and was ended", text);
            }
            int status = process.exitValue();
            return status == 0 ? new Done(text) : new Failed("it ended with status " + status, text);
        } finally {
            if (process.isAlive()) {
                end(process);
            }
        }
    }

    /** Lines side by side; what acts on a terminal is made harmless. */
    private static String oneLine(byte[] printed, int length) {
        for (int i = 0; i < length; i++) {
            if (printed[i] == '\n') {
                printed[i] = ' ';
            }
        }
        return PrintableText.of(printed, 0, length).strip();
    }

    /** Reads what there is without waiting; what finds no room is thrown away. */
    private static int drain(InputStream output, byte[] printed, int length) throws IOException {
        int filled = length;
        for (int there = output.available(); there > 0; there = output.available()) {
            int room = Math.min(there, OUTPUT - filled);
            if (room == 0) {
                output.skipNBytes(there);
            } else {
                filled += output.readNBytes(printed, filled, room);
            }
        }
        return filled;
    }

    /** With what it started: a child that lives on would keep the output open. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
