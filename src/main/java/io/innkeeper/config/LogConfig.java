package io.innkeeper.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code log}.
 *
 * @param level what is logged where {@code levels} says nothing
 * @param levels by package name, sorted
 * @param console the form of standard output
 * @param file a log file, or null for none
 * @param syslog a syslog server, or null for none
 */
@Doc("What is logged, and where to.")
public record LogConfig(
        @Doc("The least important message that is logged.") @Default("info")
        LogLevel level,

        @Doc("The same for single packages, such as `io.innkeeper.feed: debug`.")
        Map<String, LogLevel> levels,

        @Doc("Lines on standard error: for people, as JSON, or none.") @Default("text")
        ConsoleFormat console,

        @Doc("A log file that is rotated; none where this is absent or `off`.") @Nullable
        LogFileConfig file,

        @Doc("A syslog server (RFC 5424), `udp://host:port` or `tcp://host:port`; none where this is absent or `off`.")
        @Nullable
        SyslogAddress syslog) {

    /** Copies the levels, in the order of their names. */
    public LogConfig {
        levels = Collections.unmodifiableMap(new TreeMap<>(levels));
    }
}
