package io.innkeeper.ops;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LifeCycle;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Puts {@link LogSettings} into effect, at start and again whenever they change. Code logs through SLF4J; only this package knows
 * Log4j. A target that fails stops nobody: it is named on the console (a few lines a minute) and in {@link #problems}.
 */
public final class LogSetup implements AutoCloseable {
    /** How many problems it remembers. */
    public static final int MAX_PROBLEMS = 16;

    private static final Duration REPEAT_AFTER = Duration.ofMinutes(1);
    private static final LogSettings NOWHERE =
            new LogSettings(Level.ERROR, Map.of(), LogSettings.Console.OFF, null, null);

    private final OutputStream console;
    private final boolean colour;
    private final Trouble trouble = new Trouble();

    /**
     * A set-up that is not in effect yet.
     *
     * @param console where console lines and the complaints about other targets go
     * @param colour whether the console shows colours
     */
    public LogSetup(OutputStream console, boolean colour) {
        this.console = console;
        this.colour = colour;
        StatusLogger.getLogger().registerListener(trouble);
    }

    /** Logs to stderr, in colour where that is a terminal and the user did not set {@code NO_COLOR}. */
    public static LogSetup ofProcess() {
        boolean colour = System.getenv("NO_COLOR") == null && isTerminal("/proc/self/fd/2");
        return new LogSetup(new FileOutputStream(FileDescriptor.err), colour);
    }

    private static boolean isTerminal(String descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of(descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /**
     * Puts the settings into effect. The new targets are open before the old ones close: no line is lost between them. Those
     * that cannot be opened are left out.
     *
     * @return what could not be opened, a sentence each; empty when all is well
     */
    public synchronized List<String> apply(LogSettings settings) {
        LoggerContext context = context();
        LogConfiguration next = new LogConfiguration(context, settings, console, colour);
        if (context.getState() == LifeCycle.State.STARTED) {
            context.reconfigure(next);
        } else {
            context.start(next);
        }
        next.problems().forEach(trouble::report);
        return next.problems();
    }

    private static LoggerContext context() {
        // Not LoggerContext.getContext(), which would first look for a configuration file.
        Log4jContextFactory factory = (Log4jContextFactory) LogManager.getFactory();
        return factory.getSelector().getContext(LogSetup.class.getName(), LogSetup.class.getClassLoader(), false);
    }

    /** The newest problems of the log targets, oldest first, at most {@value #MAX_PROBLEMS}; for health. */
    public List<String> problems() {
        return trouble.newest();
    }

    /** From now on an exception that ends a thread is logged, with the thread's name. */
    public void logUncaught() {
        Logger log = LoggerFactory.getLogger(LogSetup.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> log.error("thread {} ended by an exception", thread.getName(), thrown));
    }

    /** Writes what waits and closes the targets. Later lines are lost. */
    @Override
    public synchronized void close() {
        // Not by stopping the context: every logger that exists would be dead for good, also for a later apply.
        apply(NOWHERE);
        StatusLogger.getLogger().removeListener(trouble);
    }

    /** Hears what Log4j has to say of itself, so that it does not print it. */
    private final class Trouble implements StatusListener {
        private final Deque<String> newest = new ArrayDeque<>();
        private final LogLimiter limiter = new LogLimiter(REPEAT_AFTER, MAX_PROBLEMS);

        @Override
        public void log(StatusData data) {
            Throwable thrown = data.getThrowable();
            report(data.getMessage().getFormattedMessage() + (thrown == null ? "" : ": " + thrown));
        }

        @Override
        public org.apache.logging.log4j.Level getStatusLevel() {
            return org.apache.logging.log4j.Level.WARN;
        }

        void report(String problem) {
            boolean print;
            synchronized (newest) {
                print = limiter.allow(problem, Instant.now()).allowed();
                newest.remove(problem);
                newest.addLast(problem);
                if (newest.size() > MAX_PROBLEMS) {
                    newest.removeFirst();
                }
            }
            if (print) {
                print("innkeeper: logging: " + problem + "\n");
            }
        }

        private void print(String line) {
            try {
                console.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException nowhereToComplain) {
                // It is still in problems().
            }
        }

        List<String> newest() {
            synchronized (newest) {
                return List.copyOf(newest);
            }
        }

        @Override
        public void close() {}
    }
}
