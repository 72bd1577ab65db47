package io.innkeeper.tell.spool;

/**
 * How much may wait.
 *
 * @param messages at most, at least 1
 * @param octets of all messages that wait, names and heads included, at least one message's
 */
public record SpoolLimits(int messages, long octets) {
    /** Days of messages for a box with some interfaces, and small enough for its flash. */
    public static final SpoolLimits USUAL = new SpoolLimits(10_000, 8L << 20);
}
