package io.innkeeper.ops;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;

/**
 * RFC 5424: {@code <PRI>1 TIME HOST innkeeper PID LOGGER [fields@32473 key="value"] MESSAGE}. The message has no byte order
 * mark (RFC 5424 §6.4 allows that as MSG-ANY): most receivers would show it.
 */
final class LogSyslogLayout extends AbstractStringLayout {
    /** RFC 5426 §3.2 asks for 2048 octets at least; a stack trace needs more, a datagram holds 65507. */
    static final int MAX_OCTETS = 32 * 1024;

    /** System daemons (RFC 5424 §6.2.1). */
    private static final int FACILITY = 3;

    /** We have no enterprise number; 32473 is set aside for all who have none (RFC 5612). */
    private static final String FIELDS = "fields@32473";

    private static final int MAX_HOST = 255;
    private static final int MAX_MSGID = 32;
    private static final int MAX_PARAM = 32;

    private final String origin;
    private final boolean counted;

    /**
     * A layout.
     *
     * @param host the name of this machine
     * @param counted true to put the length before each message, as a connection needs it (RFC 6587 §3.4.1)
     */
    LogSyslogLayout(String host, boolean counted) {
        super(StandardCharsets.UTF_8);
        long pid = ProcessHandle.current().pid();
        this.origin = " " + printable(host, MAX_HOST) + " innkeeper " + pid + " ";
        this.counted = counted;
    }

    @Override
    public byte[] toByteArray(LogEvent event) {
        byte[] message = cut(message(event).getBytes(StandardCharsets.UTF_8));
        if (!counted) {
            return message;
        }
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Arrays.copyOf(length, length.length + message.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    @Override
    public String toSerializable(LogEvent event) {
        return new String(toByteArray(event), StandardCharsets.UTF_8);
    }

    private String message(LogEvent event) {
        StringBuilder text = new StringBuilder(256);
        text.append('<').append(FACILITY * 8 + severity(event.getLevel())).append(">1 ");
        text.append(Instant.ofEpochMilli(event.getInstant().getEpochMillisecond()));
        text.append(origin).append(printable(LogTextLayout.shortName(event.getLoggerName()), MAX_MSGID));
        text.append(' ');
        structuredData(event, text);
        text.append(' ').append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            text.append('\n').append(LogTextLayout.trace(event.getThrown()));
        }
        return text.toString();
    }

    private static void structuredData(LogEvent event, StringBuilder text) {
        if (event.getContextData().isEmpty()) {
            text.append('-');
            return;
        }
        text.append('[').append(FIELDS);
        event.getContextData()
                .forEach((key, value) -> text.append(' ')
                        .append(printable(key, MAX_PARAM).replaceAll("[=\\]\"]", "_"))
                        .append("=\"")
                        .append(String.valueOf(value).replaceAll("([\\\\\\]\"])", "\\\\$1"))
                        .append('"'));
        text.append(']');
    }

    /** Printable ASCII without spaces, as the header fields want it; {@code -} for nothing. */
    private static String printable(String text, int max) {
        String clean = text.replaceAll("[^!-~]", "_");
        return clean.isEmpty() ? "-" : clean.substring(0, Math.min(max, clean.length()));
    }

    private static int severity(Level level) {
        return switch (level.getStandardLevel()) {
            case OFF, FATAL -> 2;
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE, ALL -> 7;
        };
    }

    /** At most {@link #MAX_OCTETS}, not ending inside a character. */
    private static byte[] cut(byte[] message) {
        if (message.length <= MAX_OCTETS) {
            return message;
        }
        int end = MAX_OCTETS;
        while ((message[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }
}
