package io.innkeeper.io;

import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A UDP port without a network: a test delivers what arrives, and looks at what was sent. */
public final class TestingUdpPort implements UdpPort {
    /** A packet, one way or the other; addresses as 32 bits. */
    public record Packet(
            Octets payload, int fromAddress, int fromPort, int toAddress, int toPort, int interfaceIndex) {}

    private static final int PORT = 67;

    /** Empty for a wake-up. */
    private final LinkedBlockingQueue<Optional<Packet>> arriving = new LinkedBlockingQueue<>();

    private final LinkedBlockingQueue<Packet> sent = new LinkedBlockingQueue<>();
    private volatile @Nullable IOException broken;
    private volatile boolean refusing;
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean closed;

    /** Lets a packet arrive. */
    public void deliver(byte[] payload, int fromAddress, int fromPort, int toAddress, int interfaceIndex) {
        Octets octets = Octets.of(payload);
        arriving.add(Optional.of(new Packet(octets, fromAddress, fromPort, toAddress, PORT, interfaceIndex)));
    }

    /** Lets each further {@link #receive} fail. */
    public void breakDown(IOException why) {
        broken = why;
        arriving.add(Optional.empty());
    }

    /** Lets the sending of packets fail from now on, or succeed again. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** The next packet that was sent; waits for it. */
    public Packet nextSent() throws InterruptedException {
        Packet packet = sent.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("nothing was sent");
        }
        return packet;
    }

    /** All packets that were sent and not taken yet. */
    public List<Packet> sentSoFar() {
        List<Packet> packets = new ArrayList<>();
        sent.drainTo(packets);
        return packets;
    }

    /** True once it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int receive(ReceiveBatch batch, int timeoutMs) throws IOException {
        batch.clear();
        Optional<Packet> next = await(timeoutMs);
        IOException failure = broken;
        if (failure != null) {
            throw failure;
        }
        while (next.isPresent()) {
            add(next.get(), batch);
            next = batch.count() < ReceiveBatch.CAPACITY ? await(0) : Optional.empty();
        }
        return batch.count();
    }

    private Optional<Packet> await(int timeoutMs) throws IOException {
        try {
            if (timeoutMs < 0) {
                return arriving.take();
            }
            return Objects.requireNonNullElse(arriving.poll(timeoutMs, TimeUnit.MILLISECONDS), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void add(Packet packet, ReceiveBatch batch) {
        int length = Math.min(packet.payload().length(), ReceiveBatch.MAX_LENGTH);
        boolean cut = length < packet.payload().length();
        int index = batch.add(
                length, cut, packet.fromAddress(), packet.fromPort(), packet.toAddress(), packet.interfaceIndex());
        System.arraycopy(packet.payload().toArray(), 0, batch.bytes(index), 0, length);
    }

    @Override
    public int send(SendBatch batch) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            if (refusing) {
                failed.incrementAndGet();
            } else {
                Octets payload = Octets.of(Arrays.copyOf(batch.bytes(i), batch.length(i)));
                sent.add(new Packet(
                        payload,
                        batch.fromAddress(i),
                        PORT,
                        batch.toAddress(i),
                        batch.toPort(i),
                        batch.interfaceIndex(i)));
            }
        }
        batch.clear();
        return refusing ? 0 : count;
    }

    @Override
    public void wake() {
        arriving.add(Optional.empty());
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long failed() {
        return failed.get();
    }

    @Override
    public String lastFailure() {
        return failed.get() == 0 ? "" : "refused by the test";
    }

    @Override
    public int localPort() {
        return PORT;
    }

    @Override
    public void close() {
        closed = true;
    }
}
