package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.PrintableText;
import org.jspecify.annotations.Nullable;

/** Reads a message word by word. Octets only: what is told of them becomes text, nothing else does. One object may be used for many. */
final class MessageText {
    private static final int MAX_ADDRESS = 64;

    /** The value of each octet as a hex digit, or -1: looked up, because digits and letters come in no order that can be foreseen. */
    private static final byte[] HEX = hexDigits();

    byte[] bytes = new byte[0];
    int to;
    int at;

    /** The text that {@link #known} gave last. */
    private String known = "";

    private static byte[] hexDigits() {
        byte[] values = new byte[256];
        for (int octet = 0; octet < values.length; octet++) {
            values[octet] = (byte) (octet < 128 ? Character.digit(octet, 16) : -1);
        }
        return values;
    }

    /** Begins with another message. */
    MessageText reset(byte[] octets, int from, int end) {
        bytes = octets;
        at = from;
        to = end;
        return this;
    }

    boolean done() {
        return at >= to;
    }

    /** The octet here, or 0 behind the end. */
    int peek() {
        return at < to ? bytes[at] : 0;
    }

    void skipBlanks() {
        while (at < to && bytes[at] == ' ') {
            at++;
        }
    }

    /** Leaves out blanks at both ends. */
    void trim() {
        skipBlanks();
        while (to > at && bytes[to - 1] == ' ') {
            to--;
        }
    }

    /** The end of the word that begins here: a blank or the end. */
    int wordTo() {
        int i = at;
        while (i < to && bytes[i] != ' ') {
            i++;
        }
        return i;
    }

    /** Where this ASCII text comes next, from {@code from} on; -1 for nowhere. */
    int find(String text, int from) {
        int last = to - text.length();
        for (int i = from; i <= last; i++) {
            if (bytes[i] == text.charAt(0) && isAt(text, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Where this ASCII text stands last; -1 for nowhere. */
    int findLast(String text) {
        for (int i = to - text.length(); i >= at; i--) {
            if (isAt(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(String text, int place) {
        if (to - place < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[place + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Goes behind this ASCII text where it is what comes now. */
    boolean take(String text) {
        if (isAt(text, at)) {
            at += text.length();
            return true;
        }
        return false;
    }

    /** Goes behind a decimal number and the blanks behind it, where that is what comes now; {@link LogEntry#NO_NUMBER} where not. */
    long takeNumber() {
        int i = at;
        long value = 0;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9' && i - at < 10) {
            value = value * 10 + bytes[i] - '0';
            i++;
        }
        if (i == at || i == to || bytes[i] != ' ' || value > 0xffff_ffffL) {
            return LogEntry.NO_NUMBER;
        }
        at = i;
        skipBlanks();
        return value;
    }

    /** The rest as text, without blanks in front. */
    String rest() {
        skipBlanks();
        return text(at, to);
    }

    /** What stands there, as printable text without blanks at its end. */
    String text(int from, int end) {
        int last = end;
        while (last > from && bytes[last - 1] == ' ') {
            last--;
        }
        return PrintableText.of(bytes, from, last);
    }

    /** As {@link #text}, for what is mostly the same as the last time. */
    String known(int from, int end) {
        int length = end - from;
        boolean same = length == known.length();
        for (int i = 0; i < length && same; i++) {
            same = bytes[from + i] == known.charAt(i);
        }
        if (!same) {
            known = text(from, end);
        }
        return known;
    }

    /** The address that stands there; null where it is none. A zone ({@code %eth0}) does not count. */
    @Nullable
    IpAddress address(int from, int end) {
        if (end <= from || end - from > MAX_ADDRESS) {
            return null;
        }
        IpAddress v4 = v4(from, end);
        return v4 != null ? v4 : v6(from, end);
    }

    /** The IPv4 address that stands there; null where it is none. */
    @Nullable
    IpAddress v4(int from, int end) {
        int bits = 0;
        int part = 0;
        int digits = 0;
        int parts = 1;
        for (int i = from; i < end; i++) {
            int octet = bytes[i];
            if (octet == '.' && digits > 0) {
                bits = bits << 8 | part;
                part = 0;
                digits = 0;
                parts++;
            } else if (octet >= '0' && octet <= '9' && digits < 3) {
                part = part * 10 + octet - '0';
                digits++;
            } else {
                return null;
            }
            if (part > 255) {
                return null;
            }
        }
        return parts == 4 && digits > 0 ? IpAddress.v4(bits << 8 | part) : null;
    }

    private @Nullable IpAddress v6(int from, int end) {
        int zone = from;
        boolean colon = false;
        while (zone < end && bytes[zone] != '%') {
            if (hex(bytes[zone]) < 0 && bytes[zone] != ':' && bytes[zone] != '.') {
                return null;
            }
            colon |= bytes[zone] == ':';
            zone++;
        }
        return !colon ? null : IpAddress.parse(text(from, zone)).orElse(null);
    }

    /** True for pairs of hex digits with colons between. */
    boolean isPairs(int from, int end) {
        if ((end - from) % 3 != 2) {
            return false;
        }
        for (int i = from; i < end; i += 3) {
            if (hex(bytes[i]) < 0 || hex(bytes[i + 1]) < 0 || (i + 2 < end && bytes[i + 2] != ':')) {
                return false;
            }
        }
        return true;
    }

    /** The six octets that stand there as pairs; -1 where there are others, or more, or less. */
    long sixPairs(int from, int end) {
        if (end - from != 17) {
            return -1;
        }
        long bits = 0;
        int wrong = 0;
        for (int i = from; i < end; i += 3) {
            int high = hex(bytes[i]);
            int low = hex(bytes[i + 1]);
            wrong |= high | low | (i + 2 < end && bytes[i + 2] != ':' ? -1 : 0);
            bits = bits << 8 | high << 4 | low;
        }
        return wrong < 0 ? -1 : bits;
    }

    /** The hardware address that stands there as pairs; null where it is none. */
    @Nullable
    MacAddress mac(int from, int end) {
        return isPairs(from, end) && (end - from) / 3 < MacAddress.MAX_LENGTH
                ? MacAddress.of(MacAddress.ETHERNET, octets(from, end))
                : null;
    }

    /** The identifier that stands there as pairs; null where it is none. */
    @Nullable
    ClientId clientId(int from, int end) {
        return isPairs(from, end) && (end - from) / 3 < ClientId.MAX_LENGTH ? ClientId.of(octets(from, end)) : null;
    }

    private byte[] octets(int from, int end) {
        byte[] octets = new byte[(end - from + 1) / 3];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (hex(bytes[from + 3 * i]) << 4 | hex(bytes[from + 3 * i + 1]));
        }
        return octets;
    }

    /** The value of a hex digit; -1 for something else. */
    private static int hex(byte octet) {
        return HEX[octet & 0xff];
    }
}
