package io.innkeeper.dns.block;

/** Cuts a stream of octets into lines. What is in a line of the piece at hand is not copied. */
final class LineCutter {
    /** Longer lines are left out. */
    static final int MAX_LINE = 8_192;

    /** Takes lines. */
    interface Lines {
        /** A line without its end, which holds until the call returns. */
        void line(byte[] bytes, int from, int to);

        /** A line that was too long; what is given is its beginning. */
        void tooLong(byte[] bytes, int from, int to);
    }

    private final Lines lines;
    private final byte[] begun = new byte[MAX_LINE + 1];
    private int begunLength;

    LineCutter(Lines lines) {
        this.lines = lines;
    }

    void read(byte[] bytes, int from, int length) {
        int end = from + length;
        int start = from;
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                line(bytes, start, i);
                start = i + 1;
            }
        }
        keep(bytes, start, end);
    }

    /** The end: what was begun is a line. */
    void finish() {
        if (begunLength > 0) {
            tell(begun, 0, begunLength);
            begunLength = 0;
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (begunLength == 0) {
            tell(bytes, from, to);
        } else {
            keep(bytes, from, to);
            tell(begun, 0, begunLength);
            begunLength = 0;
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, begun.length - begunLength);
        System.arraycopy(bytes, from, begun, begunLength, length);
        begunLength += length;
    }

    private void tell(byte[] bytes, int from, int to) {
        if (to - from > MAX_LINE) {
            lines.tooLong(bytes, from, to);
        } else {
            lines.line(bytes, from, to > from && bytes[to - 1] == '\r' ? to - 1 : to);
        }
    }
}
