package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.PluginMessage;
import io.innkeeper.wire.rdk.SpPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/** One connection of a plugin, as the receiver keeps it. Belongs to the receiver's thread. */
final class Line {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The order in which connections were accepted. */
    final long number;

    final ByteChannel channel;
    final SpPeer peer;
    final SelectionKey key;

    /** When it was accepted, then when the message began that is not whole yet; a clock that only goes forward. */
    long sinceNanos;

    /** Messages it has brought. */
    long messages;

    /** The number of messages when {@link #sinceNanos} was set. */
    long messagesThen = -1;

    /** A message for which there was no room yet; nothing is read meanwhile. */
    @Nullable
    PluginMessage held;

    private ByteBuffer rest = NOTHING;

    Line(long number, ByteChannel channel, SpPeer peer, SelectionKey key, long nanos) {
        this.number = number;
        this.channel = channel;
        this.peer = peer;
        this.key = key;
        this.sinceNanos = nanos;
    }

    /** Keeps a message for which there is no room, and what came after it. */
    void hold(PluginMessage message, ByteBuffer after) {
        held = message;
        rest = after.hasRemaining()
                ? ByteBuffer.allocate(after.remaining()).put(after).flip()
                : NOTHING;
    }

    /** What came after the message that was held. */
    ByteBuffer rest() {
        held = null;
        ByteBuffer octets = rest;
        rest = NOTHING;
        return octets;
    }

    /** Sends what the peer is to hear; false where it does not take it, although it is little. */
    boolean answered() throws IOException {
        byte[] answer = peer.answer();
        return answer.length == 0 || channel.write(ByteBuffer.wrap(answer)) == answer.length;
    }
}
