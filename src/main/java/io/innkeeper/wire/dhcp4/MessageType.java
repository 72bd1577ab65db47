package io.innkeeper.wire.dhcp4;

import org.jspecify.annotations.Nullable;

/** What a message says: option 53 (RFC 2132 §9.6; RFC 3203, RFC 4388, RFC 6926, RFC 7724). */
public enum MessageType {
    DISCOVER(1),
    OFFER(2),
    REQUEST(3),
    DECLINE(4),
    ACK(5),
    NAK(6),
    RELEASE(7),
    INFORM(8),
    FORCERENEW(9),
    LEASEQUERY(10),
    LEASEUNASSIGNED(11),
    LEASEUNKNOWN(12),
    LEASEACTIVE(13);

    private static final MessageType[] BY_CODE = new MessageType[14];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** On the wire. */
    public int code() {
        return code;
    }

    /** The type of that code; null for none that is known here. */
    public static @Nullable MessageType of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
