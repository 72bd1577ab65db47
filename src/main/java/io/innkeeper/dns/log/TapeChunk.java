package io.innkeeper.dns.log;

import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.net.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Some rows one behind the other: fixed fields, then the name. Belongs to one thread at a time. */
final class TapeChunk {
    /** Octets of a chunk. */
    static final int SIZE = 64 * 1024;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private static final int AT = 0;
    private static final int HIGH = 8;
    private static final int LOW = 16;
    private static final int MICROS = 24;
    private static final int TYPE = 28;
    private static final int RCODE = 30;
    private static final int DETAIL = 32;
    private static final int STEP = 34;
    private static final int TRANSPORT = 35;
    private static final int SECURITY = 36;
    private static final int NAME_LENGTH = 37;
    private static final int NAME = 38;
    private static final int LONGEST_ROW = NAME + DnsName.MAX_LENGTH;

    /** The upper half of the lower 64 bits of an IPv4 address in its IPv6 form (RFC 4291 §2.5.5.2). */
    private final byte[] bytes = new byte[SIZE];

    private int length;
    private int count;

    /** Where the row is that the reader looks at. */
    private int at;

    private int next;

    /** Appends a row; there must be room. A name without octets, or with too many, becomes the root. */
    void add(
            long atMs,
            long clientHigh,
            long clientLow,
            byte[] message,
            int nameAt,
            int nameLength,
            int type,
            int rcode,
            int step,
            int detail,
            int micros,
            int transport,
            int security) {
        int row = length;
        LONG.set(bytes, row + AT, atMs);
        LONG.set(bytes, row + HIGH, clientHigh);
        LONG.set(bytes, row + LOW, clientLow);
        INT.set(bytes, row + MICROS, micros);
        SHORT.set(bytes, row + TYPE, (short) type);
        SHORT.set(bytes, row + RCODE, (short) rcode);
        SHORT.set(bytes, row + DETAIL, (short) detail);
        bytes[row + STEP] = (byte) step;
        bytes[row + TRANSPORT] = (byte) transport;
        bytes[row + SECURITY] = (byte) security;
        int octets = nameLength < 1 || nameLength > DnsName.MAX_LENGTH ? 0 : nameLength;
        bytes[row + NAME_LENGTH] = (byte) octets;
        System.arraycopy(message, nameAt, bytes, row + NAME, octets);
        length = row + NAME + octets;
        count++;
    }

    boolean isFull() {
        return SIZE - length < LONGEST_ROW;
    }

    int count() {
        return count;
    }

    /** When the first row was. */
    long firstAtMs() {
        return (long) LONG.get(bytes, AT);
    }

    void clear() {
        length = 0;
        count = 0;
        at = 0;
        next = 0;
    }

    /** Goes to the next row, first to the first; false where there is none. */
    boolean advance() {
        if (next >= length) {
            return false;
        }
        at = next;
        next = at + NAME + (bytes[at + NAME_LENGTH] & 0xff);
        return true;
    }

    long atMs() {
        return (long) LONG.get(bytes, at + AT);
    }

    IpAddress client() {
        long high = (long) LONG.get(bytes, at + HIGH);
        long low = (long) LONG.get(bytes, at + LOW);
        return IpAddress.ofMapped(high, low);
    }

    /** In small letters; the root where it is no name. */
    LoggedName name(NameCache names) {
        return names.name(bytes, at + NAME, bytes[at + NAME_LENGTH] & 0xff);
    }

    int type() {
        return (short) SHORT.get(bytes, at + TYPE) & 0xffff;
    }

    int rcode() {
        return (short) SHORT.get(bytes, at + RCODE) & 0xffff;
    }

    QueryStep step() {
        return RowColumns.step(bytes[at + STEP]);
    }

    int detail() {
        return (short) SHORT.get(bytes, at + DETAIL);
    }

    int micros() {
        return Math.max(0, (int) INT.get(bytes, at + MICROS));
    }

    int transport() {
        return bytes[at + TRANSPORT] & 0xff;
    }

    int security() {
        return bytes[at + SECURITY] & 0xff;
    }
}
