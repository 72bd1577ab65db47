package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.PrintableText;

/**
 * Reads the fields of a C structure in their order, as a compiler lays them out: numbers are little endian and begin at a
 * multiple of four octets from the start of the structure.
 */
final class StructReader {
    private final byte[] bytes;
    private final int start;
    private int at;
    private boolean strange;

    /** @param start where the structure begins; it must lie in the octets whole */
    StructReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
        this.at = start;
    }

    /** A truth value of one octet; another value than 0 and 1 counts as true, and is {@link #strange}. */
    boolean bool() {
        byte value = bytes[at++];
        strange |= value != 0 && value != 1;
        return value != 0;
    }

    /** Text up to the first NUL, which is missing where the text fills the field. */
    String text(int size) {
        int end = at;
        while (end < at + size && bytes[end] != 0) {
            end++;
        }
        String text = end == at ? "" : PrintableText.of(bytes, at, end);
        at += size;
        return text;
    }

    /** A number without sign, 0 to 2^32 - 1. */
    long number() {
        at += -(at - start) & 3;
        long value = (bytes[at] & 0xffL)
                | ((bytes[at + 1] & 0xffL) << 8)
                | ((bytes[at + 2] & 0xffL) << 16)
                | ((bytes[at + 3] & 0xffL) << 24);
        at += 4;
        return value;
    }

    /** Goes on at the next multiple of four, where a structure within the structure begins. */
    StructReader aligned() {
        at += -(at - start) & 3;
        return this;
    }

    /** True where a truth value was neither 0 nor 1. */
    boolean strange() {
        return strange;
    }
}
