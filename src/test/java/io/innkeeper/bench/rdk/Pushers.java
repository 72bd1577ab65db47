package io.innkeeper.bench.rdk;

import io.innkeeper.wire.rdk.SpHello;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that push message after message, each as a PUSH socket does. Belongs to one thread. */
final class Pushers implements AutoCloseable {
    /** How many messages are written at a time at most. */
    static final int BATCH = 64;

    private final Messages messages;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<ByteBuffer> waiting = new ArrayList<>();

    /** A connection for each interface. */
    Pushers(InetSocketAddress to, Messages messages) throws IOException {
        this.messages = messages;
        for (int i = 0; i < messages.interfaces(); i++) {
            channels.add(greeted(to));
            waiting.add(ByteBuffer.allocateDirect(BATCH * Messages.FRAME));
        }
    }

    /** A connection on which both have greeted. */
    static SocketChannel greeted(InetSocketAddress to) throws IOException {
        SocketChannel channel = SocketChannel.open(to);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        writeAll(channel, ByteBuffer.wrap(SpHello.of(SpHello.PUSH)));
        readHello(channel);
        return channel;
    }

    static void readHello(SocketChannel channel) throws IOException {
        ByteBuffer hello = ByteBuffer.allocate(SpHello.LENGTH);
        while (hello.hasRemaining()) {
            if (channel.read(hello) < 0) {
                throw new EOFException("closed before it greeted");
            }
        }
    }

    static void writeAll(SocketChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    /** Pushes the next messages, at most {@link #BATCH}. Waits where the other side does not read. */
    void push(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            messages.put(waiting.get(messages.interfaceOf(messages.next())));
        }
        for (int i = 0; i < channels.size(); i++) {
            writeAll(channels.get(i), waiting.get(i).flip());
            waiting.get(i).clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
