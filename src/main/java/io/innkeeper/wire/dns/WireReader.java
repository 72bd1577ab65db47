package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message from its beginning on. What is wrong is kept, the first thing of all; from then on everything read is empty,
 * so that callers ask once, at their end.
 */
final class WireReader {
    /** The octets of the header. */
    static final int HEADER = 12;

    private static final int POINTER = 0xc0;

    private final byte[] bytes;

    /** The first octet of the message. */
    private final int from;

    /** Behind the last octet of the message. */
    private final int end;

    /** Behind the last octet that may be read: the end of the message, or of the data of a record. */
    private int limit;

    /** True inside of the data of a record. */
    private boolean confined;

    private int at;
    private @Nullable Malformed wrong;
    private final byte[] name = new byte[DnsName.MAX_LENGTH];

    /** The name of the first question, that most records have too, and where it stands. */
    private @Nullable DnsName questioned;

    WireReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.end = from + length;
        this.limit = end;
        this.at = from;
    }

    @Nullable
    Malformed wrong() {
        return wrong;
    }

    boolean fine() {
        return wrong == null;
    }

    void fail(Malformed why) {
        if (wrong == null) {
            wrong = why;
        }
    }

    /** Where the next octet is, from the beginning of the message. */
    int at() {
        return at - from;
    }

    /** The octets that are left of what may be read. */
    int remaining() {
        return limit - at;
    }

    /** Confines what is read to the next octets; false, and a failure, where there are not so many. */
    boolean confine(int length) {
        if (!has(length)) {
            return false;
        }
        limit = at + length;
        confined = true;
        return true;
    }

    /** Goes back to the whole message. What was confined must have been read to its end. */
    void release() {
        if (fine() && at != limit) {
            fail(Malformed.BAD_DATA);
        }
        limit = end;
        confined = false;
    }

    /** Reads again from a place, without what went wrong since, to the end of what it is confined to. */
    void again(int place) {
        at = from + place;
        wrong = null;
    }

    private boolean has(int octets) {
        if (wrong == null && octets > limit - at) {
            wrong = ended(confined);
        }
        return wrong == null;
    }

    private static Malformed ended(boolean inData) {
        return inData ? Malformed.BAD_DATA : Malformed.TRUNCATED;
    }

    int u8() {
        return has(1) ? bytes[at++] & 0xff : 0;
    }

    int u16() {
        return has(2) ? (bytes[at++] & 0xff) << 8 | (bytes[at++] & 0xff) : 0;
    }

    long u32() {
        return has(4) ? (long) u16() << 16 | u16() : 0;
    }

    /** The next octets. */
    Octets octets(int length) {
        return Octets.of(array(length));
    }

    /** The next octets, for the caller. */
    byte[] array(int length) {
        if (!has(length)) {
            return new byte[0];
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    void skip(int length) {
        at += has(length) ? length : 0;
    }

    /** A character string: a length octet and so many octets (RFC 1035 §3.3). */
    Octets string() {
        return octets(u8());
    }

    /** A name that may end in a pointer. The root where it is wrong. */
    DnsName name() {
        if (questioned != null && remaining() >= 2 && (bytes[at] & 0xff) == POINTER && bytes[at + 1] == HEADER) {
            at += 2;
            return questioned;
        }
        int place = at();
        int length = nameInto(name, true);
        DnsName read = length == 0 ? DnsName.ROOT : DnsName.trusted(Arrays.copyOf(name, length));
        if (place == HEADER && length > 0) {
            questioned = read;
        }
        return read;
    }

    /** A name that may not end in a pointer (RFC 3597 §4). */
    DnsName plainName() {
        int length = nameInto(name, false);
        return length == 0 ? DnsName.ROOT : DnsName.trusted(Arrays.copyOf(name, length));
    }

    /** Reads a name, and checks it, without making one. */
    void skipName() {
        nameInto(name, true);
    }

    /**
     * Copies a name; its length, 0 where it is wrong. Pointers lead to before the part that they stand in, which ends them
     * (RFC 1035 §4.1.4), and there are no more of them than labels in the longest name, so that nobody makes us walk far.
     */
    private int nameInto(byte[] into, boolean pointers) {
        int place = at;
        int part = at;
        int behind = -1;
        int length = 0;
        int left = pointers ? DnsName.MAX_LABELS : 0;
        int stop = limit;
        boolean inData = confined;
        while (wrong == null) {
            if (place >= stop) {
                fail(ended(inData));
                break;
            }
            int label = bytes[place] & 0xff;
            if (label >= POINTER) {
                int target = place + 1 < stop ? from + ((label & 0x3f) << 8 | (bytes[place + 1] & 0xff)) : part;
                behind = behind < 0 ? place + 2 : behind;
                if (left-- == 0 || target >= part || target < from + HEADER) {
                    fail(Malformed.BAD_NAME);
                }
                place = target;
                part = target;
                stop = end;
                inData = false;
            } else if (label > DnsName.MAX_LABEL || length + label + (label == 0 ? 1 : 2) > DnsName.MAX_LENGTH) {
                fail(Malformed.BAD_NAME);
            } else if (place + 1 + label > stop) {
                fail(ended(inData));
            } else {
                System.arraycopy(bytes, place, into, length, 1 + label);
                length += 1 + label;
                place += 1 + label;
                if (label == 0) {
                    at = behind < 0 ? place : behind;
                    return length;
                }
            }
        }
        return 0;
    }
}
