package io.innkeeper.wire.rdk.v2;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames out of the octets of one connection, which come in any pieces. It takes no more memory than twice what has come,
 * whatever length is announced. Belongs to one thread.
 */
final class FrameReader {
    private static final int FIRST_PIECE = 2_048;
    private static final byte[] EMPTY = {};

    private final int limit;
    private final ByteBuffer head = ByteBuffer.allocate(Frame.HEAD);
    private byte[] body = EMPTY;
    private int bodyLength;
    private int bodyFilled;
    private boolean wrongLength;

    /** @param limit what the length of a frame may be */
    FrameReader(int limit) {
        this.limit = limit;
    }

    /**
     * The next frame; null where the octets do not suffice for one, and where one is announced that {@link #hasWrongLength}. Takes
     * what it needs of the octets and leaves the rest.
     */
    @Nullable
    Frame next(ByteBuffer octets) {
        if (wrongLength || !headRead(octets)) {
            return null;
        }
        int taken = Math.min(octets.remaining(), bodyLength - bodyFilled);
        room(bodyFilled + taken);
        octets.get(body, bodyFilled, taken);
        bodyFilled += taken;
        if (bodyFilled < bodyLength) {
            return null;
        }
        byte[] whole = body.length == bodyLength ? body : Arrays.copyOf(body, bodyLength);
        Frame frame = new Frame(head.get(4) & 0xff, head.get(5) & 0xff, whole);
        head.clear();
        body = EMPTY;
        bodyFilled = 0;
        return frame;
    }

    private boolean headRead(ByteBuffer octets) {
        if (!head.hasRemaining()) {
            return true;
        }
        while (head.hasRemaining() && octets.hasRemaining()) {
            head.put(octets.get());
        }
        if (head.position() >= Integer.BYTES) {
            long length = Integer.toUnsignedLong(head.getInt(0));
            wrongLength = length > limit || length < Frame.COUNTED;
            bodyLength = wrongLength ? 0 : (int) length - Frame.COUNTED;
        }
        return !wrongLength && !head.hasRemaining();
    }

    /** The announced length is believed step by step, as the octets come. */
    private void room(int needed) {
        if (body.length < needed || (body.length == 0 && bodyLength > 0)) {
            int step = Math.max(Math.max(needed, 2 * body.length), FIRST_PIECE);
            body = Arrays.copyOf(body, Math.min(bodyLength, step));
        }
    }

    /** Whether a length was announced that no frame may have; nothing comes any more. */
    boolean hasWrongLength() {
        return wrongLength;
    }

    /** Whether a frame has begun and not ended. */
    boolean isWithin() {
        return head.position() > 0;
    }
}
