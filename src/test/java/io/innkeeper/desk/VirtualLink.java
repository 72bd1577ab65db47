package io.innkeeper.desk;

import io.innkeeper.io.FrameBatch;
import io.innkeeper.io.LinkPort;
import io.innkeeper.property.Samples;
import io.innkeeper.wire.ethernet.ArpPacket;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link in virtual time, driven by whoever listens to it: while that one waits, time goes by and things happen. Every fifth
 * packet is lost, in either direction.
 */
final class VirtualLink implements LinkPort {
    /** The only link. */
    static final int INDEX = 2;

    static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    /** The time is up; whoever listened can go. */
    static final class OverException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record Happening(long atNanos, long order, Consumer<FrameBatch> what) {}

    private final Samples samples;
    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparingLong(Happening::atNanos).thenComparingLong(Happening::order));
    private @Nullable BiConsumer<MacAddress, ArpPacket> listener;
    private long order;
    private long nowNanos;
    private volatile boolean woken;
    int lost;

    VirtualLink(Samples samples) {
        this.samples = samples;
    }

    /** Since the beginning. */
    long nowNanos() {
        return nowNanos;
    }

    /** Something that happens. */
    void at(long nanos, Runnable what) {
        happenings.add(new Happening(nanos, order++, _ -> what.run()));
    }

    /** From then on nobody can listen. */
    void endsAt(long nanos) {
        happenings.add(new Happening(nanos, Long.MAX_VALUE, _ -> listener = null));
    }

    /** Who hears what is sent from here and is not lost: to whom, and what. */
    void hosts(BiConsumer<MacAddress, ArpPacket> hears) {
        listener = hears;
    }

    /** A host says something, which arrives at that time or never. */
    void say(long arrivesNanos, ArpPacket packet) {
        if (isLost()) {
            return;
        }
        happenings.add(new Happening(arrivesNanos, order++, batch -> {
            boolean reply = packet.operation() == ArpPacket.Operation.REPLY;
            FrameBatch.Kind kind = reply ? FrameBatch.Kind.HOST : FrameBatch.Kind.BROADCAST;
            packet.writeFrame(batch.bytes(batch.add(INDEX, ArpPacket.FRAME, false, kind)));
        }));
    }

    private boolean isLost() {
        boolean is = samples.oneIn(5);
        lost += is ? 1 : 0;
        return is;
    }

    @Override
    public int receive(FrameBatch batch, int timeoutMs) throws IOException {
        batch.clear();
        long end = timeoutMs < 0 ? Long.MAX_VALUE : nowNanos + timeoutMs * MS;
        while (listener != null) {
            Happening next = happenings.peek();
            boolean inTime = next != null && next.atNanos() <= end;
            boolean enough = batch.isFull() || (batch.count() > 0 && inTime && next.atNanos() > nowNanos);
            if (woken || enough || next == null || !inTime) {
                nowNanos = woken || batch.count() > 0 ? nowNanos : Math.max(nowNanos, end);
                woken = false;
                return batch.count();
            }
            happenings.remove();
            nowNanos = Math.max(nowNanos, next.atNanos());
            next.what().accept(batch);
        }
        throw new OverException();
    }

    @Override
    public int send(FrameBatch batch) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            ArpPacket packet = ArpPacket.parse(batch.bytes(i), batch.length(i)).orElseThrow(AssertionError::new);
            MacAddress to = MacAddress.of(MacAddress.ETHERNET, Arrays.copyOf(batch.bytes(i), 6));
            BiConsumer<MacAddress, ArpPacket> hears = listener;
            if (hears != null && !isLost()) {
                hears.accept(to, packet);
            }
        }
        batch.clear();
        return count;
    }

    @Override
    public boolean hearGroups(int interfaceIndex) {
        return true;
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public long failed() {
        return 0;
    }

    @Override
    public String lastFailure() {
        return "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
