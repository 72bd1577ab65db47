package io.innkeeper.wire.rdk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages out of the octets of one connection, after the greeting: a length of eight octets, big endian, then that many
 * octets; on a UNIX socket one octet {@code 01} stands before the length (nanomsg's sp-tcp-mapping-01, sp-ipc-mapping). Octets
 * come in any pieces. It takes no more memory than twice what has come, whatever length is announced. Belongs to one thread.
 */
public final class SpFrames {
    /** The longest message, in octets, that libnanomsg takes unless told otherwise ({@code NN_RCVMAXSIZE}). */
    public static final int USUAL_LIMIT = 1 << 20;

    private static final int LENGTH_OCTETS = 8;
    private static final byte NORMAL = 1;
    private static final int FIRST_PIECE = 2_048;
    private static final byte[] EMPTY = {};

    /** How a connection marks its messages. */
    public enum Form {
        /** Over TCP: the length alone. */
        TCP,
        /** Over a UNIX socket: an octet of kind, then the length. */
        IPC
    }

    /** Why no message comes any more. */
    public enum Fault {
        /** A message is announced that is longer than allowed. */
        TOO_LONG,
        /** The octet of kind is another than 01. */
        KIND
    }

    private final Form form;
    private final int limit;
    private final int headLength;
    private final byte[] head;
    private int headFilled;
    private byte[] body = EMPTY;
    private int bodyLength;
    private int bodyFilled;
    private @Nullable Fault fault;

    /** @param limit octets of the longest message that is taken, 0 or more */
    public SpFrames(Form form, int limit) {
        this.form = form;
        this.limit = limit;
        this.headLength = form == Form.IPC ? LENGTH_OCTETS + 1 : LENGTH_OCTETS;
        this.head = new byte[headLength];
    }

    /**
     * The next message, which may be empty; null where the octets do not suffice for one, and after a {@link #fault}. Takes what
     * it needs of the octets and leaves the rest: call it until it returns null.
     */
    public byte @Nullable [] next(ByteBuffer octets) {
        if (fault != null || !headRead(octets)) {
            return null;
        }
        int taken = Math.min(octets.remaining(), bodyLength - bodyFilled);
        room(bodyFilled + taken);
        octets.get(body, bodyFilled, taken);
        bodyFilled += taken;
        if (bodyFilled < bodyLength) {
            return null;
        }
        byte[] message = body.length == bodyLength ? body : Arrays.copyOf(body, bodyLength);
        body = EMPTY;
        headFilled = 0;
        bodyFilled = 0;
        return message;
    }

    private boolean headRead(ByteBuffer octets) {
        if (headFilled == headLength) {
            return true;
        }
        int taken = Math.min(octets.remaining(), headLength - headFilled);
        octets.get(head, headFilled, taken);
        headFilled += taken;
        if (form == Form.IPC && headFilled > 0 && head[0] != NORMAL) {
            fault = Fault.KIND;
            return false;
        }
        if (headFilled < headLength) {
            return false;
        }
        long length =
                ByteBuffer.wrap(head, headLength - LENGTH_OCTETS, LENGTH_OCTETS).getLong();
        if (length < 0 || length > limit) {
            fault = Fault.TOO_LONG;
            return false;
        }
        bodyLength = (int) length;
        return true;
    }

    /** The announced length is believed step by step, as the octets come. */
    private void room(int needed) {
        if (body.length < needed || (body.length == 0 && bodyLength > 0)) {
            int step = Math.max(Math.max(needed, 2 * body.length), FIRST_PIECE);
            body = Arrays.copyOf(body, Math.min(bodyLength, step));
        }
    }

    /** Why no message comes any more; null where all is well. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Whether a message has begun and not ended. */
    public boolean isWithin() {
        return headFilled > 0;
    }

    /** Octets before a message of that length. */
    public static byte[] head(Form form, long length) {
        ByteBuffer head = ByteBuffer.allocate(form == Form.IPC ? LENGTH_OCTETS + 1 : LENGTH_OCTETS);
        if (form == Form.IPC) {
            head.put(NORMAL);
        }
        return head.putLong(length).array();
    }
}
