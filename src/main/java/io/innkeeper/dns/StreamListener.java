package io.innkeeper.dns;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections at one address. */
public final class StreamListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamListener.class);
    private static final int BACKLOG = 256;

    /** Makes of a connection what is spoken over: itself, or TLS. */
    @FunctionalInterface
    public interface Wrapping {
        Socket wrap(Socket socket) throws IOException;
    }

    private final ServerSocket listening;
    private final DnsServer server;
    private final int listener;
    private final Transport transport;
    private final Wrapping wrapping;
    private final StreamSlots slots;
    private final Set<ClientStream> open = ConcurrentHashMap.newKeySet();
    private final Consumer<Throwable> broken;
    private volatile boolean closed;

    /**
     * Listens.
     *
     * @param broken is told when no more connections can be accepted
     * @throws IOException with a sentence for people
     */
    public StreamListener(
            IpAddress address,
            int port,
            DnsServer server,
            int listener,
            Transport transport,
            Wrapping wrapping,
            StreamSlots slots,
            Consumer<Throwable> broken)
            throws IOException {
        this.server = server;
        this.listener = listener;
        this.transport = transport;
        this.wrapping = wrapping;
        this.slots = slots;
        this.broken = broken;
        this.listening = new ServerSocket();
        try {
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getByName(address.toString()), port), BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw new IOException("cannot listen on " + address + " port " + port + " by TCP: " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("dns-accept").start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listening.accept();
                if (slots.take(socket.getInetAddress())) {
                    Thread.ofVirtual().name("dns-stream").start(() -> serve(socket));
                } else {
                    socket.close();
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
        try (Socket spoken = wrapping.wrap(socket);
                ClientStream connection = new ClientStream(spoken, server, listener, transport, slots.idleMs())) {
            open.add(connection);
            try {
                connection.serve();
            } finally {
                open.remove(connection);
            }
        } catch (IOException e) {
            LOG.debug("A connection ended: {}", e.toString());
        } finally {
            slots.free(socket.getInetAddress());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("A listener could not be closed: {}", e.toString());
        }
        open.forEach(ClientStream::close);
    }
}
