package io.innkeeper.dns.block;

/**
 * The name that is asked for, small letters, dots between its labels; counts how often it is looked at, so that an expression
 * that goes back and forth without end can be stopped.
 */
final class NameCharacters implements CharSequence {
    /** Thrown where an expression has looked too often. Without a stack: it is a way out, and made once. */
    static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GaveUp() {
            super("looked too often", null, false, false);
        }
    }

    private final GaveUp gaveUp = new GaveUp();
    private final byte[] text = new byte[256];
    private int length;
    private int looks;

    /** Takes the labels of a name in the form of the wire. */
    void set(byte[] wire, int from) {
        int to = 0;
        int at = from;
        while (wire[at] != 0) {
            if (to > 0) {
                text[to++] = '.';
            }
            int end = at + 1 + wire[at];
            for (int i = at + 1; i < end; i++) {
                byte octet = wire[i];
                text[to++] = octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
            }
            at = end;
        }
        length = to;
    }

    /** How many looks are allowed from now on. */
    void allow(int count) {
        looks = count;
    }

    int left() {
        return looks;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--looks < 0) {
            throw gaveUp;
        }
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index);
        }
        return (char) (text[index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return new String(text, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
