package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.PluginParsed;
import io.innkeeper.wire.rdk.Rejected;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.SpPeer;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PULL socket of nanomsg: hears what plugins push, over any number of listeners. One thread accepts and reads; where several
 * connections have something to read, the one accepted first is read first, so that what one client process told by two
 * connections stays in its order. A connection whose message finds no room is not read until there is; the others go on.
 */
public final class LeaseReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseReceiver.class);

    private static final int BUFFER = 1 << 16;

    /** How many buffers are read of one connection before it is the turn of the next. */
    private static final int READS_A_TURN = 4;

    /** How long to wait after the system gave no further connection, for want of files or memory. */
    private static final long EXHAUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * How much it takes.
     *
     * @param message octets of the longest message
     * @param connections how many at a time; more are closed at once
     * @param handshake how long a peer may take for its greeting
     * @param unfinished how long a message may take from its first octet to its last
     */
    public record Limits(int message, int connections, Duration handshake, Duration unfinished) {}

    private final Limits limits;
    private final Inbox inbox;
    private final MonitorCounts counts;
    private final RefusedMessages refused;
    private final Consumer<Throwable> onFailure;
    private final Selector selector;
    private final List<Door> doors = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("lease-monitor").unstarted(this::loop);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final SequencedSet<Line> greeting = new LinkedHashSet<>();
    private final SequencedSet<Line> unfinished = new LinkedHashSet<>();
    private final Map<String, Deque<Line>> held = new HashMap<>();
    private final Queue<String> roomy = new ConcurrentLinkedQueue<>();
    private long accepted;
    private long exhaustedUntilNanos;
    private boolean exhausted;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Listens; nothing is heard before {@link #start}.
     *
     * @param onFailure told, once, where it cannot go on
     * @throws IOException if an address cannot be had; the message names it
     */
    public LeaseReceiver(
            List<SpAddress> addresses,
            Limits limits,
            Inbox inbox,
            MonitorCounts counts,
            RefusedMessages refused,
            Consumer<Throwable> onFailure)
            throws IOException {
        this.limits = limits;
        this.inbox = inbox;
        this.counts = counts;
        this.refused = refused;
        this.onFailure = onFailure;
        this.selector = Selector.open();
        try {
            for (SpAddress address : addresses) {
                doors.add(Door.open(address, selector));
            }
        } catch (IOException | RuntimeException e) {
            closeAll();
            throw e;
        }
    }

    /** Begins to hear. */
    public void start() {
        thread.start();
    }

    /** Where it listens, with the ports that the system chose. */
    public List<SpAddress> addresses() {
        return doors.stream().map(door -> door.address).toList();
    }

    /** How many connections are open. */
    public int connections() {
        return open.get();
    }

    /** There is room again for messages of an interface. Any thread may say so. */
    public void room(String ifname) {
        roomy.add(ifname);
        selector.wakeup();
    }

    private void loop() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                onFailure.accept(e);
            }
        } finally {
            closeAll();
        }
    }

    private void turn() throws IOException {
        selector.select(waitMillis(System.nanoTime()));
        long nanos = System.nanoTime();
        List<Line> ready = new ArrayList<>();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Line line) {
                ready.add(line);
            } else if (key.attachment() instanceof Door door) {
                accept(door, nanos);
            }
        }
        selector.selectedKeys().clear();
        ready.sort(Comparator.comparingLong(line -> line.number));
        ready.forEach(line -> read(line, nanos));
        for (String ifname = roomy.poll(); ifname != null; ifname = roomy.poll()) {
            readOn(ifname, nanos);
        }
        expire(nanos);
    }

    private long waitMillis(long nanos) {
        long wait = Long.MAX_VALUE;
        if (!greeting.isEmpty()) {
            wait = greeting.getFirst().sinceNanos + limits.handshake.toNanos() - nanos;
        }
        if (!unfinished.isEmpty()) {
            wait = Math.min(wait, unfinished.getFirst().sinceNanos + limits.unfinished.toNanos() - nanos);
        }
        if (exhausted) {
            wait = Math.min(wait, exhaustedUntilNanos - nanos);
        }
        return wait == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    }

    private void accept(Door door, long nanos) {
        try {
            for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
                if (open.get() >= limits.connections) {
                    counts.connection("too-many");
                    channel.close();
                } else {
                    welcome(door, channel, nanos);
                }
            }
        } catch (IOException e) {
            counts.connection("accept-failed");
            LOG.warn("No further connection can be accepted at {} now: {}", door.address, e.getMessage());
            exhausted = true;
            exhaustedUntilNanos = nanos + EXHAUSTED_NANOS;
            doors.forEach(one -> one.accepting(false));
        }
    }

    private void welcome(Door door, SocketChannel channel, long nanos) throws IOException {
        counts.connection("accepted");
        open.incrementAndGet();
        channel.configureBlocking(false);
        if (door.address.transport() != SpAddress.Transport.IPC) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        SpPeer peer = SpPeer.of(door.address.transport(), limits.message);
        Line line = new Line(accepted++, channel, peer, key, nanos);
        key.attach(line);
        greeting.addLast(line);
        answer(line);
    }

    private void read(Line line, long nanos) {
        try {
            for (int i = 0; i < READS_A_TURN && line.key.isValid() && line.held == null; i++) {
                buffer.clear();
                int octets = line.channel.read(buffer);
                if (octets < 0) {
                    close(line, line.peer.isWithin() ? "cut" : line.peer.isGreeted() ? "ended" : "silent");
                    return;
                }
                take(line, buffer.flip(), nanos);
                if (octets < BUFFER) {
                    return;
                }
            }
        } catch (IOException e) {
            close(line, "reset");
        }
    }

    /** Takes what a connection brought, up to the first message for which there is no room. */
    private void take(Line line, ByteBuffer octets, long nanos) {
        for (byte[] message = line.peer.next(octets); message != null; message = line.peer.next(octets)) {
            line.messages++;
            if (!delivered(line, message, octets)) {
                return;
            }
        }
        SpPeer.Fault fault = line.peer.fault();
        if (answer(line) && fault != null) {
            close(line, fault.text());
        } else if (line.peer.isWithin()) {
            watch(line, nanos);
        }
    }

    private boolean delivered(Line line, byte[] octets, ByteBuffer after) {
        PluginParsed parsed = PluginMessage.parse(octets);
        switch (parsed) {
            case Rejected rejected -> refused.refused(rejected, octets);
            case PluginMessage message -> {
                Deque<Line> before = held.get(message.ifname());
                if (before != null || !inbox.offer(message)) {
                    line.hold(message, after);
                    line.key.interestOps(0);
                    held.computeIfAbsent(message.ifname(), _ -> new ArrayDeque<>())
                            .addLast(line);
                    counts.message(message.ifname(), "waited");
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads connections again whose messages of this interface had to wait, in the order in which they began to. */
    private void readOn(String ifname, long nanos) {
        Deque<Line> waiting = held.remove(ifname);
        while (waiting != null && !waiting.isEmpty()) {
            Line line = waiting.getFirst();
            PluginMessage message = line.held;
            if (message != null && !inbox.offer(message)) {
                held.put(ifname, waiting);
                return;
            }
            waiting.removeFirst();
            if (!line.key.isValid()) {
                continue;
            }
            line.key.interestOps(SelectionKey.OP_READ);
            if (!waiting.isEmpty()) {
                // Its next message comes after those that wait already.
                held.put(ifname, waiting);
            }
            take(line, line.rest(), nanos);
            waiting = held.remove(ifname);
        }
    }

    private void watch(Line line, long nanos) {
        if (line.messagesThen != line.messages) {
            line.messagesThen = line.messages;
            line.sinceNanos = nanos;
        }
        unfinished.add(line);
    }

    private void expire(long nanos) {
        long latestGreeting = nanos - limits.handshake.toNanos();
        while (!greeting.isEmpty()
                && (greeting.getFirst().sinceNanos - latestGreeting <= 0
                        || greeting.getFirst().peer.isGreeted())) {
            Line line = greeting.removeFirst();
            if (!line.peer.isGreeted()) {
                close(line, "handshake-timeout");
            }
        }
        long latest = nanos - limits.unfinished.toNanos();
        for (int left = unfinished.size(); left > 0 && unfinished.getFirst().sinceNanos - latest <= 0; left--) {
            Line line = unfinished.removeFirst();
            if (line.held != null) {
                line.sinceNanos = nanos;
                watch(line, nanos);
            } else if (line.key.isValid() && line.peer.isWithin() && line.messagesThen == line.messages) {
                close(line, "unfinished");
            } else if (line.key.isValid() && line.peer.isWithin()) {
                watch(line, nanos);
            }
        }
        if (exhausted && nanos - exhaustedUntilNanos >= 0) {
            exhausted = false;
            doors.forEach(one -> one.accepting(true));
        }
    }

    private boolean answer(Line line) {
        try {
            if (line.answered()) {
                return true;
            }
            close(line, "deaf");
        } catch (IOException e) {
            close(line, "reset");
        }
        return false;
    }

    private void close(Line line, String why) {
        if (!line.key.isValid()) {
            return;
        }
        counts.connection(why);
        open.decrementAndGet();
        greeting.remove(line);
        unfinished.remove(line);
        line.key.cancel();
        try {
            line.channel.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed: {}", e.getMessage());
        }
    }

    private void closeAll() {
        try {
            Door.closeAll(selector, doors);
        } catch (IOException e) {
            LOG.warn("The lease monitor could not close what it listened to: {}", e.getMessage());
        }
    }

    /** Stops hearing; what was heard and not handed on is lost with its connection, as with libnanomsg. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            if (thread.getState() == Thread.State.NEW) {
                closeAll();
            } else {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
