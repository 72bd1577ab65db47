package io.innkeeper.bench.rdk;

import io.innkeeper.wire.rdk.SpHello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One message a connection, as the plugins do it: connect, greet, push, close. */
final class Singles {
    /** How many connections are under way at a time. */
    private static final int AT_A_TIME = 16;

    private final InetSocketAddress to;
    private final Messages messages;
    private final AtomicLong pushed = new AtomicLong();

    Singles(InetSocketAddress to, Messages messages) {
        this.to = to;
        this.messages = messages;
    }

    /** How many were pushed so far. */
    long pushed() {
        return pushed.get();
    }

    /** Begins; ends when all threads have ended, which they do when this says so. */
    List<Thread> start(BooleanSupplier over) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            // Addresses of its own: each has as many ports as there are, and closed ones rest for a while.
            byte[] from = {127, 0, 1, (byte) (i + 1)};
            threads.add(Thread.ofPlatform().start(() -> run(from, over)));
        }
        return threads;
    }

    private void run(byte[] from, BooleanSupplier over) {
        ByteBuffer octets = ByteBuffer.allocateDirect(SpHello.LENGTH + Messages.FRAME);
        try {
            InetSocketAddress source = to.getAddress().isLoopbackAddress()
                    ? new InetSocketAddress(InetAddress.getByAddress(from), 0)
                    : null;
            while (!over.getAsBoolean()) {
                octets.clear().put(SpHello.of(SpHello.PUSH));
                synchronized (messages) {
                    messages.put(octets);
                }
                push(source, octets.flip());
                pushed.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void push(@Nullable InetSocketAddress source, ByteBuffer octets) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(source);
            channel.connect(to);
            Pushers.writeAll(channel, octets);
            // What was not read when a connection is closed resets it, and may take the message with it.
            Pushers.readHello(channel);
        }
    }
}
