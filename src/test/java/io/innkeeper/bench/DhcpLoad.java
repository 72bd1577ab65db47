package io.innkeeper.bench;

import io.innkeeper.bench.LoadPhase.Mode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Clients of a DHCPv4 server, as many as wanted, behind one relay: makes load, and checks every answer. One thread does
 * everything; nothing is allocated for a packet. Leases must last longer than the load, for an address that comes back to the
 * server would look as if it were given twice.
 */
public final class DhcpLoad implements AutoCloseable {
    private static final int BATCH = 64;
    private static final int SLOTS = LoadPhase.OPEN_WINDOW;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int SLOT_BITS = 14;
    private static final long WAIT_MAX_NS = 20_000_000;
    private static final long AWAIT_STEP_NS = 2_000_000;
    private static final int EXAMPLES_MAX = 5;

    /** What an exchange waits for. */
    private static final byte NOTHING = 0;

    private static final byte OFFER = 1;
    private static final byte ACK = 2;

    private final LoadTarget target;
    private final Arena arena = Arena.ofShared();
    private final NativeUdp socket;
    private final DhcpPackets packets;
    private final PacketVector incoming;
    private final PacketVector outgoing;
    private final LoadClients clients;
    private final Latencies latencies = new Latencies();
    private final Map<Mode, Double> reached = new EnumMap<>(Mode.class);
    private final List<String> examples = new ArrayList<>();
    private AckListener listener = (address, client) -> {};
    private volatile boolean stopped;

    // The exchanges in flight, by slot; the slot is the lower part of the transaction id.
    private final byte[] waitsFor = new byte[SLOTS];
    private final byte[] tries = new byte[SLOTS];
    private final int[] xids = new int[SLOTS];
    private final int[] owner = new int[SLOTS];
    private final int[] address = new int[SLOTS];
    private final int[] serverIds = new int[SLOTS];
    private final long[] began = new long[SLOTS];
    private final long[] sentAt = new long[SLOTS];
    private final int[] freeSlots = new int[SLOTS];

    // The phase that runs.
    private LoadPhase phase = LoadPhase.of(Mode.DORA, 0, 1);
    private int free;
    private int inFlight;
    private int walkers;
    private int queued;
    private int generation;
    private long started;
    private long completed;
    private long nextCheckNs;
    private long firstAnswerAtMs;
    private Counts counts = new Counts();

    /** What a phase has seen so far. */
    private static final class Counts {
        long sent;
        long offers;
        long acks;
        long naks;
        long strays;
        long dropped;
        long failed;
        long moved;
        long wrong;
        long givenTwice;

        LoadReport.Answers answers() {
            return new LoadReport.Answers(sent, offers, acks, naks, strays, dropped, failed, moved, wrong, givenTwice);
        }
    }

    /** Hears of every ACK that is seen, on the thread of the load; addresses are {@code int} bits. */
    public interface AckListener {
        /** An ACK with this address for this client, whose hardware address is {@link DhcpLoad#mac}. */
        void acknowledged(int address, int client);

        /** What came in together was handed over. */
        default void batchEnds() {}
    }

    /** Opens the socket of the relay. */
    public DhcpLoad(LoadTarget target) throws IOException {
        this.target = target;
        packets = new DhcpPackets(arena, target.giaddr());
        incoming = new PacketVector(arena, BATCH, false);
        outgoing = new PacketVector(arena, BATCH, false);
        clients = new LoadClients(target.firstClient());
        for (int i = 0; i < BATCH; i++) {
            outgoing.length(i, DhcpPackets.LENGTH);
        }
        socket = new NativeUdp(arena, target.local(), target.localPort());
        socket.connect(target.server(), target.serverPort());
    }

    /** From now on this one hears of ACKs. */
    public void listen(AckListener ackListener) {
        listener = ackListener;
    }

    /** The hardware address of a client. */
    public static String mac(int client) {
        return DhcpPackets.mac(client);
    }

    /** The address that a client holds, as {@code int} bits; 0 for none. */
    public int address(int client) {
        return clients.address(client);
    }

    /** The first few wrong answers, in words. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** Begins no more exchanges, in this phase and all that follow; any thread may call it. */
    public void stop() {
        stopped = true;
    }

    /**
     * Does a phase to its end, the time for late answers included.
     *
     * @throws IllegalArgumentException where nobody holds a lease and the phase needs somebody, or the rate is a part of one
     *     that is not known
     */
    public LoadReport run(LoadPhase wanted) {
        begin(wanted);
        LoadMeter meter = new LoadMeter(target.serverPid());
        meter.start(0);
        long from = System.nanoTime();
        long end = phase.seconds() > 0 ? from + (long) (phase.seconds() * 1e9) : Long.MAX_VALUE;
        boolean halfway = phase.count() == 0;
        while (true) {
            long now = System.nanoTime();
            boolean more = !stopped && now - end < 0 && (phase.count() == 0 || started < phase.count());
            if (!more) {
                break;
            }
            if (!halfway && completed >= phase.count() / 2) {
                halfway = true;
                meter.start(completed);
                latencies.clear();
            }
            startDue(from, now);
            flush();
            receive(free > 0 ? due(from, now) - System.nanoTime() : WAIT_MAX_NS);
            if (phase.mode() == Mode.AWAIT && completed > 0) {
                break;
            }
        }
        LoadMeter.Measured measured = meter.stop(completed);
        drain();
        return report(measured);
    }

    private void begin(LoadPhase wanted) {
        phase = wanted;
        if (phase.ratePart() > 0) {
            Double full = reached.get(phase.mode());
            if (full == null) {
                throw new IllegalArgumentException(phase.name() + ": a part of which rate?");
            }
            phase = phase.atRate(full * phase.ratePart());
        }
        walkers = clients.held();
        clients.walk();
        boolean holders = phase.mode() == Mode.RENEW || phase.mode() == Mode.AGAIN;
        if (holders && walkers == 0) {
            throw new IllegalArgumentException(phase.name() + ": nobody holds a lease");
        }
        free = holders ? Math.min(phase.window(), walkers) : phase.window();
        for (int i = 0; i < free; i++) {
            freeSlots[i] = free - 1 - i;
        }
        started = 0;
        completed = 0;
        firstAnswerAtMs = 0;
        counts = new Counts();
        latencies.clear();
    }

    private LoadReport report(LoadMeter.Measured measured) {
        if (phase.rate() == 0) {
            reached.put(phase.mode(), measured.perSecond());
        }
        return new LoadReport(
                phase.name(),
                clients.held(),
                completed,
                measured.perSecond(),
                phase.rate(),
                LoadReport.Times.of(latencies),
                counts.answers(),
                measured.use(),
                firstAnswerAtMs);
    }

    /** When exchange number {@code started} is due. */
    private long due(long from, long now) {
        if (phase.mode() == Mode.AWAIT) {
            return from + started * AWAIT_STEP_NS;
        }
        return phase.rate() > 0 ? from + (long) (started * (1e9 / phase.rate())) : now;
    }

    private void startDue(long from, long now) {
        while (free > 0 && (phase.count() == 0 || started < phase.count())) {
            long due = due(from, now);
            if (due - now > 0) {
                return;
            }
            int slot = freeSlots[--free];
            began[slot] = due;
            start(slot, now);
            started++;
        }
    }

    private void start(int slot, long now) {
        generation++;
        inFlight++;
        xids[slot] = (generation << SLOT_BITS) | slot;
        tries[slot] = 0;
        boolean renew = phase.mode() == Mode.RENEW;
        boolean holder = renew || phase.mode() == Mode.AGAIN;
        owner[slot] = holder ? clients.nextHolder(walkers) : clients.newClient();
        address[slot] = holder ? clients.address(owner[slot]) : 0;
        waitsFor[slot] = renew ? ACK : OFFER;
        send(slot, now);
    }

    private void send(int slot, long now) {
        if (queued == BATCH) {
            flush();
        }
        long at = outgoing.at(queued++);
        if (waitsFor[slot] == OFFER) {
            packets.writeDiscover(outgoing.bytes, at, xids[slot], owner[slot]);
        } else if (phase.mode() == Mode.RENEW) {
            packets.writeRenew(outgoing.bytes, at, xids[slot], owner[slot], address[slot], phase.direct());
        } else {
            packets.writeRequest(outgoing.bytes, at, xids[slot], owner[slot], address[slot], serverIds[slot]);
        }
        sentAt[slot] = now;
        tries[slot]++;
        counts.sent++;
    }

    private void flush() {
        if (queued > 0) {
            socket.send(outgoing, queued);
            queued = 0;
        }
    }

    /** Waits that long for answers, but not for ever, and does what follows from them. */
    private void receive(long waitNs) {
        int got = socket.receive(incoming);
        if (got == 0 && waitNs > 0) {
            socket.await(Math.min(waitNs, WAIT_MAX_NS));
            got = socket.receive(incoming);
        }
        long then = System.nanoTime();
        for (int i = 0; i < got; i++) {
            answer(incoming.bytes, incoming.at(i), incoming.received(i), then);
        }
        if (got > 0) {
            listener.batchEnds();
        }
        flush();
        if (then - nextCheckNs > 0) {
            nextCheckNs = then + target.timeoutMs() * 1_000_000L / 10;
            askAgain(then);
        }
    }

    private void answer(MemorySegment from, long at, int length, long now) {
        long typeAndServer = DhcpPackets.typeAndServer(from, at, length);
        int xid = typeAndServer == DhcpPackets.NO_ANSWER ? 0 : DhcpPackets.xid(from, at);
        int slot = xid & SLOT_MASK;
        int type = (int) (typeAndServer >> 32);
        boolean expected = type == DhcpPackets.OFFER
                ? waitsFor[slot] == OFFER
                : waitsFor[slot] == ACK && (type == DhcpPackets.ACK || type == DhcpPackets.NAK);
        if (xids[slot] != xid || !expected) {
            counts.strays++;
            return;
        }
        int server = (int) typeAndServer;
        if (server == 0 || DhcpPackets.client(from, at) != owner[slot]) {
            wrong(slot, "an answer without server identifier or for another client");
        }
        if (firstAnswerAtMs == 0) {
            firstAnswerAtMs = System.currentTimeMillis();
        }
        if (type == DhcpPackets.OFFER) {
            offered(slot, DhcpPackets.yiaddr(from, at), server, now);
        } else if (type == DhcpPackets.ACK) {
            acknowledged(slot, DhcpPackets.yiaddr(from, at), now);
        } else {
            counts.naks++;
            fail(slot);
        }
    }

    private void offered(int slot, int offer, int server, long now) {
        counts.offers++;
        if (offer == 0) {
            wrong(slot, "an OFFER without address");
        }
        if (phase.mode() == Mode.DISCOVER || phase.mode() == Mode.AWAIT) {
            complete(slot, now);
            return;
        }
        if (address[slot] != 0 && address[slot] != offer) {
            counts.moved++;
        }
        address[slot] = offer;
        serverIds[slot] = server;
        waitsFor[slot] = ACK;
        tries[slot] = 0;
        send(slot, now);
    }

    private void acknowledged(int slot, int given, long now) {
        counts.acks++;
        if (given != address[slot]) {
            wrong(slot, "an ACK for " + LoadTarget.text(given));
        }
        int other = clients.give(owner[slot], given);
        if (other >= 0) {
            counts.givenTwice++;
            example(LoadTarget.text(given) + " given to " + mac(owner[slot]) + " while " + mac(other) + " holds it");
        }
        listener.acknowledged(given, owner[slot]);
        complete(slot, now);
    }

    private void wrong(int slot, String what) {
        counts.wrong++;
        example(mac(owner[slot]) + ", " + LoadTarget.text(address[slot]) + ": " + what);
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(text);
        }
    }

    private void complete(int slot, long now) {
        completed++;
        latencies.add(now - began[slot]);
        release(slot);
    }

    private void fail(int slot) {
        counts.failed++;
        release(slot);
    }

    private void release(int slot) {
        waitsFor[slot] = NOTHING;
        inFlight--;
        freeSlots[free++] = slot;
    }

    private void askAgain(long now) {
        for (int slot = 0; slot < phase.window(); slot++) {
            if (waitsFor[slot] != NOTHING && now - sentAt[slot] > target.timeoutMs() * 1_000_000L) {
                counts.dropped++;
                if (tries[slot] >= target.tries()) {
                    fail(slot);
                } else {
                    send(slot, now);
                }
            }
        }
        flush();
    }

    /** Waits for the answers that are still to come; with the time-out and the tries it ends by itself. */
    private void drain() {
        if (phase.mode() == Mode.AWAIT) {
            for (int slot = 0; slot < phase.window(); slot++) {
                waitsFor[slot] = NOTHING;
            }
            inFlight = 0;
        }
        while (inFlight > 0 && !stopped) {
            receive(WAIT_MAX_NS);
        }
        inFlight = 0;
        Arrays.fill(waitsFor, NOTHING);
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
