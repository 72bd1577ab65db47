package io.innkeeper.wire.syslog;

/**
 * The messages on one connection (RFC 6587): octet counting (§3.4.1: {@code 57 <30>Nov …}), or each ended by a line feed (§3.4.2). Which
 * one is found out by the first octets. One object for one connection; no octets make it throw, and it keeps at most one message.
 *
 * <pre>{@code
 * frames.take(bytes, 0, count);
 * while (frames.next()) {
 *     … frames.bytes(), frames.from(), frames.to()
 * }
 * }</pre>
 */
public final class SyslogFrames {
    /** The longest message in octets; what is behind is cut off. */
    public static final int MAX_MESSAGE = 8_192;

    /** How messages are told apart. */
    public enum Framing {
        /** Nothing came yet. */
        UNKNOWN,
        COUNTED,
        LINES
    }

    /**
     * Gives it the next octets of the connection.
     *
     * @param bytes not to be changed until {@link #next} has said false
     * @param from the first octet
     * @param to behind the last octet
     */
    public void take(byte[] bytes, int from, int to) {}

    /** The connection has ended: {@link #next} then gives a last message without line feed, and what came of one that was counted. */
    public void end() {}

    /** Goes to the next whole message; false where more octets are needed. Empty messages are passed over. */
    public boolean next() {
        return false;
    }

    /** The array where the message stands; good until {@link #next} is called again. */
    public byte[] bytes() {
        return new byte[0];
    }

    /** Where it begins. */
    public int from() {
        return 0;
    }

    /** Where it ends; no line feed, carriage return or NUL is its last octet. One that was counted may have line feeds inside. */
    public int to() {
        return 0;
    }

    /** How messages are told apart on this connection. */
    public Framing framing() {
        return Framing.UNKNOWN;
    }

    /** Messages so far. */
    public long messages() {
        return 0;
    }

    /** Messages that were cut at {@link #MAX_MESSAGE}. */
    public long tooLong() {
        return 0;
    }

    /** How often octets came where the length of a message should be; reading goes on behind the next line feed. */
    public long malformed() {
        return 0;
    }
}
