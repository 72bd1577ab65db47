package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ports of which the test is the other end: batches go in, replies come out. */
final class TestingPorts implements DhcpPorts {
    /** A packet as it comes in. */
    record Incoming(Octets bytes, @Nullable Arrival arrival) {}

    /** A reply as it goes out. */
    record Sent(DhcpMessage message, Route route) {}

    private final BlockingQueue<List<Incoming>> incoming = new LinkedBlockingQueue<>();
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final List<Sent> put = new ArrayList<>();
    private List<Incoming> batch = List.of();
    volatile boolean closed;

    /** Replies of this transaction cannot be written. */
    volatile int breaksFor = -1;

    /** These packets come together. */
    void come(List<Incoming> packets) {
        incoming.add(packets);
    }

    /** This message comes. */
    void come(DhcpMessage message, Arrival arrival) {
        come(List.of(packet(message, arrival)));
    }

    static Incoming packet(DhcpMessage message, @Nullable Arrival arrival) {
        byte[] bytes = new byte[2_048];
        int length = message.write(bytes, 0, 1_472);
        return new Incoming(Octets.of(Arrays.copyOf(bytes, length)), arrival);
    }

    /** The next reply; null where none comes within ten seconds. */
    @Nullable
    Sent next() throws InterruptedException {
        return sent.poll(10, TimeUnit.SECONDS);
    }

    /** How many replies wait to be looked at. */
    int waiting() {
        return sent.size();
    }

    @Override
    public int receive(int timeoutMs) {
        try {
            List<Incoming> next = incoming.poll(timeoutMs, TimeUnit.MILLISECONDS);
            batch = next == null ? List.of() : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            batch = List.of();
        }
        return batch.size();
    }

    @Override
    public byte[] bytes(int packet) {
        return batch.get(packet).bytes().toArray();
    }

    @Override
    public int length(int packet) {
        return batch.get(packet).bytes().length();
    }

    @Override
    public @Nullable Arrival arrival(int packet) {
        return batch.get(packet).arrival();
    }

    @Override
    public Arrival anyArrival(int packet) {
        Arrival arrival = arrival(packet);
        return arrival == null ? new Arrival(Arrival.Link.NONE, 0, 0, 0) : arrival;
    }

    @Override
    public void put(DhcpMessage message, Route route, int maxSize) {
        if (message.xid() == breaksFor) {
            throw new IllegalStateException("cannot be written");
        }
        put.add(new Sent(message, route));
    }

    @Override
    public int send() {
        sent.addAll(put);
        put.clear();
        return 0;
    }

    @Override
    public void wake() {
        incoming.add(List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
