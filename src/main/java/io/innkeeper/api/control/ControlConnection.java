package io.innkeeper.api.control;

import io.innkeeper.service.CommandResponse;
import io.innkeeper.view.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who commands: reads a line, answers it, reads the next. On a virtual thread of its own. */
final class ControlConnection implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final SocketChannel channel;
    private final ControlDesk desk;
    private final int lineMax;
    private final LineReader lines;
    private final Pace pace;
    private final AtomicLong answered;

    /** When it last began to wait for the other side; while a command is done nobody is idle. */
    private volatile long waitsSinceNanos = System.nanoTime();

    private volatile boolean busy;

    /**
     * A connection that is not served yet.
     *
     * @param lineMax the longest line, in bytes
     * @param answered counts
     */
    ControlConnection(SocketChannel channel, ControlDesk desk, int lineMax, int perSecond, AtomicLong answered) {
        this.channel = channel;
        this.desk = desk;
        this.lineMax = lineMax;
        this.lines = new LineReader(channel, lineMax);
        this.pace = new Pace(perSecond);
        this.answered = answered;
    }

    /** Serves it to its end. */
    @Override
    public void run() {
        try (channel) {
            LineReader.Line line = lines.next();
            while (!(line instanceof LineReader.End)) {
                CommandResponse response = answer(line);
                if (response != null) {
                    answered.incrementAndGet();
                    write(channel, response);
                }
                waitsSinceNanos = System.nanoTime();
                line = lines.next();
            }
        } catch (ClosedByInterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("A control connection ended: {}", e.toString());
        }
    }

    /** Null for an empty line, which is no question. */
    private @Nullable CommandResponse answer(LineReader.Line line) throws InterruptedException {
        if (line instanceof LineReader.Text(String text) && text.isEmpty()) {
            return null;
        }
        busy = true;
        try {
            TimeUnit.NANOSECONDS.sleep(pace.waitNanos(System.nanoTime()));
            return switch (line) {
                case LineReader.Text(String text) -> desk.answer(text);
                case LineReader.TooLong _ ->
                    CommandResponse.commandError("the line is longer than " + lineMax
                            + " bytes; api.control.line of the configuration is the limit");
                case LineReader.NoText _ -> CommandResponse.commandError("the line is not UTF-8");
                case LineReader.End _ -> throw new IllegalArgumentException("an end has no answer");
            };
        } finally {
            waitsSinceNanos = System.nanoTime();
            busy = false;
        }
    }

    /** One line; blocks until the kernel has taken it. */
    static void write(SocketChannel channel, CommandResponse response) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Json.write(response) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** True where the other side has neither sent a whole line nor taken an answer for so long. */
    boolean isIdle(long nowNanos, long idleNanos) {
        return !busy && nowNanos - waitsSinceNanos >= idleNanos;
    }

    /** How many bytes of input it holds. */
    int held() {
        return lines.held();
    }

    /** Ends it; its thread notices. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a control connection: {}", e.toString());
        }
    }
}
