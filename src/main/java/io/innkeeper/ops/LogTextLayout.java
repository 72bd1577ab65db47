package io.innkeeper.ops;

import io.innkeeper.wire.net.PrintableText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.jspecify.annotations.Nullable;

/**
 * A line for people: time, level, short logger, message, key=value. Ours rather than Log4j's pattern, which costs about 100 ms
 * at the first line. A line break inside a message is followed by spaces, so that no guest of the network can forge a line.
 */
final class LogTextLayout extends AbstractStringLayout {
    private static final String INDENT = "\n    ";
    private static final String RESET = "\u001b[m";

    private final DateTimeFormatter time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private final ZoneId zone = ZoneId.systemDefault();
    private final boolean colour;

    LogTextLayout(boolean colour) {
        super(StandardCharsets.UTF_8);
        this.colour = colour;
    }

    @Override
    public String toSerializable(LogEvent event) {
        StringBuilder line = new StringBuilder(160);
        Instant at = Instant.ofEpochMilli(event.getInstant().getEpochMillisecond());
        time.formatTo(at.atZone(zone), line);
        line.append(' ').append(colour ? colourOf(event.getLevel()) : "");
        line.append("%-5s".formatted(event.getLevel()))
                .append(colour ? RESET : "")
                .append(' ');
        line.append(shortName(event.getLoggerName())).append(": ");
        line.append(indented(event.getMessage().getFormattedMessage()));
        event.getContextData()
                .forEach((key, value) -> line.append(' ')
                        .append(PrintableText.escape(key))
                        .append('=')
                        .append(PrintableText.escape(String.valueOf(value))));
        if (event.getThrown() != null) {
            line.append(INDENT).append(indented(trace(event.getThrown())));
        }
        return line.append('\n').toString();
    }

    /** The last part of a logger's name. */
    static String shortName(@Nullable String logger) {
        return logger == null || logger.isEmpty() ? "root" : logger.substring(logger.lastIndexOf('.') + 1);
    }

    /** The stack trace as text, without the last line break. */
    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }

    private static String indented(String text) {
        if (text.indexOf('\n') < 0) {
            return PrintableText.escape(text);
        }
        return text.lines().map(LogTextLayout::withoutControls).collect(Collectors.joining(INDENT));
    }

    private static String withoutControls(String line) {
        return PrintableText.escape(line.replace("\t", "    "));
    }

    private static String colourOf(Level level) {
        return switch (level.getStandardLevel()) {
            case OFF, FATAL, ERROR -> "\u001b[31m";
            case WARN -> "\u001b[33m";
            case INFO -> "\u001b[32m";
            case DEBUG, TRACE, ALL -> "\u001b[2m";
        };
    }
}
