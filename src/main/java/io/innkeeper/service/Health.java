package io.innkeeper.service;

import java.util.Map;

/**
 * How a service is.
 *
 * @param level how bad it is
 * @param message one sentence for people
 * @param detail numbers and lists for those who look closer; values that JSON can show
 */
public record Health(Level level, String message, Map<String, Object> detail) {
    /** How bad it is. */
    public enum Level {
        /** Does all it should. */
        OK,
        /** Works, but something needs a look. */
        DEGRADED,
        /** Does not work. */
        FAILED
    }

    /** Copies the detail. */
    public Health {
        detail = Map.copyOf(detail);
    }

    /** All is well. */
    public static Health ok(String message) {
        return new Health(Level.OK, message, Map.of());
    }
}
