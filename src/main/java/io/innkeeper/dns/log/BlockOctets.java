package io.innkeeper.dns.log;

import java.util.Arrays;

/** Octets that grow, with numbers of variable length (seven bits an octet, the lowest first). */
final class BlockOctets {
    private byte[] bytes = new byte[4096];
    private int length;

    void put(int octet) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) octet;
    }

    void put(byte[] octets) {
        while (bytes.length - length < octets.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(octets, 0, bytes, length, octets.length);
        length += octets.length;
    }

    /** A number without sign. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** A number with a sign, short where it is near 0. */
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }
}
