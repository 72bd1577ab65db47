package io.innkeeper.wire.rdk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What comes over one connection to a PULL socket, from its first octet on: a greeting, then messages. No input throws, and none
 * takes more memory than a small multiple of what has come. Belongs to one thread.
 */
public sealed interface SpPeer permits SpStreamPeer, SpWebPeer {
    /** A peer that is connected by this transport. */
    static SpPeer of(SpAddress.Transport transport, int limit) {
        return switch (transport) {
            case TCP -> new SpStreamPeer(SpFrames.Form.TCP, limit);
            case IPC -> new SpStreamPeer(SpFrames.Form.IPC, limit);
            case WS -> new SpWebPeer(limit);
        };
    }

    /**
     * The next message, which may be empty; null where the octets do not suffice for one, and after a {@link #fault}. Takes what
     * it needs of the octets and leaves the rest: call it until it returns null.
     */
    byte @Nullable [] next(ByteBuffer octets);

    /** What is to be sent now, which may be nothing. Each octet is given once. */
    byte[] answer();

    /** Whether its greeting was whole and right. */
    boolean isGreeted();

    /** Whether a message has begun and not ended. */
    boolean isWithin();

    /** Why the connection is to be closed, after the {@link #answer}; null where all is well. */
    @Nullable
    Fault fault();

    /** Why a connection is closed. */
    enum Fault {
        /** The greeting is not that of a socket that pushes. */
        GREETING,
        /** A message is announced that is longer than allowed. */
        TOO_LONG,
        /** What comes is not framed as it must be. */
        FRAMING,
        /** It says goodbye. */
        GOODBYE;

        /** The name in counters, such as {@code too-long}. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
