package io.innkeeper.wire.rdk.v2;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages out of the octets of one direction of one connection. Whatever the octets are, there comes a message, nothing
 * yet, or a {@link Fault}, after which nothing comes any more. Belongs to one thread.
 */
public final class MessageReader {
    /** What the length of a frame, and that of a body which was compressed, may be in octets. */
    public static final int LIMIT = 1 << 20;

    private static final int KNOWN_FLAGS = Frame.DEFLATED | Frame.ENCRYPTED;

    private final int limit;
    private final FrameReader frames;
    private @Nullable BodyCipher cipher;
    private @Nullable Fault fault;
    private byte[] plain = {};

    /** Reads frames up to {@link #LIMIT}, in plain. */
    public MessageReader() {
        this(LIMIT);
    }

    /** @param limit what the length of a frame, and of what it was before it was compressed, may be in octets */
    public MessageReader(int limit) {
        this.limit = limit;
        this.frames = new FrameReader(limit);
    }

    /** From the next message on, all have to be encrypted with this. */
    public void secure(BodyCipher opening) {
        cipher = opening;
    }

    /** The next message; null where the octets do not suffice for one, and after a {@link #fault}. Call it until it is null. */
    public @Nullable Message next(ByteBuffer octets) {
        if (fault != null) {
            return null;
        }
        Frame frame = frames.next(octets);
        if (frame == null) {
            return frames.hasWrongLength() ? failed(Fault.LENGTH) : null;
        }
        return message(frame);
    }

    private @Nullable Message message(Frame frame) {
        FrameType type = FrameType.of(frame.type());
        BodyCipher opening = cipher;
        if (type == null || (opening != null && type.isPlain())) {
            return failed(Fault.TYPE);
        }
        if ((frame.flags() & ~KNOWN_FLAGS) != 0 || frame.has(Frame.ENCRYPTED) != (opening != null)) {
            return failed(Fault.FLAGS);
        }
        byte[] body = frame.body();
        if (opening != null) {
            body = opening.open(frame.head(), body);
            if (body == null) {
                return failed(opening.frames() == 0 ? Fault.AUTHENTICATION : Fault.REPLAYED_OR_ALTERED);
            }
        } else if (type.isPlain()) {
            plain = frame.octets();
        }
        if (frame.has(Frame.DEFLATED)) {
            body = Packing.inflate(body, limit);
            if (body == null) {
                return failed(Fault.INFLATE);
            }
        }
        Message message = MessageCodec.read(type, Objects.requireNonNull(body));
        return message == null ? failed(Fault.MALFORMED) : message;
    }

    private @Nullable Message failed(Fault why) {
        fault = why;
        return null;
    }

    /** Why no message comes any more; null where all is well. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Whether a message has begun and not ended. */
    public boolean isWithin() {
        return frames.isWithin();
    }

    /** The whole frame of the hello, welcome or refusal that came last, for {@link SessionKeys#of}. */
    public byte[] plainFrame() {
        return plain.clone();
    }
}
