package io.innkeeper.store.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A buffer of octets that grows and is used again and again. Numbers are big-endian. */
final class RecordWriter {
    private byte[] data;
    private int at;

    RecordWriter(int size) {
        data = new byte[size];
    }

    /** The octets written so far stand at its beginning. */
    byte[] data() {
        return data;
    }

    int size() {
        return at;
    }

    void clear() {
        at = 0;
    }

    private void room(int octets) {
        if (data.length - at < octets) {
            data = Arrays.copyOf(data, Math.addExact(Math.max(data.length, octets), data.length));
        }
    }

    /** Makes room for octets of the caller, who puts them into {@link #data}; returns where. */
    int skip(int octets) {
        room(octets);
        int from = at;
        at += octets;
        return from;
    }

    void octet(int value) {
        room(1);
        data[at++] = (byte) value;
    }

    void twoOctets(int value) {
        room(2);
        data[at++] = (byte) (value >>> 8);
        data[at++] = (byte) value;
    }

    void fourOctets(int value) {
        room(4);
        setFourOctets(at, value);
        at += 4;
    }

    void setFourOctets(int place, int value) {
        data[place] = (byte) (value >>> 24);
        data[place + 1] = (byte) (value >>> 16);
        data[place + 2] = (byte) (value >>> 8);
        data[place + 3] = (byte) value;
    }

    void eightOctets(long value) {
        fourOctets((int) (value >>> 32));
        fourOctets((int) value);
    }

    /** A length or count, 0 or more: seven bits an octet, the lowest first, the top bit set where more follow. */
    void count(int value) {
        int rest = value;
        while (rest >= 0x80) {
            octet(rest | 0x80);
            rest >>>= 7;
        }
        octet(rest);
    }

    /** A count of octets, then the text in UTF-8. Copies ASCII, which nearly all of it is, without a detour. */
    void text(String text) {
        int length = text.length();
        int start = at;
        count(length);
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                at = start;
                octets(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            data[at + i] = (byte) c;
        }
        at += length;
    }

    /** A count of octets, then the octets. */
    void octets(byte[] octets) {
        count(octets.length);
        raw(octets, 0, octets.length);
    }

    /** Octets as they are. */
    void raw(byte[] from, int start, int length) {
        int place = skip(length);
        System.arraycopy(from, start, data, place, length);
    }
}
