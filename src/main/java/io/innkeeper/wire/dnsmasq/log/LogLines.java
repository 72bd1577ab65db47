package io.innkeeper.wire.dnsmasq.log;

import io.innkeeper.wire.net.PrintableText;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines that a dnsmasq wrote in the text of a log, and where in them the message stands. One object is used for a whole
 * log, chunk after chunk: nothing is allocated for a line. What the line means is {@link LogEntry#parse(LogLines)}.
 *
 * <p>Heads are known in these forms, each with or without {@code <priority>} in front, with or without the name of a host, with or
 * without a process number: RFC 3164, RFC 5424, ISO 8601 times, OpenWrt's and BusyBox's with {@code daemon.info}, journalctl's short ones
 * also with month names that are not English, dnsmasq's own file and its standard error. No octets make it throw.
 */
public final class LogLines {
    /** The longest line in octets; what is behind is cut off. dnsmasq's own lines have less than 1,300. */
    public static final int MAX_LINE = 8_192;

    /** What {@link #atMs} says where no time can be read. */
    public static final long NO_TIME = -1;

    /** How many shapes of heads are remembered: logs have lines of several hosts, or of several levels. */
    private static final int SHAPES = 4;

    private final HeadShape[] shapes = new HeadShape[SHAPES];

    /** The shape that the line before had. */
    private int used;

    /** The names of programs, with their process, of the newest lines: those of DNS and DHCP take turns. */
    private final TagShape[] tags = {new TagShape(), new TagShape()};

    private int nextTag;

    private final LogHead head = new LogHead();
    private final HeadTime time = new HeadTime();
    private final MessageText text = new MessageText();
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int lineFrom;
    private int lineTo;
    private int messageTo;
    private long lines;
    private long skipped;
    private long tooLong;

    /** One that has read nothing yet. */
    public LogLines() {
        for (int i = 0; i < SHAPES; i++) {
            shapes[i] = new HeadShape();
        }
    }

    /**
     * Begins with another piece of text. Lines end with a line feed; a last one without counts as a line too.
     *
     * @param bytes not copied, and not to be changed until the last line was looked at
     * @param from the first octet, at the beginning of a line
     * @param to behind the last octet
     * @throws IndexOutOfBoundsException if there are not so many octets
     */
    public void reset(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        this.bytes = bytes;
        at = from;
        end = to;
        lineFrom = from;
        lineTo = from;
        messageTo = from;
    }

    /** Goes to the next line that a dnsmasq wrote; false where there is none. */
    public boolean next() {
        while (at < end) {
            int from = at;
            HeadShape shape = shapes[used];
            HeadShape.Fit fit = shape.fits(bytes, from, end);
            // Where the head is known there is no line feed in it.
            int feed = HeadShape.lineFeed(bytes, fit == HeadShape.Fit.NONE ? from : from + shape.length(), end);
            at = feed + 1;
            lines++;
            tooLong += feed - from > MAX_LINE ? 1 : 0;
            if (fit == HeadShape.Fit.OTHER) {
                skipped++;
                continue;
            }
            lineFrom = from;
            lineTo = Math.min(feed, from + MAX_LINE);
            if ((fit == HeadShape.Fit.DNSMASQ && known(shape)) || looked()) {
                endMessage();
                return true;
            }
            skipped++;
        }
        return false;
    }

    /** True where a line that fits a shape has the name of one of dnsmasq's programs. */
    private boolean known(HeadShape shape) {
        shape.place(lineFrom, head);
        for (TagShape tag : tags) {
            if (tag.fits(bytes, head.tagAt, lineTo, head)) {
                return true;
            }
        }
        if (!head.tag(bytes, head.tagAt, lineTo)) {
            return false;
        }
        nextTag ^= 1;
        tags[nextTag].learn(bytes, head);
        return true;
    }

    /** Looks for another shape that fits; where there is none, reads the head octet for octet, and learns its shape. */
    private boolean looked() {
        for (int i = 1; i < SHAPES; i++) {
            int other = (used + i) % SHAPES;
            HeadShape.Fit fit = shapes[other].fits(bytes, lineFrom, end);
            if (fit == HeadShape.Fit.OTHER) {
                used = other;
                return false;
            }
            if (fit == HeadShape.Fit.DNSMASQ && known(shapes[other])) {
                used = other;
                return true;
            }
        }
        boolean ours = head.read(bytes, lineFrom, lineTo);
        used = (used + 1) % SHAPES;
        shapes[used].learn(bytes, lineFrom, head);
        return ours;
    }

    private void endMessage() {
        int to = lineTo;
        while (to > head.messageFrom && (bytes[to - 1] == ' ' || bytes[to - 1] == '\r' || bytes[to - 1] == 0)) {
            to--;
        }
        messageTo = to;
    }

    /** Which part of dnsmasq wrote it. */
    public LogProgram program() {
        LogProgram program = head.program;
        return program == null ? LogProgram.DNS : program;
    }

    /** The number of its process; -1 for none. */
    public int pid() {
        return head.pid;
    }

    /** The text that {@link #reset} was given. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the line begins. */
    public int lineFrom() {
        return lineFrom;
    }

    /** Where the line ends, its line feed not counted. */
    public int lineTo() {
        return lineTo;
    }

    /** Where the message begins, behind the head and blanks. */
    public int messageFrom() {
        return head.messageFrom;
    }

    /** Where the message ends: no line feed, carriage return, NUL or blank is its last octet. */
    public int messageTo() {
        return messageTo;
    }

    /** The message as printable text. */
    public String message() {
        return PrintableText.of(bytes, messageFrom(), messageTo);
    }

    /** The message, to be read from its beginning. */
    MessageText text() {
        return text.reset(bytes, messageFrom(), messageTo);
    }

    /** The host name in the head, empty for none. */
    public String host() {
        return PrintableText.of(bytes, head.hostFrom, head.hostTo);
    }

    /** Which message of DHCP the line is about, without reading the rest of it; null for lines of another kind. */
    public @Nullable DhcpKind kind() {
        return program() == LogProgram.DHCP ? DhcpMessages.kind(bytes, messageFrom(), messageTo) : null;
    }

    /**
     * The time in the head, in milliseconds since 1970. A time without a year is of the year that brings it nearest to now, but not more than
     * a day after; a local time that there was twice is the later one, unless that is still to come.
     *
     * @param nowMs the time now
     * @param zone the zone of times that do not tell theirs
     * @return {@link #NO_TIME} where there is none
     */
    public long atMs(long nowMs, ZoneId zone) {
        int from = head.timeFrom;
        return time.read(bytes, from, lineTo) > from ? time.atMs(nowMs, zone) : NO_TIME;
    }

    /** Lines read since this object was made, with those skipped. */
    public long lines() {
        return lines;
    }

    /** Lines of other programs, and those without a head that is known. */
    public long skipped() {
        return skipped;
    }

    /** Lines longer than {@link #MAX_LINE}, whoever wrote them. */
    public long tooLong() {
        return tooLong;
    }
}
