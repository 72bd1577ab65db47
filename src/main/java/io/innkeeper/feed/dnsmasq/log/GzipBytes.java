package io.innkeeper.feed.dnsmasq.log;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file that gzip made. It is read from front to back; the last part that was read stays in memory, so that going
 * back a little costs nothing. Going back far begins again.
 */
final class GzipBytes implements LogBytes {
    /** How much is kept; more than anybody goes back for in the usual case. */
    private static final int WINDOW = 1 << 20;

    private static final int STEP = 64 << 10;

    private final Path file;
    private @Nullable InputStream stream;
    private byte[] window = new byte[STEP];
    private long windowFrom;
    private int held;
    private boolean ended;

    GzipBytes(Path file) throws IOException {
        this.file = file;
        restart();
    }

    private void restart() throws IOException {
        close();
        windowFrom = 0;
        held = 0;
        ended = false;
        try {
            // Once opened it can be removed: what is held is the file, not its name.
            stream = new GZIPInputStream(Files.newInputStream(file, StandardOpenOption.READ), STEP);
        } catch (EOFException | ZipException notWhole) {
            ended = true;
        }
    }

    @Override
    public int read(byte[] into, int at, int length, long position) throws IOException {
        if (position < windowFrom) {
            restart();
        }
        while (!ended && windowFrom + held < position + length) {
            more(position);
        }
        int available = Math.clamp(windowFrom + held - position, 0, length);
        if (available > 0) {
            System.arraycopy(window, (int) (position - windowFrom), into, at, available);
        }
        return available;
    }

    /** Reads on; what is before the window's half, and nobody asked for now, may go. */
    private void more(long position) throws IOException {
        if (held + STEP > WINDOW) {
            int drop = (int) Math.clamp(position - windowFrom, 0L, held);
            System.arraycopy(window, drop, window, 0, held - drop);
            windowFrom += drop;
            held -= drop;
        }
        if (held + STEP > window.length) {
            window = Arrays.copyOf(window, Math.max(window.length * 2, held + STEP));
        }
        InputStream from = stream;
        int count = -1;
        try {
            count = from == null ? -1 : from.read(window, held, STEP);
        } catch (EOFException | ZipException broken) {
            // Cut off or damaged: it ends here.
        }
        ended = count < 0;
        held += Math.max(0, count);
    }

    @Override
    public boolean isFinal() {
        return true;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
