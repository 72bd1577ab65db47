package io.innkeeper.wire.rdk.v2;

import org.jspecify.annotations.Nullable;

/** What a frame carries. */
enum FrameType {
    HELLO(1),
    WELCOME(2),
    REFUSED(3),
    REPORTS(4),
    ACKS(5),
    PING(6),
    PONG(7),
    GOODBYE(8);

    /** Its octet on the wire. */
    final int octet;

    FrameType(int octet) {
        this.octet = octet;
    }

    /** What this octet means; null for nothing that is known. */
    static @Nullable FrameType of(int octet) {
        return switch (octet) {
            case 1 -> HELLO;
            case 2 -> WELCOME;
            case 3 -> REFUSED;
            case 4 -> REPORTS;
            case 5 -> ACKS;
            case 6 -> PING;
            case 7 -> PONG;
            case 8 -> GOODBYE;
            default -> null;
        };
    }

    /** Whether it goes before there are session keys, and so always in plain. */
    boolean isPlain() {
        return this == HELLO || this == WELCOME || this == REFUSED;
    }
}
