package io.innkeeper.wire.rdk.v2;

import java.nio.ByteBuffer;

/**
 * One frame: its length, its type, its flags, its body.
 *
 * @param type an octet, perhaps one that means nothing
 * @param flags an octet; see {@link #DEFLATED} and {@link #ENCRYPTED}
 * @param body as it is on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // made, read, forgotten: nobody compares frames
record Frame(int type, int flags, byte[] body) {
    /** The flag of a body that is compressed (RFC 1950). */
    static final int DEFLATED = 1;

    /** The flag of a body that is encrypted. */
    static final int ENCRYPTED = 2;

    /** Octets before the body: four of length, one of type, one of flags. */
    static final int HEAD = 6;

    /** Octets of the head that the length counts. */
    static final int COUNTED = 2;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The octets before the body. */
    byte[] head() {
        return head(type, flags, body.length);
    }

    static byte[] head(int type, int flags, int bodyLength) {
        return ByteBuffer.allocate(HEAD)
                .putInt(bodyLength + COUNTED)
                .put((byte) type)
                .put((byte) flags)
                .array();
    }

    /** All its octets. */
    byte[] octets() {
        return ByteBuffer.allocate(HEAD + body.length).put(head()).put(body).array();
    }
}
