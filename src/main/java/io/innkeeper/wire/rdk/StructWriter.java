package io.innkeeper.wire.rdk;

import java.nio.charset.StandardCharsets;

/** Writes the fields of a C structure in their order, as {@link StructReader} reads them. What it leaves out is zero. */
final class StructWriter {
    private final byte[] bytes;
    private final int start;
    private int at;

    StructWriter(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
        this.at = start;
    }

    void bool(boolean value) {
        bytes[at++] = (byte) (value ? 1 : 0);
    }

    /** Text in UTF-8, cut at the size of its field; then it has no NUL at its end, as with the plugins. */
    void text(String text, int size) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(octets, 0, bytes, at, Math.min(octets.length, size));
        at += size;
    }

    void number(long value) {
        aligned();
        for (int i = 0; i < 4; i++) {
            bytes[at++] = (byte) (value >>> (8 * i));
        }
    }

    StructWriter aligned() {
        at += -(at - start) & 3;
        return this;
    }
}
