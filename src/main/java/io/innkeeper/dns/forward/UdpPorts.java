package io.innkeeper.dns.forward;

import io.innkeeper.wire.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP to upstreams, by many ports that change: who wants to forge an answer has to guess which (RFC 5452 §9.2). One thread owns
 * them.
 */
final class UdpPorts implements AutoCloseable {
    /** Ports open at once, those included that wait for late answers. */
    static final int MOST_PORTS = 512;

    /** Ports among which one is drawn, for one upstream. */
    static final int PORTS_EACH = 64;

    /** Messages that wait for the thread. */
    static final int MOST_WAITING = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(UdpPorts.class);

    private static final int LONGEST = 65_535;
    private static final long CLEAN_MS = 250;
    private static final int DRAWS = 4;

    /** A name of an upstream is looked up again after this time. */
    private static final long NAME_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Where an upstream is; for a host name it can change. */
    private record Place(InetSocketAddress address, boolean literal, long foundAtNanos) {
        boolean fresh() {
            return literal || System.nanoTime() - foundAtNanos < NAME_NANOS;
        }
    }

    private record Outgoing(Sending sending, InetSocketAddress to) {}

    private final List<UpstreamAddress> upstreams;
    private final Consumer<Incoming> sink;
    private final ExecutorService lookups;
    private final BlockingQueue<Outgoing> outgoing = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<Integer, Place> places = new ConcurrentHashMap<>();
    private final LongAdder strangers = new LongAdder();
    private final SecureRandom random = new SecureRandom();
    private final Selector selector;
    private final Thread thread;

    /** Of each upstream, those that take more. */
    private final List<List<UdpPort>> ready = new ArrayList<>();

    /** The oldest first. */
    private final List<UdpPort> retired = new ArrayList<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST);

    UdpPorts(List<UpstreamAddress> upstreams, Consumer<Incoming> sink, ExecutorService lookups) throws IOException {
        this.upstreams = upstreams;
        this.sink = sink;
        this.lookups = lookups;
        upstreams.forEach(_ -> ready.add(new ArrayList<>()));
        selector = Selector.open();
        thread = Thread.ofPlatform().daemon().name("dns-upstreams").unstarted(this::loop);
        thread.start();
    }

    void send(Sending sending) {
        Place place = places.get(sending.upstream());
        if (place == null) {
            lookUp(() -> find(sending));
            return;
        }
        if (!place.fresh()) {
            // Meanwhile the old one is good enough.
            places.put(sending.upstream(), new Place(place.address(), false, System.nanoTime()));
            lookUp(() -> refresh(sending.upstream()));
        }
        offer(sending, place.address());
    }

    private void lookUp(Runnable work) {
        try {
            lookups.execute(work);
        } catch (RejectedExecutionException _) {
            // It is being closed.
        }
    }

    private void find(Sending sending) {
        try {
            offer(sending, place(sending.upstream()));
        } catch (UnknownHostException e) {
            String host = upstreams.get(sending.upstream()).host();
            sink.accept(new Failed(sending.upstream(), sending.ticket(), "unknown host " + host));
        }
    }

    private void refresh(int upstream) {
        try {
            place(upstream);
        } catch (UnknownHostException e) {
            LOG.debug("{} stays where it was", upstreams.get(upstream), e);
        }
    }

    private InetSocketAddress place(int upstream) throws UnknownHostException {
        UpstreamAddress address = upstreams.get(upstream);
        boolean literal = IpAddress.parse(address.host()).isPresent();
        InetSocketAddress found = new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        places.put(upstream, new Place(found, literal, System.nanoTime()));
        return found;
    }

    private void offer(Sending sending, InetSocketAddress to) {
        if (outgoing.offer(new Outgoing(sending, to))) {
            selector.wakeup();
        } else {
            sink.accept(new Failed(sending.upstream(), sending.ticket(), "too much waits to be sent"));
        }
    }

    long strangers() {
        return strangers.sum();
    }

    private void loop() {
        try {
            long cleanAtMs = nowMs();
            while (selector.isOpen()) {
                selector.select(this::readable, CLEAN_MS);
                for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
                    write(next);
                }
                if (nowMs() - cleanAtMs >= CLEAN_MS) {
                    cleanAtMs = nowMs();
                    clean(cleanAtMs);
                }
            }
        } catch (ClosedSelectorException _) {
            // This is how it ends.
        } catch (IOException e) {
            LOG.error("no more questions go out by UDP: {}", e.getMessage());
        } finally {
            ready.forEach(ports -> ports.forEach(UdpPort::close));
            retired.forEach(UdpPort::close);
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    private void readable(SelectionKey key) {
        if (key.attachment() instanceof UdpPort port) {
            port.read(buffer, sink, strangers);
        }
    }

    private void write(Outgoing next) {
        Sending sending = next.sending();
        try {
            UdpPort port = port(sending, next.to());
            port.send(sending);
            if (port.used(nowMs())) {
                retire(port);
            }
        } catch (IOException e) {
            sink.accept(new Failed(sending.upstream(), sending.ticket(), String.valueOf(e.getMessage())));
        }
    }

    /** A new one as long as there may be more, else one by lot. */
    private UdpPort port(Sending sending, InetSocketAddress to) throws IOException {
        List<UdpPort> ports = ready.get(sending.upstream());
        for (int i = 0; i < DRAWS && ports.size() >= PORTS_EACH; i++) {
            UdpPort drawn = ports.get(random.nextInt(ports.size()));
            if (drawn.fits(sending, to)) {
                return drawn;
            }
        }
        if (open() >= MOST_PORTS) {
            makeRoom();
        }
        UdpPort opened = UdpPort.open(selector, sending.upstream(), to, random, nowMs());
        ports.add(opened);
        return opened;
    }

    private int open() {
        return retired.size() + ready.stream().mapToInt(List::size).sum();
    }

    private void makeRoom() {
        if (retired.isEmpty()) {
            // Many upstreams: the oldest of the one that has most.
            List<UdpPort> most =
                    ready.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
            retire(most.getFirst());
        }
        retired.removeFirst().close();
    }

    private void retire(UdpPort port) {
        ready.get(port.upstream()).remove(port);
        port.retire(nowMs());
        retired.add(port);
    }

    private void clean(long nowMs) {
        for (List<UdpPort> ports : ready) {
            for (UdpPort port : List.copyOf(ports)) {
                if (port.used(nowMs)) {
                    retire(port);
                }
            }
        }
        retired.removeIf(port -> port.closeIfDone(nowMs));
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
    }
}
