package io.innkeeper.wire.dns;

import java.net.IDN;
import java.util.Arrays;
import java.util.Optional;

/** Names ⇄ text (RFC 1035 §5.1). */
final class NameText {
    /** The longest text of a name: each of 250 octets as {@code \DDD}, with the dots. */
    private static final int MAX_TEXT = 1_010;

    /** Characters that mean something in zone files, and get a backslash there. */
    private static final String SPECIAL = ".\\\"();@$";

    private final String text;
    private final byte[] wire = new byte[DnsName.MAX_LENGTH];

    /** The next character. */
    private int next;

    /** Where the octets of the next label begin: behind its length octet. */
    private int length = 1;

    private NameText(String text) {
        this.text = text;
    }

    static Optional<byte[]> parse(String text) {
        if (text.equals(".")) {
            return Optional.of(new byte[1]);
        }
        return text.isEmpty() || text.length() > MAX_TEXT ? Optional.empty() : new NameText(text).labels();
    }

    static Optional<byte[]> typed(String typed) {
        String text = typed.strip();
        if (text.length() > MAX_TEXT || text.chars().allMatch(c -> c < 0x80)) {
            return parse(text);
        }
        try {
            return parse(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notAName) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> labels() {
        int labelAt = 0;
        while (next < text.length()) {
            int octet = octet();
            if (octet == DOT) {
                if (!close(labelAt)) {
                    return Optional.empty();
                }
                labelAt = length++;
            } else if (octet < 0 || length >= DnsName.MAX_LENGTH) {
                return Optional.empty();
            } else {
                wire[length++] = (byte) octet;
            }
        }
        if (length == labelAt + 1) {
            // A dot stood at the end; the length octet of the label that never came is the root.
            return Optional.of(Arrays.copyOf(wire, length));
        }
        return close(labelAt) && length < DnsName.MAX_LENGTH
                ? Optional.of(Arrays.copyOf(wire, length + 1))
                : Optional.empty();
    }

    private static final int DOT = 256;

    /** The next octet; {@link #DOT} for a dot between labels, -1 for what is none. */
    private int octet() {
        char c = text.charAt(next++);
        if (c == '.') {
            return DOT;
        }
        if (c != '\\') {
            return c > ' ' && c < 0x7f ? c : -1;
        }
        if (next == text.length()) {
            return -1;
        }
        char escaped = text.charAt(next);
        if (escaped < '0' || escaped > '9') {
            next++;
            return escaped >= ' ' && escaped < 0x7f ? escaped : -1;
        }
        return decimal();
    }

    private int decimal() {
        int value = 0;
        for (int i = 0; i < 3; i++, next++) {
            int digit = next < text.length() ? text.charAt(next) - '0' : -1;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value < 256 ? value : -1;
    }

    private boolean close(int labelAt) {
        int label = length - labelAt - 1;
        if (label < 1 || label > DnsName.MAX_LABEL || length >= DnsName.MAX_LENGTH) {
            return false;
        }
        wire[labelAt] = (byte) label;
        return true;
    }

    /** A name as text, without a dot at its end; {@code .} for the root. */
    static String of(byte[] wire) {
        StringBuilder text = new StringBuilder(wire.length);
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            if (at > 0) {
                text.append('.');
            }
            append(text, wire, at + 1, wire[at]);
        }
        return text.isEmpty() ? "." : text.toString();
    }

    private static void append(StringBuilder text, byte[] wire, int at, int count) {
        for (int i = at; i < at + count; i++) {
            int octet = wire[i] & 0xff;
            if (octet <= ' ' || octet >= 0x7f) {
                PresentationText.decimal(text, octet);
            } else {
                if (SPECIAL.indexOf(octet) >= 0) {
                    text.append('\\');
                }
                text.append((char) octet);
            }
        }
    }
}
