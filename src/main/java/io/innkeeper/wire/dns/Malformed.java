package io.innkeeper.wire.dns;

/** Bytes that are no DNS message, for this reason. */
public enum Malformed implements Parsed {
    /** The bytes end before the message does. */
    TRUNCATED,
    /** Longer than 65,535 octets. */
    OVERSIZED,
    /** A name that is too long, has a label of an unknown kind, or a pointer that does not lead back. */
    BAD_NAME,
    /** Data that are not what their type says. */
    BAD_DATA,
    /** An OPT record that is not alone, not among the additional ones, not of the root, or whose options are cut off. */
    BAD_EDNS
}
