package io.innkeeper.wire.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

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

    /** The most digits that the length of a message has. */
    private static final int MAX_LENGTH_DIGITS = 9;

    /** How messages are told apart. */
    public enum Framing {
        /** Nothing came yet. */
        UNKNOWN,
        COUNTED,
        LINES
    }

    private enum State {
        /** Before a message. */
        BETWEEN,
        /** In the length of a message that is counted. */
        LENGTH,
        /** In a message that is counted. */
        COUNTED,
        /** In a line. */
        LINE,
        /** Behind octets that were not understood, up to the next line feed. */
        LOST
    }

    private byte[] input = new byte[0];
    private int at;
    private int end;
    private boolean ended;

    /** What came of the message so far, where it came in more than one piece. */
    private byte[] kept = new byte[256];

    private int keptLength;

    private State state = State.BETWEEN;
    private Framing framing = Framing.UNKNOWN;
    private int lengthDigits;

    /** How many octets of the message are still to come, of one that is counted. */
    private int wanted;

    private boolean cut;
    private byte[] message = input;
    private int from;
    private int to;
    private long messages;
    private long tooLong;
    private long malformed;

    /**
     * Gives it the next octets of the connection.
     *
     * @param bytes not to be changed until {@link #next} has said false
     * @param from the first octet
     * @param to behind the last octet
     * @throws IndexOutOfBoundsException if there are not so many octets
     * @throws IllegalStateException if the octets before were not read to their end
     */
    public void take(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        if (at < end) {
            throw new IllegalStateException("next() has not said false yet");
        }
        input = bytes;
        at = from;
        end = to;
    }

    /** The connection has ended: {@link #next} then gives a last message without line feed, and what came of one that was counted. */
    public void end() {
        ended = true;
    }

    /** Goes to the next whole message; false where more octets are needed. Empty messages are passed over. */
    public boolean next() {
        while (at < end) {
            boolean whole = switch (state) {
                case BETWEEN -> between();
                case LENGTH -> length();
                case COUNTED -> counted();
                case LINE -> line();
                case LOST -> lost();
            };
            if (whole && give()) {
                return true;
            }
        }
        if (ended && (state == State.LINE || state == State.COUNTED)) {
            state = State.BETWEEN;
            message = kept;
            from = 0;
            to = keptLength;
            return give();
        }
        return false;
    }

    /** Passes over what some senders put between messages, and sees what comes. */
    private boolean between() {
        byte octet = input[at];
        if (octet == '\n' || octet == '\r' || octet == 0 || octet == ' ') {
            at++;
            return false;
        }
        boolean digit = octet >= '1' && octet <= '9';
        if (framing == Framing.COUNTED && !digit && octet != '<') {
            malformed++;
            state = State.LOST;
            return false;
        }
        keptLength = 0;
        cut = false;
        wanted = 0;
        lengthDigits = 0;
        state = digit && framing != Framing.LINES ? State.LENGTH : State.LINE;
        if (framing == Framing.UNKNOWN && state == State.LINE) {
            framing = Framing.LINES;
        }
        return false;
    }

    /** Reads digits up to a blank. Where something else follows them, they were the beginning of a line. */
    private boolean length() {
        byte octet = input[at];
        if (octet >= '0' && octet <= '9' && lengthDigits < MAX_LENGTH_DIGITS) {
            wanted = wanted * 10 + octet - '0';
            lengthDigits++;
            at++;
        } else if (octet == ' ') {
            at++;
            state = State.COUNTED;
            framing = Framing.COUNTED;
        } else if (framing == Framing.COUNTED) {
            malformed++;
            state = State.LOST;
        } else {
            framing = Framing.LINES;
            byte[] digits = Integer.toString(wanted).getBytes(StandardCharsets.US_ASCII);
            keep(digits, 0, digits.length);
            state = State.LINE;
        }
        return false;
    }

    private boolean counted() {
        int count = Math.min(wanted, end - at);
        wanted -= count;
        piece(at, at + count, wanted == 0);
        at += count;
        state = wanted == 0 ? State.BETWEEN : State.COUNTED;
        return wanted == 0;
    }

    private boolean line() {
        int feed = at;
        while (feed < end && input[feed] != '\n') {
            feed++;
        }
        boolean whole = feed < end;
        piece(at, feed, whole);
        at = whole ? feed + 1 : feed;
        state = whole ? State.BETWEEN : State.LINE;
        return whole;
    }

    private boolean lost() {
        while (at < end && input[at] != '\n') {
            at++;
        }
        state = at < end ? State.BETWEEN : State.LOST;
        return false;
    }

    /** A piece of the message, its last or not. A message of one piece stays where it is. */
    private void piece(int pieceFrom, int pieceTo, boolean last) {
        if (last && keptLength == 0) {
            message = input;
            from = pieceFrom;
            to = Math.min(pieceTo, pieceFrom + MAX_MESSAGE);
            cut |= pieceTo > to;
            return;
        }
        keep(input, pieceFrom, pieceTo);
        message = kept;
        from = 0;
        to = keptLength;
    }

    private void keep(byte[] bytes, int pieceFrom, int pieceTo) {
        int count = Math.min(pieceTo - pieceFrom, MAX_MESSAGE - keptLength);
        cut |= count < pieceTo - pieceFrom;
        if (keptLength + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.clamp(2L * (keptLength + count), kept.length, MAX_MESSAGE));
        }
        System.arraycopy(bytes, pieceFrom, kept, keptLength, count);
        keptLength += count;
    }

    /** Counts the message and takes off what ends it; false where nothing is left. */
    private boolean give() {
        while (to > from && (message[to - 1] == '\n' || message[to - 1] == '\r' || message[to - 1] == 0)) {
            to--;
        }
        keptLength = 0;
        tooLong += cut ? 1 : 0;
        messages += to > from ? 1 : 0;
        return to > from;
    }

    /** The array where the message stands; good until {@link #next} is called again. */
    public byte[] bytes() {
        return message;
    }

    /** Where it begins. */
    public int from() {
        return from;
    }

    /** Where it ends; no line feed, carriage return or NUL is its last octet. One that was counted may have line feeds inside. */
    public int to() {
        return to;
    }

    /** How messages are told apart on this connection. */
    public Framing framing() {
        return framing;
    }

    /** Messages so far. */
    public long messages() {
        return messages;
    }

    /** Messages that were cut at {@link #MAX_MESSAGE}. */
    public long tooLong() {
        return tooLong;
    }

    /** How often octets came where the length of a message should be; reading goes on behind the next line feed. */
    public long malformed() {
        return malformed;
    }
}
