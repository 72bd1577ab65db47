package io.innkeeper.wire.rdk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames of a WebSocket client (RFC 6455 §5.2): always masked, no extensions. */
final class WebFrames {
    private static final int MASK_OCTETS = 4;
    private static final int LONGEST_HEAD = 14;
    private static final int FIRST_PIECE = 2_048;
    private static final byte[] EMPTY = {};

    /** A frame, unmasked. */
    static final class Frame {
        private final int kind;
        private final boolean last;
        private final byte[] payload;

        Frame(int kind, boolean last, byte[] payload) {
            this.kind = kind;
            this.last = last;
            this.payload = payload;
        }

        /** The opcode. */
        int kind() {
            return kind;
        }

        /** Whether a message ends with it. */
        boolean last() {
            return last;
        }

        byte[] payload() {
            return payload;
        }
    }

    private final int limit;
    private final byte[] head = new byte[LONGEST_HEAD];
    private int headFilled;
    private int headLength = 2;
    private byte[] body = EMPTY;
    private int bodyFilled;
    private int bodyLength;
    private SpPeer.@Nullable Fault fault;

    WebFrames(int limit) {
        this.limit = limit;
    }

    /** The next frame; null where the octets do not suffice for one, and after a fault. */
    @Nullable
    Frame next(ByteBuffer octets) {
        if (fault != null || !headRead(octets)) {
            return null;
        }
        int taken = Math.min(octets.remaining(), bodyLength - bodyFilled);
        if (body.length < bodyFilled + taken) {
            int step = Math.max(Math.max(bodyFilled + taken, 2 * body.length), FIRST_PIECE);
            body = Arrays.copyOf(body, Math.min(bodyLength, step));
        }
        octets.get(body, bodyFilled, taken);
        bodyFilled += taken;
        if (bodyFilled < bodyLength) {
            return null;
        }
        for (int i = 0; i < bodyLength; i++) {
            body[i] ^= head[headLength - MASK_OCTETS + (i & 3)];
        }
        Frame frame = new Frame(head[0] & 0x0f, head[0] < 0, body);
        body = EMPTY;
        bodyFilled = 0;
        headFilled = 0;
        headLength = 2;
        return frame;
    }

    private boolean headRead(ByteBuffer octets) {
        while (headFilled < headLength) {
            if (!octets.hasRemaining()) {
                return false;
            }
            head[headFilled++] = octets.get();
            if (headFilled == 2) {
                boolean masked = head[1] < 0;
                if (!masked || (head[0] & 0x70) != 0) {
                    fault = SpPeer.Fault.FRAMING;
                    return false;
                }
                int length = head[1] & 0x7f;
                headLength = 2 + MASK_OCTETS + (length == 126 ? 2 : length == 127 ? 8 : 0);
            }
            if (headFilled == headLength && !lengthRead()) {
                return false;
            }
        }
        return true;
    }

    private boolean lengthRead() {
        int small = head[1] & 0x7f;
        ByteBuffer rest = ByteBuffer.wrap(head, 2, LONGEST_HEAD - 2);
        long length = small == 126 ? rest.getShort() & 0xffffL : small == 127 ? rest.getLong() : small;
        if (length < 0 || length > limit) {
            fault = SpPeer.Fault.TOO_LONG;
            return false;
        }
        bodyLength = (int) length;
        return true;
    }

    SpPeer.@Nullable Fault fault() {
        return fault;
    }

    boolean isWithin() {
        return headFilled > 0;
    }
}
