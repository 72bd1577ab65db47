package io.innkeeper.wire.dnsmasq.log;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of one line: {@code <priority> time host facility.level program[pid]:}, of which all but the program may be missing, or that
 * of RFC 5424. Reads any line by itself, octet for octet; {@link HeadShape} makes most of that unnecessary. One object is used again
 * and again.
 */
final class LogHead {
    private static final byte[] NAME = "dnsmasq".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DHCP = "-dhcp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TFTP = "-tftp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SCRIPT = "-script".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PID_DIGITS = 9;

    /** Longer words in front of the program's name are no names of hosts (RFC 1035 §2.3.4). */
    private static final int MAX_WORD = 255;

    private final HeadTime time = new HeadTime();

    int timeFrom;
    int timeTo;
    int hostFrom;
    int hostTo;

    /** Where the name of a program is, or should be; -1 where that cannot be said. */
    int tagAt;

    /** True for RFC 5424. */
    boolean modern;

    /** True where {@code facility.level} stands before the name of the program. */
    boolean level;

    int messageFrom;
    int pid;

    @Nullable
    LogProgram program;

    /** True where the line has a head of dnsmasq's; then all fields are set. */
    boolean read(byte[] bytes, int from, int to) {
        program = null;
        tagAt = -1;
        modern = false;
        level = false;
        int at = priority(bytes, from, to);
        timeFrom = at;
        timeTo = at;
        hostFrom = at;
        hostTo = at;
        if (at > from && at + 1 < to && bytes[at] == '1' && bytes[at + 1] == ' ') {
            return modern(bytes, at + 2, to);
        }
        if (tag(bytes, at, to)) {
            tagAt = at;
            return true;
        }
        timeTo = time.read(bytes, at, to);
        at = blanks(bytes, timeTo, to);
        return named(bytes, at, to);
    }

    private static int priority(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] != '<') {
            return from;
        }
        int at = digits(bytes, from + 1, Math.min(to, from + 4));
        return at > from + 1 && at < to && bytes[at] == '>' ? at + 1 : from;
    }

    /** What follows the time: {@code [host] [facility.level] program}. */
    private boolean named(byte[] bytes, int from, int to) {
        hostFrom = from;
        hostTo = from;
        tagAt = from;
        if (tag(bytes, from, to)) {
            return true;
        }
        // Without a time there is no host either.
        int wordTo = timeTo > timeFrom ? word(bytes, from, to) : -1;
        if (wordTo < 0) {
            return false;
        }
        level = level(bytes, from, wordTo);
        boolean host = !level;
        int next = blanks(bytes, wordTo, to);
        hostTo = host ? wordTo : from;
        tagAt = next;
        if (tag(bytes, next, to)) {
            return true;
        }
        wordTo = host ? word(bytes, next, to) : -1;
        if (wordTo < 0 || !level(bytes, next, wordTo)) {
            return false;
        }
        level = true;
        tagAt = blanks(bytes, wordTo, to);
        return tag(bytes, tagAt, to);
    }

    /** {@code 1 time host program pid id data message} (RFC 5424 §6), from the time on. */
    private boolean modern(byte[] bytes, int from, int to) {
        modern = true;
        timeFrom = from;
        int at = skipWord(bytes, from, to);
        timeTo = at;
        hostFrom = next(bytes, at, to);
        hostTo = skipWord(bytes, hostFrom, to);
        int app = next(bytes, hostTo, to);
        at = name(bytes, app, to);
        if (at < 0 || at == to || bytes[at] != ' ') {
            program = null;
            return false;
        }
        tagAt = app;
        int pidFrom = at + 1;
        at = skipWord(bytes, pidFrom, to);
        pid = digits(bytes, pidFrom, at) == at ? number(bytes, pidFrom, at) : -1;
        at = next(bytes, skipWord(bytes, next(bytes, at, to), to), to);
        at = next(bytes, structured(bytes, at, to), to);
        boolean mark = to - at >= 3
                && bytes[at] == (byte) 0xef
                && bytes[at + 1] == (byte) 0xbb
                && bytes[at + 2] == (byte) 0xbf;
        messageFrom = blanks(bytes, mark ? at + 3 : at, to);
        return true;
    }

    /** The octet behind structured data: {@code -}, or elements in brackets whose quoted values may have brackets. */
    private static int structured(byte[] bytes, int from, int to) {
        int at = from;
        boolean quoted = false;
        boolean inside = false;
        while (at < to) {
            byte octet = bytes[at];
            if (quoted && octet == '\\') {
                at++;
            } else if (octet == '"') {
                quoted = !quoted;
            } else if (!quoted && octet == '[') {
                inside = true;
            } else if (!quoted && octet == ']') {
                inside = false;
            } else if (!quoted && !inside && octet == ' ') {
                return at;
            }
            at++;
        }
        return to;
    }

    /** {@code dnsmasq-dhcp[12]: } from here on; sets program, process and where the message begins. */
    boolean tag(byte[] bytes, int from, int to) {
        int at = name(bytes, from, to);
        if (at < 0 || at == to) {
            return false;
        }
        pid = -1;
        if (bytes[at] == '[') {
            int pidTo = digits(bytes, at + 1, Math.min(to, at + 2 + MAX_PID_DIGITS));
            if (pidTo == to || pidTo == at + 1 || bytes[pidTo] != ']') {
                return false;
            }
            pid = number(bytes, at + 1, pidTo);
            at = pidTo + 1;
        }
        if (at == to || bytes[at] != ':') {
            return false;
        }
        messageFrom = blanks(bytes, at + 1, to);
        return true;
    }

    /** The octet behind the name of one of the programs, or -1. */
    private int name(byte[] bytes, int from, int to) {
        if (!starts(bytes, from, to, NAME)) {
            return -1;
        }
        int at = from + NAME.length;
        if (at == to || bytes[at] != '-') {
            program = LogProgram.DNS;
            return at;
        }
        if (starts(bytes, at, to, DHCP)) {
            program = LogProgram.DHCP;
            return at + DHCP.length;
        }
        if (starts(bytes, at, to, TFTP)) {
            program = LogProgram.TFTP;
            return at + TFTP.length;
        }
        program = LogProgram.SCRIPT;
        return starts(bytes, at, to, SCRIPT) ? at + SCRIPT.length : -1;
    }

    private static boolean starts(byte[] bytes, int from, int to, byte[] what) {
        if (to - from < what.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[from + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** The blank behind a word that does not end in a colon, as a program's name would; -1 where there is none. */
    private static int word(byte[] bytes, int from, int to) {
        int at = skipWord(bytes, from, Math.min(to, from + MAX_WORD + 1));
        return at > from && at < to && bytes[at] == ' ' && bytes[at - 1] != ':' ? at : -1;
    }

    /** True for {@code daemon.info} and the like, and for the {@code F} or {@code P} of container logs. */
    private static boolean level(byte[] bytes, int from, int to) {
        if (to - from == 1) {
            return bytes[from] == 'F' || bytes[from] == 'P';
        }
        int dot = -1;
        for (int i = from; i < to; i++) {
            boolean letter = bytes[i] >= 'a' && bytes[i] <= 'z';
            boolean digit = bytes[i] >= '0' && bytes[i] <= '7' && dot < 0;
            if (bytes[i] == '.' && dot < 0) {
                dot = i;
            } else if (!letter && !digit) {
                return false;
            }
        }
        return dot >= 0 && SyslogLevel.isLevel(bytes, dot + 1, to) && SyslogLevel.isFacility(bytes, from, dot);
    }

    private static int next(byte[] bytes, int at, int to) {
        return at < to && bytes[at] == ' ' ? at + 1 : at;
    }

    private static int skipWord(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    private static int blanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int number(byte[] bytes, int from, int to) {
        if (to == from || to - from > MAX_PID_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }
}
