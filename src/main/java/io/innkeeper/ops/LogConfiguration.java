package io.innkeeper.ops;

import io.innkeeper.ops.LogSettings.Console;
import io.innkeeper.ops.LogSettings.FileSettings;
import io.innkeeper.ops.LogSettings.SyslogTarget;
import io.innkeeper.ops.LogSettings.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.SocketAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.net.Protocol;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/**
 * A Log4j configuration made of objects: no XML, and none of the plugin scanning that goes with it. A target that cannot be
 * opened is left out and named in {@link #problems}.
 */
final class LogConfiguration extends AbstractConfiguration {
    /** Lines that wait for a slow syslog server; further ones are dropped and the drop is reported. */
    static final int SYSLOG_QUEUE = 4096;

    private static final String OURS = "io.innkeeper";
    private static final String DNSSEC_LIBRARY = "org.xbill.DNS";
    private static final String BUS_LIBRARY = "org.freedesktop.dbus";
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int RECONNECT_DELAY_MS = 5_000;
    private static final int DRAIN_TIMEOUT_MS = 2_000;

    private final LogSettings settings;
    private final OutputStream console;
    private final boolean colour;
    private final List<String> problems = new ArrayList<>();

    LogConfiguration(LoggerContext context, LogSettings settings, OutputStream console, boolean colour) {
        super(context, ConfigurationSource.NULL_SOURCE);
        this.settings = settings;
        this.console = console;
        this.colour = colour;
        this.isShutdownHookEnabled = false;
        setName("innkeeper");
    }

    /** What could not be opened, one sentence each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Replaces the scan for plugins with what the settings ask for. */
    @Override
    public void initialize() {
        if (settings.console() != Console.OFF) {
            boolean json = settings.console() == Console.JSON;
            open("console", () -> consoleAppender(layout(json, colour)));
        }
        FileSettings file = settings.file();
        if (file != null) {
            open("log file " + file.path(), () -> fileAppender(file));
        }
        SyslogTarget syslog = settings.syslog();
        if (syslog != null) {
            open("syslog server " + syslog.host() + ":" + syslog.port(), () -> syslogAppender(syslog));
        }
        levels();
        setState(State.INITIALIZED);
    }

    private void open(String what, Supplier<Appender> build) {
        try {
            Appender appender = build.get();
            if (appender == null) {
                problems.add(what + " cannot be opened");
                return;
            }
            addAppender(appender);
            getRootLogger().addAppender(appender, null, null);
        } catch (RuntimeException e) {
            problems.add(what + " cannot be opened: " + e.getMessage());
        }
    }

    private Appender consoleAppender(Layout<String> layout) {
        return OutputStreamAppender.newBuilder()
                .setName("console")
                .setConfiguration(this)
                .setLayout(layout)
                .setTarget(console)
                .build();
    }

    private Appender fileAppender(FileSettings file) {
        tryToOpen(file.path().toAbsolutePath());
        String path = file.path().toAbsolutePath().toString();
        return RollingFileAppender.newBuilder()
                .setName("file")
                .setConfiguration(this)
                .setLayout(layout(file.json(), false))
                .setFileName(path)
                .setFilePattern(path.replace("%", "%%") + ".%i")
                .setPolicy(SizeBasedTriggeringPolicy.createPolicy(Long.toString(file.rotateBytes())))
                .setStrategy(DefaultRolloverStrategy.newBuilder()
                        .setMax(Integer.toString(file.keep()))
                        .setFileIndex("min")
                        .setConfig(this)
                        .build())
                .build();
    }

    /** Log4j's own message names its classes, not the reason. */
    private static void tryToOpen(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Behind a queue: nobody who logs waits for a connection. */
    private Appender syslogAppender(SyslogTarget target) {
        boolean tcp = target.transport() == Transport.TCP;
        Appender socket = SocketAppender.newBuilder()
                .setName("syslog-socket")
                .setConfiguration(this)
                .setLayout(new LogSyslogLayout(hostname(), tcp))
                .setProtocol(tcp ? Protocol.TCP : Protocol.UDP)
                .setHost(target.host())
                .setPort(target.port())
                .setConnectTimeoutMillis(CONNECT_TIMEOUT_MS)
                .setReconnectDelayMillis(RECONNECT_DELAY_MS)
                .setImmediateFail(true)
                .build();
        addAppender(socket);
        return AsyncAppender.newBuilder()
                .setName("syslog")
                .setConfiguration(this)
                .setAppenderRefs(new AppenderRef[] {AppenderRef.createAppenderRef("syslog-socket", null, null)})
                .setBlocking(false)
                .setBufferSize(SYSLOG_QUEUE)
                .setShutdownTimeout(DRAIN_TIMEOUT_MS)
                .build();
    }

    private Layout<String> layout(boolean json, boolean withColour) {
        return json
                ? JsonTemplateLayout.newBuilder()
                        .setConfiguration(this)
                        .setCharset(StandardCharsets.UTF_8)
                        .setEventTemplateUri("classpath:io/innkeeper/ops/log-line.json")
                        .build()
                : new LogTextLayout(withColour);
    }

    private void levels() {
        Level own = level(settings.level());
        getRootLogger().setLevel(own.isLessSpecificThan(Level.WARN) ? Level.WARN : own);
        // It writes a stack trace for every signature that is wrong, and anybody can send wrong ones. We count and
        // tell.
        // And one for every bus that ends, which its listener tells.
        Map<String, Level> levels = new TreeMap<>(Map.of(OURS, own, DNSSEC_LIBRARY, Level.OFF, BUS_LIBRARY, Level.OFF));
        settings.levels().forEach((name, level) -> levels.put(name, level(level)));
        levels.forEach((name, level) -> {
            if (name.equals("root")) {
                getRootLogger().setLevel(level);
            } else {
                // By its builder: only so it waits, when it is replaced, for the lines that are being written.
                addLogger(
                        name,
                        LoggerConfig.newBuilder()
                                .setConfig(this)
                                .setLoggerName(name)
                                .setLevel(level)
                                .setAdditivity(true)
                                .build());
            }
        });
    }

    private static Level level(org.slf4j.event.Level level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    /** The kernel's word: asking the resolver for our own name can take seconds. */
    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException notLinux) {
            return "-";
        }
    }
}
