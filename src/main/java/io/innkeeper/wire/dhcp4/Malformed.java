package io.innkeeper.wire.dhcp4;

/** Bytes that are no DHCP message, for this reason. */
public enum Malformed implements Parsed {
    /** Less than the fixed part of 236 octets. */
    TRUNCATED,
    /** Longer than any message we read. */
    OVERSIZED,
    /** op is neither request nor reply. */
    BAD_OP,
    /** The length of the hardware address is over 16. */
    BAD_HARDWARE_LENGTH,
    /** An option that is longer than the field it stands in, or without a length. */
    BAD_OPTION,
    /** An option with a length that its meaning does not allow, where we must know its meaning. */
    BAD_VALUE
}
