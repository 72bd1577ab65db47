package io.innkeeper.bench.rdk;

import io.innkeeper.bench.Latencies;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Follows the stream of events, and finds in each the message that it tells of, by the lifetime of its lease. What it counts may be
 * read by any thread.
 */
final class Follower implements AutoCloseable {
    private static final byte[] LIFETIME = "\"validLifetime\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

    /** When the newest messages were due, by their number. */
    private static final int KEPT = 1 << 20;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final int interfaces;
    private final AtomicLongArray dueNanos = new AtomicLongArray(KEPT);
    private final long[] newest;
    private final Latencies latencies = new Latencies();
    private long published;
    private long disordered;
    private byte[] line = new byte[1 << 16];
    private int filled;

    /**
     * Follows from now on.
     *
     * @param path of the stream, with its question
     */
    Follower(InetSocketAddress api, String path, int interfaces) throws IOException {
        this.interfaces = interfaces;
        newest = new long[interfaces];
        Arrays.fill(newest, -1);
        socket.connect(api);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        in = socket.getInputStream();
        Thread.ofPlatform().daemon().name("follower").start(this::run);
    }

    /** A message is due now. */
    void due(long number, long nanos) {
        dueNanos.setOpaque((int) (number % KEPT), nanos);
    }

    /** Forgets the times of earlier phases. */
    synchronized void clear() {
        latencies.clear();
    }

    synchronized long published() {
        return published;
    }

    synchronized long disordered() {
        return disordered;
    }

    /** Calls with the times that were measured; nothing is measured meanwhile. */
    synchronized <T> T times(java.util.function.Function<Latencies, T> use) {
        return use.apply(latencies);
    }

    private void run() {
        byte[] buffer = new byte[1 << 17];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long nanos = System.nanoTime();
                synchronized (this) {
                    take(buffer, read, nanos);
                }
            }
            throw new EOFException("the stream of events has ended");
        } catch (IOException e) {
            if (!socket.isClosed()) {
                e.printStackTrace();
            }
        }
    }

    private void take(byte[] octets, int count, long nanos) {
        for (int i = 0; i < count; i++) {
            if (octets[i] == '\n') {
                told(nanos);
                filled = 0;
            } else {
                if (filled == line.length) {
                    line = Arrays.copyOf(line, 2 * filled);
                }
                line[filled++] = octets[i];
            }
        }
    }

    private void told(long nanos) {
        if (filled < DATA.length || !Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length)) {
            return;
        }
        long number = lifetime() - Messages.FIRST_LIFETIME;
        if (number < 0) {
            return;
        }
        int which = (int) (number % interfaces);
        if (number == newest[which]) {
            return; // one message of DHCPv6 may tell of two leases
        }
        if (number < newest[which]) {
            disordered++;
        }
        newest[which] = number;
        published++;
        latencies.add(nanos - dueNanos.getOpaque((int) (number % KEPT)));
    }

    /** The first lifetime in the line; -1 for none. */
    private long lifetime() {
        for (int at = 0; at + LIFETIME.length < filled; at++) {
            if (line[at] == '"' && Arrays.equals(line, at, at + LIFETIME.length, LIFETIME, 0, LIFETIME.length)) {
                long value = 0;
                for (int i = at + LIFETIME.length; i < filled && line[i] != '"'; i++) {
                    value = 10 * value + line[i] - '0';
                }
                return value;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
