package io.innkeeper;

import io.innkeeper.config.LogConfig;
import io.innkeeper.config.LogFileConfig;
import io.innkeeper.config.LogFormat;
import io.innkeeper.config.LogLevel;
import io.innkeeper.config.SyslogAddress;
import io.innkeeper.ops.LogSettings;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The section {@code log} of the configuration in the terms of the logging set-up. */
final class LogMapping {
    private LogMapping() {}

    static LogSettings settings(LogConfig log) {
        Map<String, Level> levels = log.levels().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> level(entry.getValue())));
        LogSettings.Console console = switch (log.console()) {
            case TEXT -> LogSettings.Console.TEXT;
            case JSON -> LogSettings.Console.JSON;
            case OFF -> LogSettings.Console.OFF;
        };
        return new LogSettings(level(log.level()), levels, console, file(log.file()), syslog(log.syslog()));
    }

    private static Level level(LogLevel level) {
        return Level.valueOf(level.name());
    }

    private static LogSettings.@Nullable FileSettings file(@Nullable LogFileConfig file) {
        return file == null
                ? null
                : new LogSettings.FileSettings(
                        file.path(), file.rotate().bytes(), Math.max(1, file.keep()), file.format() == LogFormat.JSON);
    }

    private static LogSettings.@Nullable SyslogTarget syslog(@Nullable SyslogAddress address) {
        return address == null
                ? null
                : new LogSettings.SyslogTarget(
                        LogSettings.Transport.valueOf(address.transport().name()), address.host(), address.port());
    }
}
