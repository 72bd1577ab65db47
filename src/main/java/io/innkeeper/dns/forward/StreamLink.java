package io.innkeeper.dns.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** TCP or TLS to one upstream: one connection, made when it is needed, that carries several questions at once (RFC 7766 §6.2). */
final class StreamLink implements AutoCloseable {
    /** Messages that wait to be sent. */
    static final int MOST_WAITING = 512;

    /** A message, and whether it was sent before, on a connection that the other side closed meanwhile. */
    record Outgoing(Sending sending, boolean again) {}

    private final int upstream;
    private final UpstreamAddress address;
    private final @Nullable SSLSocketFactory tls;
    private final Consumer<Incoming> sink;
    private final ExecutorService threads;
    private final BlockingQueue<Outgoing> outgoing = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable StreamConnection current;

    /** @param tls null for TCP */
    StreamLink(
            int upstream,
            UpstreamAddress address,
            @Nullable SSLSocketFactory tls,
            Consumer<Incoming> sink,
            ExecutorService threads) {
        this.upstream = upstream;
        this.address = address;
        this.tls = tls;
        this.sink = sink;
        this.threads = threads;
    }

    void send(Sending sending) {
        put(new Outgoing(sending, false));
        if (started.compareAndSet(false, true)) {
            start(this::loop);
        }
    }

    private void put(Outgoing next) {
        if (!outgoing.offer(next)) {
            fail(next, "too much waits to be sent");
        }
    }

    private void start(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException _) {
            // It is being closed.
        }
    }

    private void loop() {
        try {
            while (true) {
                Outgoing next = outgoing.take();
                try {
                    connection().send(next);
                } catch (IOException e) {
                    failAll(next, String.valueOf(e.getMessage()));
                }
            }
        } catch (InterruptedException _) {
            // This is how it ends.
        }
    }

    private StreamConnection connection() throws IOException {
        StreamConnection open = current;
        if (open != null && open.takesMore()) {
            return open;
        }
        StreamConnection made = new StreamConnection(connect(), upstream, sink, this::lost);
        current = made;
        start(made::read);
        return made;
    }

    private Socket connect() throws IOException {
        int patienceMs = (int) Transports.CONNECT.toMillis();
        InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
        if (to.isUnresolved()) {
            throw new IOException("unknown host " + address.host());
        }
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(patienceMs);
            plain.connect(to, patienceMs);
            return tls == null ? plain : overTls(plain, tls);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private Socket overTls(Socket plain, SSLSocketFactory factory) throws IOException {
        String name = address.tlsName() == null ? address.host() : address.tlsName();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** What a connection did not get answered: once more where it was only closed for its idleness. */
    private void lost(List<Outgoing> unanswered, boolean wasInUse, String why) {
        for (Outgoing one : unanswered) {
            if (wasInUse && !one.again()) {
                put(new Outgoing(one.sending(), true));
            } else {
                fail(one, why);
            }
        }
    }

    /** The others would have to wait as long for the same. */
    private void failAll(Outgoing first, String why) {
        List<Outgoing> all = new ArrayList<>();
        all.add(first);
        outgoing.drainTo(all);
        all.forEach(one -> fail(one, why));
    }

    private void fail(Outgoing one, String why) {
        sink.accept(new Failed(upstream, one.sending().ticket(), why));
    }

    @Override
    public void close() {
        StreamConnection open = current;
        if (open != null) {
            open.close();
        }
    }
}
