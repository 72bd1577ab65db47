package io.innkeeper.tell;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A connection that never waits. Belongs to one thread, that of its selector. */
final class StreamLink implements AutoCloseable {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();
    private boolean connected;

    /**
     * Begins to connect.
     *
     * @param owner what the key of the selector is to carry
     */
    StreamLink(SocketAddress address, Selector selector, Object owner) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (!unix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            connected = channel.connect(address);
            key = channel.register(selector, 0, owner);
            await();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes on to connect; whether it is connected. */
    boolean finishConnect() throws IOException {
        if (!connected) {
            connected = channel.finishConnect();
            await();
        }
        return connected;
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether everything is written. */
    boolean isWritten() {
        return unwritten.isEmpty();
    }

    /** Writes octets behind those that are not written yet. */
    void write(byte[] octets) throws IOException {
        if (octets.length > 0) {
            unwritten.add(ByteBuffer.wrap(octets));
            write();
        }
    }

    /** Writes as much as goes now. */
    void write() throws IOException {
        for (ByteBuffer first = unwritten.peek(); first != null; first = unwritten.peek()) {
            channel.write(first);
            if (first.hasRemaining()) {
                break;
            }
            unwritten.remove();
        }
        await();
    }

    /**
     * Reads what is there; the buffer is cleared before.
     *
     * @throws EOFException where the other end closed
     */
    void read(ByteBuffer into) throws IOException {
        into.clear();
        if (channel.read(into) < 0) {
            throw new EOFException();
        }
        into.flip();
    }

    private void await() {
        if (!connected) {
            key.interestOps(SelectionKey.OP_CONNECT);
        } else {
            key.interestOps(unwritten.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ended) {
            // It is gone in any case.
        }
    }
}
