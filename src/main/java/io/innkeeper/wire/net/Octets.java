package io.innkeeper.wire.net;

import java.util.Arrays;
import java.util.HexFormat;

/** Some octets as a value: immutable, equal by content. Written as hex. */
public final class Octets {
    /** None. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The octets of an array, which is copied. */
    public static Octets of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** A copy of the octets. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** How many there are. */
    public int length() {
        return bytes.length;
    }

    /** Copies them into an array, from this place on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    /**
     * One of them, 0 to 255.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hex digits in lower case, none between. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
