package io.innkeeper.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one kind of log line from flooding: one line a key and interval, and no more lines an interval than it has room for
 * keys. Pure; takes {@code now}. Safe for many threads.
 */
public final class LogLimiter {
    private final Duration interval;
    private final int maxKeys;
    /** In the order in which the windows began, so that the first is the first to end. */
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private long untold;

    /**
     * A limiter.
     *
     * @param interval how long a key is silent after a line
     * @param maxKeys how many keys it remembers; while all of them are silent, lines with further keys are suppressed
     */
    public LogLimiter(Duration interval, int maxKeys) {
        this.interval = interval;
        this.maxKeys = maxKeys;
    }

    /**
     * What to do with a line.
     *
     * @param allowed true to log it
     * @param suppressed for an allowed line, how many with its key were suppressed since the last allowed one; else how many
     *     with its key so far (0 where the key is not remembered)
     */
    public record Verdict(boolean allowed, long suppressed) {}

    private static final class Window {
        final Instant since;
        long suppressed;

        Window(Instant since) {
            this.since = since;
        }
    }

    /** Whether a line with this key may be logged now. */
    public synchronized Verdict allow(String key, Instant now) {
        Window window = windows.get(key);
        if (window != null && isOpen(window, now)) {
            return new Verdict(false, ++window.suppressed);
        }
        windows.remove(key);
        if (window == null && !makeRoom(now)) {
            untold++;
            return new Verdict(false, 0);
        }
        windows.put(key, new Window(now));
        return new Verdict(true, window == null ? 0 : window.suppressed);
    }

    /** How many suppressed lines no verdict on an allowed line will tell of. */
    public synchronized long untold() {
        return untold;
    }

    /** A clock that was set back must not silence a key for as long as it was set back. */
    private boolean isOpen(Window window, Instant now) {
        return !now.isBefore(window.since) && now.isBefore(window.since.plus(interval));
    }

    private boolean makeRoom(Instant now) {
        if (windows.size() < maxKeys) {
            return true;
        }
        Map.Entry<String, Window> oldest = windows.entrySet().iterator().next();
        if (isOpen(oldest.getValue(), now)) {
            return false;
        }
        untold += oldest.getValue().suppressed;
        windows.remove(oldest.getKey());
        return true;
    }
}
