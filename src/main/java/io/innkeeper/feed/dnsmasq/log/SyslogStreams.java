package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.wire.net.Prefix;
import io.innkeeper.wire.syslog.SyslogFrames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections that carry syslog messages, at one address: TCP (RFC 6587), or TLS (RFC 5425). */
final class SyslogStreams implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogStreams.class);
    private static final int BACKLOG = 64;
    private static final int CHUNK = 8 << 10;
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket listening;
    private final SyslogListener.@Nullable Tls tls;
    private final List<Prefix> from;
    private final Semaphore slots;
    private final LogIntake intake;
    private final ListenerStatus status;
    private final Consumer<Throwable> broken;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Listens.
     *
     * @param tls null for connections that are not encrypted
     * @param slots how many connections may be open, shared with other listeners
     * @param broken is told when no more connections can be accepted, and of failures of our own
     * @throws IOException with a sentence for people
     */
    SyslogStreams(
            InetSocketAddress address,
            SyslogListener.@Nullable Tls tls,
            List<Prefix> from,
            Semaphore slots,
            LogIntake intake,
            ListenerStatus status,
            Consumer<Throwable> broken)
            throws IOException {
        this.tls = tls;
        this.from = from;
        this.slots = slots;
        this.intake = intake;
        this.status = status;
        this.broken = broken;
        this.listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(address, BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw SyslogListener.cannotListen(address, "TCP", e);
        }
        Thread.ofVirtual().name("dnsmasq-syslog-accept").start(this::accept);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
        SenderCheck senders = new SenderCheck(from);
        while (!closed) {
            try {
                Socket socket = listening.accept();
                if (!senders.may(socket.getInetAddress()) || !slots.tryAcquire()) {
                    status.dropped(1);
                    socket.close();
                } else {
                    open.add(socket);
                    Thread.ofVirtual().name("dnsmasq-syslog-stream").start(() -> serve(socket));
                }
            } catch (IOException e) {
                if (!closed && listening.isClosed()) {
                    broken.accept(e);
                    return;
                }
                LOG.debug("A connection could not be accepted: {}", e.toString());
            }
        }
    }

    private void serve(Socket socket) {
        threads.add(Thread.currentThread());
        try (socket) {
            if (closed) {
                return;
            }
            // Who sends may be silent for days; one that is gone for good is noticed so.
            socket.setKeepAlive(true);
            try (Socket spoken =
                    tls == null ? socket : secured(socket, tls.context().get(), tls.clientsKnown())) {
                read(spoken.getInputStream());
            }
        } catch (IOException e) {
            LOG.debug("A connection of {} ended: {}", socket.getInetAddress(), e.toString());
        } catch (InterruptedException e) {
            // Closed while lines waited to be stored.
        } catch (RuntimeException | Error e) {
            broken.accept(e);
        } finally {
            open.remove(socket);
            slots.release();
            threads.remove(Thread.currentThread());
        }
    }

    private static Socket secured(Socket socket, SSLContext context, boolean clientsKnown) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setNeedClientAuth(clientsKnown);
        // A limit for each read alone would let a sender take an octet at a time.
        Thread watch = Thread.ofVirtual().name("dnsmasq-syslog-handshake").start(() -> endLate(socket));
        try {
            secured.startHandshake();
            return secured;
        } finally {
            watch.interrupt();
        }
    }

    private static void endLate(Socket socket) {
        try {
            Thread.sleep(HANDSHAKE);
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed: {}", e.toString());
        }
    }

    private void read(InputStream in) throws IOException, InterruptedException {
        SyslogFrames frames = new SyslogFrames();
        LineBatch batch = new LineBatch(LineBatch.SMALL, Witness.SYSLOG, intake, status);
        byte[] octets = new byte[CHUNK];
        long refused = 0;
        boolean ended = false;
        while (!ended) {
            int count = in.read(octets);
            ended = count < 0;
            if (ended) {
                frames.end();
            } else {
                frames.take(octets, 0, count);
            }
            while (frames.next()) {
                if (!batch.hasRoom()) {
                    batch.flush(null);
                }
                batch.add(frames.bytes(), frames.from(), frames.to());
            }
            batch.flush(null);
            long bad = frames.malformed() + frames.tooLong();
            status.dropped(bad - refused);
            refused = bad;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("A listener could not be closed: {}", e.toString());
        }
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
