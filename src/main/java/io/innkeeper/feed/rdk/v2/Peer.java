package io.innkeeper.feed.rdk.v2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection: its socket and its conversation. Belongs to the receiver's thread. */
final class Peer {
    /** How long a connection that ended has to take what it is still to hear. */
    private static final long PARTING_NANOS = 1_000_000_000L;

    final Conversation conversation;
    private final SocketChannel channel;
    private final SelectionKey key;
    private @Nullable Long endedNanos;

    Peer(SocketChannel channel, SelectionKey key, Conversation conversation) {
        this.channel = channel;
        this.key = key;
        this.conversation = conversation;
    }

    /** Reads into the buffer; negative at the end. */
    int read(ByteBuffer buffer) throws IOException {
        return channel.read(buffer);
    }

    /** Writes what the socket takes. */
    void write() throws IOException {
        for (ByteBuffer next = conversation.outgoing(); next != null; next = conversation.outgoing()) {
            int octets = channel.write(next);
            conversation.written(octets);
            if (octets == 0) {
                return;
            }
        }
    }

    /** What the selector is to wait for. */
    void interest(boolean mayRead) {
        int read = mayRead && conversation.isListening() ? SelectionKey.OP_READ : 0;
        int write = conversation.outgoing() == null ? 0 : SelectionKey.OP_WRITE;
        if (key.isValid()) {
            key.interestOps(read | write);
        }
    }

    /** Whether it ended, and has heard what it was to hear, or had the time for it. */
    boolean isDone(long nanos) {
        if (conversation.end() == null) {
            return false;
        }
        if (endedNanos == null) {
            endedNanos = nanos;
        }
        return conversation.outgoing() == null || nanos - endedNanos >= PARTING_NANOS;
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
