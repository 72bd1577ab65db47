package io.innkeeper.wire.rdk.v2;

import java.util.Locale;

/** Why nothing more is read of a connection. */
public enum Fault {
    /** A frame is announced that is longer than allowed, or shorter than its head. */
    LENGTH,
    /** A frame is of no known type, or of one that has no place here. */
    TYPE,
    /** A frame is in plain that has to be encrypted, or the other way round, or has a flag that nobody knows. */
    FLAGS,
    /** The first encrypted frame does not open: another key, or the handshake was altered. */
    AUTHENTICATION,
    /** A later frame does not open: it, or one before it, was altered, left out or sent again. */
    REPLAYED_OR_ALTERED,
    /** A compressed body is damaged, or too long. */
    INFLATE,
    /** A body is no message of its type. */
    MALFORMED;

    /** The name in counters, such as {@code replayed-or-altered}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
