package io.innkeeper.wire.rdk.v2;

import org.jspecify.annotations.Nullable;

/** Makes the octets of the messages of one direction of one connection, in the order in which they are sent. Belongs to one thread. */
public final class MessageWriter {
    private @Nullable BodyCipher cipher;

    /** From the next message on, all are encrypted with this. */
    public void secure(BodyCipher sealing) {
        cipher = sealing;
    }

    /**
     * The whole frame of a message: compressed where that is worth it, encrypted where there is a key.
     *
     * @throws IllegalArgumentException if the message is longer than a frame may be ({@link MessageReader#LIMIT})
     */
    public byte[] write(Message message) {
        FrameType type = MessageCodec.type(message);
        byte[] body = MessageCodec.write(message);
        if (body.length > MessageReader.LIMIT - BodyCipher.TAG - Frame.COUNTED) {
            throw new IllegalArgumentException("a message of " + body.length + " octets is longer than a frame may be");
        }
        int flags = 0;
        byte[] packed = type.isPlain() ? null : Packing.deflate(body);
        if (packed != null) {
            body = packed;
            flags |= Frame.DEFLATED;
        }
        if (cipher != null) {
            flags |= Frame.ENCRYPTED;
            body = cipher.seal(Frame.head(type.octet, flags, body.length + BodyCipher.TAG), body);
        }
        return new Frame(type.octet, flags, body).octets();
    }
}
