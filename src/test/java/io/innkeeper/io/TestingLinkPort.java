package io.innkeeper.io;

import io.innkeeper.wire.net.Octets;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A link port without a network: a test delivers what arrives, and looks at what was sent. */
public final class TestingLinkPort implements LinkPort {
    /** A frame, one way or the other. */
    public record Frame(Octets bytes, int interfaceIndex, FrameBatch.Kind kind) {}

    /** Empty for a wake-up. */
    private final LinkedBlockingQueue<Optional<Frame>> arriving = new LinkedBlockingQueue<>();

    private final LinkedBlockingQueue<Frame> sent = new LinkedBlockingQueue<>();
    private volatile boolean closed;

    /** Lets a frame arrive. */
    public void deliver(byte[] frame, int interfaceIndex, FrameBatch.Kind kind) {
        arriving.add(Optional.of(new Frame(Octets.of(frame), interfaceIndex, kind)));
    }

    /** The next frame that was sent; waits for it. */
    public Frame nextSent() throws InterruptedException {
        Frame frame = sent.poll(10, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame was sent");
        }
        return frame;
    }

    /** How many frames were sent and not taken yet. */
    public int waiting() {
        return sent.size();
    }

    /** True once it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int receive(FrameBatch batch, int timeoutMs) throws IOException {
        batch.clear();
        Optional<Frame> next = await(timeoutMs);
        while (next.isPresent()) {
            add(next.get(), batch);
            next = batch.isFull() ? Optional.empty() : await(0);
        }
        return batch.count();
    }

    private static void add(Frame frame, FrameBatch batch) {
        int length = Math.min(frame.bytes().length(), FrameBatch.MAX_LENGTH);
        boolean cut = length < frame.bytes().length();
        int index = batch.add(frame.interfaceIndex(), length, cut, frame.kind());
        System.arraycopy(frame.bytes().toArray(), 0, batch.bytes(index), 0, length);
    }

    private Optional<Frame> await(int timeoutMs) throws IOException {
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

    @Override
    public int send(FrameBatch batch) {
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            Octets frame = Octets.of(Arrays.copyOf(batch.bytes(i), batch.length(i)));
            sent.add(new Frame(frame, batch.interfaceIndex(i), FrameBatch.Kind.OUTGOING));
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
        arriving.add(Optional.empty());
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
        closed = true;
    }
}
