package io.innkeeper.tell.push;

import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpFrames;
import io.innkeeper.wire.rdk.SpHello;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PUSH socket of nanomsg for one message: connects, greets, waits for the monitor's greeting, writes, closes. Monitors are tried
 * in their order, all of them once at least, and again and again until one took the message or the time is over. A message
 * that was written is not acknowledged: the monitor may still lose it.
 */
public final class PushSender implements LeaseSender {
    /** How long a connection may take until both have greeted, as with libnanomsg. */
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Between two rounds, as with libnanomsg. */
    private static final long PAUSE_MS = 100;

    private final List<SpAddress> monitors;
    private final Duration wait;

    /**
     * Sends nothing yet.
     *
     * @param monitors at least one; TCP or IPC, with an address and a port that one can connect to
     * @param wait how long to try; the plugins of the manager take five seconds
     */
    public PushSender(List<SpAddress> monitors, Duration wait) {
        this.monitors = List.copyOf(monitors);
        this.wait = wait;
    }

    /** Whether this can connect to such an address. */
    public static boolean canReach(SpAddress address) {
        return switch (address.transport()) {
            case TCP -> address.port() > 0 && !address.host().equals(SpAddress.ANY);
            case IPC -> true;
            case WS -> false;
        };
    }

    @Override
    public Sent send(PluginMessage message) {
        long end = System.nanoTime() + wait.toNanos();
        byte[] octets = message.write();
        String why = "";
        do {
            for (SpAddress monitor : monitors) {
                try {
                    deliver(monitor, octets, end);
                    return new Sent(Sent.State.TOLD, "rdk:" + monitor, "");
                } catch (IOException e) {
                    why = monitor + ": " + reason(e);
                }
            }
        } while (pausedUntil(end));
        return new Sent(Sent.State.UNREACHABLE, "", why);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ -> "it says nothing";
            case EOFException _ -> "it closes the connection without a greeting";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /** Waits a moment; false where the time is over. */
    private static boolean pausedUntil(long end) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            return false;
        }
        try {
            Thread.sleep(Math.min(PAUSE_MS, left));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void deliver(SpAddress monitor, byte[] message, long end) throws IOException {
        boolean ipc = monitor.transport() == SpAddress.Transport.IPC;
        SocketAddress address = ipc
                ? UnixDomainSocketAddress.of(monitor.path())
                : new InetSocketAddress(monitor.host(), monitor.port());
        long now = System.nanoTime();
        // The first try may take its time even where no more of it is left.
        long until = now + Math.min(GREETING_NANOS, Math.max(end - now, GREETING_NANOS / 2));
        try (SocketChannel channel = ipc ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            Peer peer = new Peer(channel, channel.register(selector, 0), selector, until);
            peer.connect(address);
            peer.write(ByteBuffer.wrap(SpHello.of(SpHello.PUSH)));
            byte[] hello = peer.read(SpHello.LENGTH);
            if (!SpHello.fits(hello, hello.length, SpHello.PULL)) {
                throw new IOException("it is no PULL socket of nanomsg");
            }
            byte[] head = SpFrames.head(ipc ? SpFrames.Form.IPC : SpFrames.Form.TCP, message.length);
            peer.write(ByteBuffer.allocate(head.length + message.length)
                    .put(head)
                    .put(message)
                    .flip());
        }
    }

    /** One connection, until a point in time. */
    private record Peer(SocketChannel channel, SelectionKey key, Selector selector, long until) {
        void connect(SocketAddress address) throws IOException {
            boolean connected = channel.connect(address);
            while (!connected) {
                await(SelectionKey.OP_CONNECT);
                connected = channel.finishConnect();
            }
        }

        void write(ByteBuffer octets) throws IOException {
            while (true) {
                channel.write(octets);
                if (!octets.hasRemaining()) {
                    return;
                }
                await(SelectionKey.OP_WRITE);
            }
        }

        byte[] read(int length) throws IOException {
            ByteBuffer octets = ByteBuffer.allocate(length);
            while (octets.hasRemaining()) {
                int read = channel.read(octets);
                if (read < 0) {
                    throw new EOFException();
                }
                if (read == 0) {
                    await(SelectionKey.OP_READ);
                }
            }
            return octets.array();
        }

        private void await(int what) throws IOException {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            key.interestOps(what);
            selector.select(left);
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted");
            }
        }
    }
}
