package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.ListenerStatus;
import io.innkeeper.feed.dnsmasq.LogIntake;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.wire.net.Prefix;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives log lines by the syslog protocol: UDP, TCP (RFC 6587), TLS (RFC 5425). */
public final class SyslogListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogListener.class);

    /**
     * Where to listen, and to whom.
     *
     * @param udp where datagrams are received
     * @param tcp where connections are accepted
     * @param tls where encrypted connections are accepted; null for nowhere
     * @param from who may send; empty for everybody
     * @param connections how many may be open at a time, all listeners together
     */
    public record Settings(
            List<InetSocketAddress> udp,
            List<InetSocketAddress> tcp,
            @Nullable Tls tls,
            List<Prefix> from,
            int connections) {
        /** Copies the lists. */
        public Settings {
            udp = List.copyOf(udp);
            tcp = List.copyOf(tcp);
            from = List.copyOf(from);
        }
    }

    /**
     * Encrypted connections.
     *
     * @param listen where
     * @param context with our key, and with those who sign senders' certificates where they must show one; asked for each
     *     connection, so that a renewed certificate counts from then on
     * @param clientsKnown whether senders must show a certificate
     */
    public record Tls(List<InetSocketAddress> listen, Supplier<SSLContext> context, boolean clientsKnown) {
        /** Copies the list. */
        public Tls {
            listen = List.copyOf(listen);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final LogIntake intake;
    private final ListenerStatus status;
    private final Semaphore slots;
    private final Backoff backoff = new Backoff();
    private final BlockingQueue<Throwable> broken = new ArrayBlockingQueue<>(1);
    private final List<Closeable> open = new ArrayList<>();
    private final Thread thread;
    private volatile List<InetSocketAddress> udp = List.of();
    private volatile List<InetSocketAddress> streams = List.of();
    private Consumer<Throwable> onFailure = reason -> {};

    /** One that does not listen yet. Lines have no place: what was sent while nobody listened does not come again. */
    public SyslogListener(Settings settings, LogIntake intake, InstantSource clock) {
        this.settings = settings;
        this.intake = intake;
        this.slots = new Semaphore(settings.connections());
        this.status = new ListenerStatus(Witness.SYSLOG, words(settings), clock);
        this.thread = Thread.ofVirtual().name("dnsmasq-syslog").unstarted(this::loop);
    }

    private static String words(Settings settings) {
        List<String> words = new ArrayList<>();
        settings.udp().forEach(address -> words.add("UDP " + words(address)));
        settings.tcp().forEach(address -> words.add("TCP " + words(address)));
        Tls tls = settings.tls();
        if (tls != null) {
            tls.listen().forEach(address -> words.add("TLS " + words(address)));
        }
        return String.join(", ", words);
    }

    private static String words(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** What to tell people of an address that cannot be had. */
    static IOException cannotListen(InetSocketAddress address, String by, IOException e) {
        return new IOException("cannot listen on " + words(address) + " by " + by + ": " + e.getMessage(), e);
    }

    @Override
    public Witness witness() {
        return Witness.SYSLOG;
    }

    @Override
    public void start(Consumer<Throwable> failureListener) {
        onFailure = failureListener;
        status.is(State.WAITING, null);
        thread.start();
    }

    /** Opens all, and opens them again where one breaks. */
    private void loop() {
        try {
            while (true) {
                try {
                    open();
                    status.is(State.LISTENING, null);
                    backoff.worked();
                    Throwable reason = broken.take();
                    if (!(reason instanceof IOException failed)) {
                        onFailure.accept(reason);
                        return;
                    }
                    throw failed;
                } catch (IOException e) {
                    closeAll();
                    if (status.state() != State.FAILING) {
                        LOG.warn("Syslog: {}", e.getMessage());
                    }
                    status.is(State.FAILING, e.getMessage());
                    TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
                }
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        } finally {
            closeAll();
        }
    }

    private void open() throws IOException {
        broken.clear();
        if (!settings.udp().isEmpty()) {
            SyslogDatagrams datagrams =
                    new SyslogDatagrams(settings.udp(), settings.from(), intake, status, broken::offer);
            open.add(datagrams);
            udp = datagrams.addresses();
        }
        List<InetSocketAddress> opened = new ArrayList<>();
        for (InetSocketAddress address : settings.tcp()) {
            opened.add(stream(address, null));
        }
        Tls tls = settings.tls();
        for (InetSocketAddress address : tls == null ? List.<InetSocketAddress>of() : tls.listen()) {
            opened.add(stream(address, tls));
        }
        streams = List.copyOf(opened);
    }

    private InetSocketAddress stream(InetSocketAddress address, @Nullable Tls tls) throws IOException {
        SyslogStreams accepting =
                new SyslogStreams(address, tls, settings.from(), slots, intake, status, broken::offer);
        open.add(accepting);
        return accepting.address();
    }

    private void closeAll() {
        for (Closeable one : open) {
            try {
                one.close();
            } catch (IOException e) {
                LOG.debug("A listener could not be closed: {}", e.toString());
            }
        }
        open.clear();
        udp = List.of();
        streams = List.of();
    }

    /** Where it listens by UDP now, in the order of the settings, with the ports that the system chose; empty before. */
    public List<InetSocketAddress> udp() {
        return udp;
    }

    /** Where it accepts connections now: those of {@code tcp}, then those of {@code tls}; empty before. */
    public List<InetSocketAddress> streams() {
        return streams;
    }

    @Override
    public Status status() {
        return status.now();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.is(State.OFF, null);
    }
}
