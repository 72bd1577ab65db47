package io.innkeeper.store.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link RecordWriter} wrote; never past the end of the range it was given. */
final class RecordReader {
    private byte[] data = new byte[0];
    private int at;
    private int end;

    /** Reads the octets {@code from} to {@code to} of an array from now on. */
    void range(byte[] array, int from, int to) {
        data = array;
        at = from;
        end = to;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    byte[] data() {
        return data;
    }

    /** Passes over octets and returns where they begin. */
    int skip(int octets) {
        if (octets < 0 || end - at < octets) {
            throw new DamagedException("a record ends before its content");
        }
        int from = at;
        at += octets;
        return from;
    }

    int octet() {
        return data[skip(1)] & 0xff;
    }

    int twoOctets() {
        int from = skip(2);
        return (data[from] & 0xff) << 8 | (data[from + 1] & 0xff);
    }

    int fourOctets() {
        return fourOctets(data, skip(4));
    }

    static int fourOctets(byte[] data, int at) {
        return (data[at] & 0xff) << 24
                | (data[at + 1] & 0xff) << 16
                | (data[at + 2] & 0xff) << 8
                | (data[at + 3] & 0xff);
    }

    static long eightOctets(byte[] data, int at) {
        return (long) fourOctets(data, at) << 32 | (fourOctets(data, at + 4) & 0xffff_ffffL);
    }

    long eightOctets() {
        return eightOctets(data, skip(8));
    }

    int count() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new DamagedException("a length has too many digits");
    }

    String text() {
        int length = count();
        return new String(data, skip(length), length, StandardCharsets.UTF_8);
    }

    byte[] octets() {
        int length = count();
        int from = skip(length);
        return Arrays.copyOfRange(data, from, from + length);
    }
}
