package io.innkeeper.dhcp;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Writes faults of ours into the log, in full one of a kind in {@link #QUIET_MS}: whoever finds a packet that leads to one
 * can send a thousand of it a second. Of those between, the next one says how many there were. Belongs to one thread.
 */
final class FaultLog {
    /** For so long nothing more is written of the same kind, in milliseconds. */
    static final long QUIET_MS = 60_000;

    /** The most kinds that are told apart; all others are one kind. */
    static final int MAX_KINDS = 100;

    private static final String OTHERS = "others";

    private static final class Kind {
        boolean written;
        long writtenAtMs;
        long leftOut;
    }

    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * Writes a fault, or counts it.
     *
     * @param what could not be done, the beginning of a sentence
     */
    void error(Logger log, String what, Throwable fault, long nowMs) {
        long leftOut = look(fault, nowMs);
        if (leftOut >= 0) {
            log.error(
                    "{}; this is a fault in Innkeeper, please report it{}",
                    what,
                    leftOut == 0 ? "" : " (" + leftOut + " more of the same since the last one)",
                    fault);
        }
    }

    /** How many of the kind were left out since the last one that was written; -1 where this one is left out too. */
    long look(Throwable fault, long nowMs) {
        String name = name(fault);
        Kind kind = kinds.get(name);
        if (kind == null) {
            kind = kinds.computeIfAbsent(kinds.size() < MAX_KINDS ? name : OTHERS, any -> new Kind());
        }
        long sinceMs = nowMs - kind.writtenAtMs;
        if (kind.written && sinceMs >= 0 && sinceMs < QUIET_MS) {
            kind.leftOut++;
            return -1;
        }
        long leftOut = kind.leftOut;
        kind.written = true;
        kind.writtenAtMs = nowMs;
        kind.leftOut = 0;
        return leftOut;
    }

    /** What was thrown, and where. */
    private static String name(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    }
}
