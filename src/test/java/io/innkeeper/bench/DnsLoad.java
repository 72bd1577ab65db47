package io.innkeeper.bench;

import io.innkeeper.bench.DnsPhase.Mode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Asks a DNS server for addresses as quickly as it answers, or at a rate, and checks every answer. One thread does everything,
 * many packets with one system call; nothing is allocated for a packet.
 */
public final class DnsLoad implements AutoCloseable {
    private static final int BATCH = 64;
    private static final int SLOTS = DnsPhase.OPEN_WINDOW;
    private static final int SLOT_MASK = SLOTS - 1;
    private static final int SLOT_BITS = 14;
    private static final int NOBODY = -1;
    private static final long WAIT_MAX_NS = 20_000_000;
    private static final long AWAIT_STEP_NS = 2_000_000;
    private static final long LOST_NS = 1_000_000_000;
    private static final long SEED = 0x9e3779b97f4a7c15L;

    private final Arena arena = Arena.ofShared();
    private final NativeUdp socket;
    private final PacketVector incoming = new PacketVector(arena, BATCH, false);
    private final PacketVector outgoing = new PacketVector(arena, BATCH, false);
    private final DnsPackets known;
    private final DnsPackets blocked;
    private final long serverPid;
    private final Latencies latencies = new Latencies();
    private final Map<Mode, Double> reached = new EnumMap<>(Mode.class);

    // The questions in flight, by slot; the slot is the lower part of the id.
    private final int[] numbers = new int[SLOTS];
    private final int[] ids = new int[SLOTS];
    private final long[] began = new long[SLOTS];
    private final long[] sentAt = new long[SLOTS];
    private final int[] freeSlots = new int[SLOTS];

    // The phase that runs.
    private DnsPhase phase = DnsPhase.parse("hits");
    private DnsPackets packets;
    private int free;
    private int queued;
    private int generation;
    private long random;
    private long started;
    private long nextCheckNs;
    private long firstAnswerAtMs;
    private long right;
    private long wrong;
    private long strays;
    private long lost;

    /**
     * Opens the socket.
     *
     * @param target whom the load goes to; the relay's parts of it have no meaning here
     * @param names how many names exist
     * @param blockedNames how many are blocked
     * @param edns whether questions have an OPT record
     */
    public DnsLoad(LoadTarget target, int names, int blockedNames, boolean edns) throws IOException {
        known = new DnsPackets(arena, DnsPackets.KNOWN, names, edns);
        blocked = new DnsPackets(arena, DnsPackets.BLOCKED, blockedNames, edns);
        packets = known;
        serverPid = target.serverPid();
        socket = new NativeUdp(arena, target.local(), target.localPort());
        socket.connect(target.server(), target.serverPort());
    }

    /**
     * Does a phase to its end, the time for late answers included.
     *
     * @throws IllegalArgumentException where the rate is a part of one that is not known
     */
    public DnsReport run(DnsPhase wanted) {
        begin(wanted);
        LoadMeter meter = new LoadMeter(serverPid);
        meter.start(0);
        long from = System.nanoTime();
        long end = from + (long) (phase.seconds() * 1e9);
        long count = phase.mode() == Mode.EACH ? packets.count() : Long.MAX_VALUE;
        for (long now = from; now - end < 0 && started < count && !isOver(); now = System.nanoTime()) {
            startDue(from, now, count);
            flush();
            receive(free > 0 ? due(from, now) - System.nanoTime() : WAIT_MAX_NS);
        }
        LoadMeter.Measured measured = meter.stop(right);
        while (free < phase.window() && !isOver()) {
            receive(WAIT_MAX_NS);
        }
        if (phase.rate() == 0) {
            reached.put(phase.mode(), measured.perSecond());
        }
        return new DnsReport(
                phase.name(),
                measured.perSecond(),
                phase.rate(),
                LoadReport.Times.of(latencies),
                new DnsReport.Answers(started, right, wrong, strays, lost),
                measured.use(),
                firstAnswerAtMs);
    }

    private boolean isOver() {
        return phase.mode() == Mode.AWAIT && right > 0;
    }

    private void begin(DnsPhase wanted) {
        phase = wanted;
        if (phase.ratePart() > 0) {
            Double full = reached.get(phase.mode());
            if (full == null) {
                throw new IllegalArgumentException(phase.name() + ": a part of which rate?");
            }
            phase = phase.atRate(full * phase.ratePart());
        }
        packets = phase.mode() == Mode.BLOCKED || phase.awaitsBlocked() ? blocked : known;
        Arrays.fill(numbers, NOBODY);
        free = phase.window();
        for (int i = 0; i < free; i++) {
            freeSlots[i] = free - 1 - i;
        }
        random = SEED;
        started = 0;
        firstAnswerAtMs = 0;
        right = 0;
        wrong = 0;
        strays = 0;
        lost = 0;
        latencies.clear();
    }

    /** When question number {@code started} is due. */
    private long due(long from, long now) {
        if (phase.mode() == Mode.AWAIT) {
            return from + started * AWAIT_STEP_NS;
        }
        return phase.rate() > 0 ? from + (long) (started * (1e9 / phase.rate())) : now;
    }

    private void startDue(long from, long now, long count) {
        while (free > 0 && started < count) {
            long due = due(from, now);
            if (due - now > 0) {
                return;
            }
            ask(freeSlots[--free], due, now);
            started++;
        }
    }

    private void ask(int slot, long due, long now) {
        if (queued == BATCH) {
            flush();
        }
        generation++;
        began[slot] = due;
        sentAt[slot] = now;
        ids[slot] = (generation << SLOT_BITS | slot) & 0xffff;
        numbers[slot] = number();
        outgoing.length(queued, packets.write(outgoing.bytes, outgoing.at(queued), ids[slot], numbers[slot]));
        queued++;
    }

    /** Which name is asked for next. */
    private int number() {
        if (phase.mode() == Mode.EACH || phase.mode() == Mode.AWAIT) {
            return (int) (started % packets.count());
        }
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) (((random >>> 32) * packets.count()) >>> 32);
    }

    private void flush() {
        if (queued > 0) {
            socket.send(outgoing, queued);
            queued = 0;
        }
    }

    /** Waits that long for answers, but not for ever, and takes them. */
    private void receive(long waitNs) {
        int got = socket.receive(incoming);
        if (got == 0 && waitNs > 0) {
            socket.await(Math.min(waitNs, WAIT_MAX_NS));
            got = socket.receive(incoming);
        }
        long then = System.nanoTime();
        for (int i = 0; i < got; i++) {
            answer(incoming.at(i), incoming.received(i), then);
        }
        if (then - nextCheckNs > 0) {
            nextCheckNs = then + LOST_NS / 10;
            giveUp(then);
        }
    }

    private void answer(long at, int octets, long now) {
        int id = octets < DnsPackets.HEADER ? 0 : DnsPackets.id(incoming.bytes, at);
        int slot = id & SLOT_MASK;
        int number = numbers[slot];
        if (number == NOBODY || ids[slot] != id || !packets.answers(incoming.bytes, at, octets, number)) {
            strays++;
            return;
        }
        if (packets.isRight(incoming.bytes, at, octets, number)) {
            right++;
            latencies.add(now - began[slot]);
            if (firstAnswerAtMs == 0) {
                firstAnswerAtMs = System.currentTimeMillis();
            }
        } else {
            wrong++;
        }
        release(slot);
    }

    private void release(int slot) {
        numbers[slot] = NOBODY;
        freeSlots[free++] = slot;
    }

    private void giveUp(long now) {
        for (int slot = 0; slot < phase.window(); slot++) {
            if (numbers[slot] != NOBODY && now - sentAt[slot] > LOST_NS) {
                lost++;
                release(slot);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
