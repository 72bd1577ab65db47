package io.innkeeper.feed.rdk.v2;

import io.innkeeper.feed.rdk.Door;
import io.innkeeper.feed.rdk.InterfaceRouter;
import io.innkeeper.feed.rdk.MonitorCounts;
import io.innkeeper.feed.rdk.RefusedMessages;
import io.innkeeper.wire.rdk.SpAddress;
import io.innkeeper.wire.rdk.v2.Message;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears senders by version 2 of the protocol, over any number of listeners. One thread accepts, reads, hands on and answers; what
 * is stored comes back to it. docs/lease-monitor-v2.md says what goes over the wire.
 */
public final class ReportReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportReceiver.class);

    private static final int BUFFER = 1 << 16;

    /** How often silent connections and the keys are looked at. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long to wait after the system gave no further connection, for want of files or memory. */
    private static final long EXHAUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * How much it takes.
     *
     * @param connections how many at a time; more are refused
     * @param window how many reports of a connection may wait for their acknowledgement
     * @param waiting how many reports may wait to be handed on, of all connections; then nothing more is read
     * @param handshake how long a hello may take
     * @param unfinished how long a frame may take, and how long a peer may take nothing
     * @param idle how long a peer may be silent before it is asked
     */
    public record Limits(
            int connections, int window, int waiting, Duration handshake, Duration unfinished, Duration idle) {}

    /**
     * What it needs of the world.
     *
     * @param router takes what clients said
     * @param places how far senders came, by the store
     * @param monitor the identity of the store, {@link Message#IDENTITY} octets in hex
     * @param keys the keys that are valid now; the same object as long as they are the same
     * @param chance fills an array with octets that nobody can guess
     * @param messages counts by interface
     * @param counts counts connections and reports
     * @param refused keeps what cannot be taken
     * @param clock the wall's time
     * @param onFailure told, once, where it cannot go on
     */
    public record World(
            InterfaceRouter router,
            SenderPlaces places,
            String monitor,
            Supplier<KeyRing> keys,
            Consumer<byte[]> chance,
            MonitorCounts messages,
            ReportCounts counts,
            RefusedMessages refused,
            InstantSource clock,
            Consumer<Throwable> onFailure) {}

    private final Limits limits;
    private final World world;
    private final Conversation.Terms terms;
    private final Doorkeeper keeper;
    private final ReportInbox inbox;
    private final Selector selector;
    private final List<Door> doors = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("lease-monitor-v2").unstarted(this::loop);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final SequencedSet<Peer> peers = new LinkedHashSet<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private boolean full;
    private long tickedNanos;
    private boolean exhausted;
    private long exhaustedNanos;
    private volatile boolean closed;
    private volatile int open;
    private volatile int waiting;
    private volatile int underWay;

    /**
     * Listens; nothing is heard before {@link #start}.
     *
     * @throws IOException if an address cannot be had; the message names it
     */
    public ReportReceiver(List<SpAddress> addresses, Limits limits, World world) throws IOException {
        this.limits = limits;
        this.world = world;
        this.terms =
                new Conversation.Terms(world.monitor, limits.window, limits.handshake, limits.unfinished, limits.idle);
        this.keeper = new Doorkeeper(world.keys.get());
        this.inbox = new ReportInbox(
                new ReportInbox.World(
                        world.router, world.places, world.messages, world.counts, world.refused, world.clock),
                limits.waiting,
                this::wake);
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

    /** There is room again for messages of an interface. Any thread may say so. */
    public void room(String ifname) {
        inbox.room(ifname);
    }

    /** How it stands, as JSON. */
    public Map<String, Object> status() {
        return Map.of(
                "listeners",
                addresses().stream().map(Object::toString).toList(),
                "connections",
                open,
                "waiting",
                waiting,
                "underWay",
                underWay,
                "keys",
                keeper.keys().numbers(),
                "peers",
                world.counts.fates(),
                "reports",
                world.counts.outcomes());
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void loop() {
        try {
            tickedNanos = System.nanoTime();
            while (!closed) {
                turn();
            }
            peers.forEach(peer -> peer.conversation.leave("stopped", "the monitor stops"));
            peers.forEach(this::write);
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                world.onFailure.accept(e);
            }
        } finally {
            closeAll();
        }
    }

    private void turn() throws IOException {
        selector.select(peers.isEmpty() && !exhausted ? 0 : TimeUnit.NANOSECONDS.toMillis(TICK_NANOS));
        woken.set(false);
        long nanos = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Door door) {
                accept(door, nanos);
            } else if (key.attachment() instanceof Peer peer && key.isValid() && key.isReadable()) {
                read(peer, nanos);
            }
        }
        selector.selectedKeys().clear();
        inbox.turn();
        if (nanos - tickedNanos >= TICK_NANOS) {
            tickedNanos = nanos;
            tick(nanos);
        }
        full = full ? !inbox.hasRoom() : inbox.isFull();
        List.copyOf(peers).forEach(peer -> settle(peer, nanos));
        open = peers.size();
        waiting = inbox.waiting();
        underWay = inbox.underWay();
    }

    private void tick(long nanos) {
        keysNow();
        for (Peer peer : peers) {
            if (full) {
                peer.conversation.unread(nanos);
            }
            peer.conversation.tick(nanos);
        }
        if (exhausted && nanos - exhaustedNanos >= EXHAUSTED_NANOS) {
            exhausted = false;
            doors.forEach(door -> door.accepting(true));
        }
    }

    private void keysNow() {
        KeyRing now = world.keys.get();
        if (now != keeper.keys()) {
            keeper.keys(now);
            peers.forEach(peer -> peer.conversation.keysChanged());
        }
    }

    private void accept(Door door, long nanos) {
        try {
            for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
                welcome(door, channel, nanos);
            }
        } catch (IOException e) {
            world.counts.connection("accept-failed");
            LOG.warn("No further connection can be accepted at {} now: {}", door.address, e.getMessage());
            exhausted = true;
            exhaustedNanos = nanos;
            doors.forEach(one -> one.accepting(false));
        }
    }

    private void welcome(Door door, SocketChannel channel, long nanos) throws IOException {
        world.counts.connection("accepted");
        channel.configureBlocking(false);
        if (door.address.transport() == SpAddress.Transport.TCP) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        if (peers.isEmpty()) {
            keysNow();
        }
        byte[] nonce = new byte[Message.NONCE];
        world.chance.accept(nonce);
        Conversation conversation =
                new Conversation(terms, keeper, HexFormat.of().formatHex(nonce), nanos);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Peer peer = new Peer(channel, key, conversation);
        key.attach(peer);
        peers.add(peer);
        if (peers.size() > limits.connections) {
            conversation.turnAway("there are " + limits.connections + " connections already");
        }
    }

    private void read(Peer peer, long nanos) {
        try {
            buffer.clear();
            int octets = peer.read(buffer);
            if (octets < 0) {
                Conversation lost = peer.conversation;
                drop(peer, lost.isWithin() ? "cut" : lost.isOpen() ? "ended" : "silent");
                return;
            }
            for (Conversation.Heard heard : peer.conversation.hear(buffer.flip(), nanos)) {
                if (!inbox.take(peer.conversation, heard)) {
                    return;
                }
            }
        } catch (IOException e) {
            drop(peer, "reset");
        }
    }

    /** Tells a peer what there is to tell, and lets it go where its conversation is over. */
    private void settle(Peer peer, long nanos) {
        peer.conversation.flush();
        if (!write(peer)) {
            return;
        }
        String end = peer.conversation.end();
        if (end != null && peer.isDone(nanos)) {
            drop(peer, end);
        } else {
            peer.interest(!full);
        }
    }

    private boolean write(Peer peer) {
        try {
            peer.write();
            return true;
        } catch (IOException e) {
            String end = peer.conversation.end();
            drop(peer, end == null ? "reset" : end);
            return false;
        }
    }

    private void drop(Peer peer, String why) {
        if (!peers.remove(peer)) {
            return;
        }
        world.counts.connection(why);
        peer.conversation.leave(why, "");
        LOG.debug("A connection of sender '{}' is over: {}", peer.conversation.name(), why);
        try {
            peer.close();
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

    /** Stops hearing. What was heard and not acknowledged comes again when its sender finds a monitor. */
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
