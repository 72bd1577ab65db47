package io.innkeeper.ops;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Where log lines go, and which.
 *
 * @param level the level of Innkeeper's own packages; libraries speak at this level but never below warn
 * @param levels the level of single packages or classes by their full name, ours or a library's; {@code root} for all libraries
 * @param console how the console (stderr) looks
 * @param file the log file, or null
 * @param syslog the syslog server, or null
 */
public record LogSettings(
        Level level,
        Map<String, Level> levels,
        Console console,
        @Nullable FileSettings file,
        @Nullable SyslogTarget syslog) {
    /** Level info, text on the console, nothing else. */
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Map.of(), Console.TEXT, null, null);

    /** Copies the levels. */
    public LogSettings {
        levels = Map.copyOf(levels);
    }

    /** What the console shows. */
    public enum Console {
        /** Lines for people. */
        TEXT,
        /** A JSON object a line. */
        JSON,
        /** Nothing. */
        OFF
    }

    /**
     * A file that is renamed to {@code path.1} when it is full, {@code path.1} to {@code path.2}, and so on.
     *
     * @param path the file; its directory is made where missing
     * @param rotateBytes how large it may grow, at least 1
     * @param keep how many old files stay, 1 to {@value #MAX_KEEP}
     * @param json a JSON object a line instead of text
     */
    public record FileSettings(Path path, long rotateBytes, int keep, boolean json) {
        /** The most old files. */
        public static final int MAX_KEEP = 1000;

        /** @throws IllegalArgumentException if a number is out of its range */
        public FileSettings {
            if (rotateBytes < 1 || keep < 1 || keep > MAX_KEEP) {
                throw new IllegalArgumentException(
                        "a log file rotates at 1 byte or more and keeps 1 to " + MAX_KEEP + " old files");
            }
        }
    }

    /** How a syslog server is reached. */
    public enum Transport {
        /** A datagram a line (RFC 5426). */
        UDP,
        /** A connection with octet counting (RFC 6587 §3.4.1). */
        TCP
    }

    /**
     * A syslog server that takes RFC 5424.
     *
     * @param transport datagrams or a connection
     * @param host name or address
     * @param port 1 to 65535, usually 514
     */
    public record SyslogTarget(Transport transport, String host, int port) {
        /** @throws IllegalArgumentException if the port is out of its range */
        public SyslogTarget {
            if (port < 1 || port > 0xffff) {
                throw new IllegalArgumentException("port out of range: " + port);
            }
        }
    }
}
