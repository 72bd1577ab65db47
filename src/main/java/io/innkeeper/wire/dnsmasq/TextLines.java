package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.PrintableText;

/** Cuts the octets of a text file into lines. */
final class TextLines {
    /** The longest piece of a line that is shown to a person. */
    private static final int MAX_SHOWN = 256;

    /** Takes one line. */
    interface Taker {
        /** The octets {@code from} (inclusive) to {@code to} (exclusive), without the newline; {@code number} from 1. */
        void line(int number, int from, int to);
    }

    private TextLines() {}

    /** Hands over every line, also a last one without newline. */
    static void each(byte[] octets, Taker taker) {
        int number = 1;
        int from = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n') {
                taker.line(number++, from, i);
                from = i + 1;
            }
        }
        if (from < octets.length) {
            taker.line(number, from, octets.length);
        }
    }

    /** The line as printable text, blanks at its ends removed, shortened. */
    static String shown(byte[] octets, int from, int to) {
        int start = from;
        int end = Math.min(to, from + MAX_SHOWN);
        while (start < end && isSpace(octets[start])) {
            start++;
        }
        while (end > start && isSpace(octets[end - 1])) {
            end--;
        }
        return PrintableText.of(octets, start, end) + (to - from > MAX_SHOWN ? " …" : "");
    }

    /** What C's {@code isspace} takes for a blank. */
    static boolean isSpace(int octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\r');
    }
}
