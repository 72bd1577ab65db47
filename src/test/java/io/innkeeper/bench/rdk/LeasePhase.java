package io.innkeeper.bench.rdk;

import java.util.Locale;

/**
 * One piece of work for {@link LeaseLoad}.
 *
 * @param name what the report calls it
 * @param mode how messages are brought
 * @param seconds how long
 * @param rate messages a second at fixed points in time; 0 for as many as are taken
 * @param ratePart instead of {@code rate}: this part of what the last phase without a rate reached
 */
public record LeasePhase(String name, Mode mode, double seconds, double rate, double ratePart) {
    /** How messages are brought. */
    public enum Mode {
        /** Over a connection for each interface, which stays. */
        STREAM,
        /** One a connection. */
        SINGLE
    }

    /**
     * Reads {@code MODE[:KEY=VALUE,…]}, such as {@code stream:seconds=5,rate=50%}, with the keys {@code name seconds rate}.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static LeasePhase parse(String text) {
        String[] parts = text.split("[:,]", -1);
        LeasePhase phase = new LeasePhase(parts[0], Mode.valueOf(parts[0].toUpperCase(Locale.ROOT)), 5, 0, 0);
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException(parts[i] + ": key=value expected");
            }
            phase = phase.with(pair[0], pair[1]);
        }
        if (phase.mode == Mode.SINGLE && (phase.rate > 0 || phase.ratePart > 0)) {
            throw new IllegalArgumentException("single: knows no rate");
        }
        return phase;
    }

    private LeasePhase with(String key, String value) {
        return switch (key) {
            case "name" -> new LeasePhase(value, mode, seconds, rate, ratePart);
            case "seconds" -> new LeasePhase(name, mode, Double.parseDouble(value), rate, ratePart);
            case "rate" ->
                value.endsWith("%")
                        ? new LeasePhase(
                                name,
                                mode,
                                seconds,
                                0,
                                Double.parseDouble(value.substring(0, value.length() - 1)) / 100)
                        : atRate(Double.parseDouble(value));
            default -> throw new IllegalArgumentException(key + ": no such key");
        };
    }

    /** With this rate, however it was said. */
    LeasePhase atRate(double perSecond) {
        return new LeasePhase(name, mode, seconds, perSecond, 0);
    }
}
