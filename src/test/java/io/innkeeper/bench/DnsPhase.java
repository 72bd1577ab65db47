package io.innkeeper.bench;

import java.util.Locale;

/**
 * One piece of work for {@link DnsLoad}.
 *
 * @param name what the report calls it
 * @param mode which questions
 * @param seconds how long questions are asked; for {@link Mode#EACH} and {@link Mode#AWAIT} at most
 * @param window questions in flight at most
 * @param rate questions a second at fixed points in time; 0 for as many as the window allows. Times are then measured from when
 *     a question was due, so that a server that stalls does not hide the wait of those behind
 * @param ratePart instead of {@code rate}: this part of what the last phase of this mode without a rate reached
 * @param awaitsBlocked for {@link Mode#AWAIT}: the answer for a blocked name is waited for
 */
public record DnsPhase(
        String name, Mode mode, double seconds, int window, double rate, double ratePart, boolean awaitsBlocked) {
    /** In an open loop, questions that may wait for their answers at a time. */
    static final int OPEN_WINDOW = 16_384;

    static final int CLOSED_WINDOW = 100;

    private static final double PATIENCE_S = 120;

    /** The kinds of load. */
    public enum Mode {
        /** Every name that exists, once, in order. */
        EACH,
        /** Names that exist, at random. */
        HITS,
        /** Names that are blocked, at random. */
        BLOCKED,
        /** One question every 2 ms until the first right answer. */
        AWAIT
    }

    /** Checks the window. */
    public DnsPhase {
        if (window < 1 || window > OPEN_WINDOW) {
            throw new IllegalArgumentException("window: 1 to " + OPEN_WINDOW);
        }
    }

    /**
     * Reads {@code MODE[:KEY=VALUE,…]}, such as {@code hits:seconds=5,rate=50%}, with the keys {@code name seconds window rate
     * blocked}.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static DnsPhase parse(String text) {
        String[] parts = text.split("[:,]", -1);
        Mode mode = Mode.valueOf(parts[0].toUpperCase(Locale.ROOT));
        DnsPhase phase = new DnsPhase(parts[0], mode, PATIENCE_S, CLOSED_WINDOW, 0, 0, false);
        boolean windowSaid = false;
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException(parts[i] + ": key=value expected");
            }
            windowSaid |= pair[0].equals("window");
            phase = phase.with(pair[0], pair[1]);
        }
        boolean open = mode == Mode.AWAIT || phase.rate > 0 || phase.ratePart > 0;
        return open && !windowSaid ? phase.with("window", String.valueOf(OPEN_WINDOW)) : phase;
    }

    private DnsPhase with(String key, String value) {
        return switch (key) {
            case "name" -> new DnsPhase(value, mode, seconds, window, rate, ratePart, awaitsBlocked);
            case "seconds" ->
                new DnsPhase(name, mode, Double.parseDouble(value), window, rate, ratePart, awaitsBlocked);
            case "window" -> new DnsPhase(name, mode, seconds, Integer.parseInt(value), rate, ratePart, awaitsBlocked);
            case "rate" -> rate(value);
            case "blocked" -> new DnsPhase(name, mode, seconds, window, rate, ratePart, Boolean.parseBoolean(value));
            default -> throw new IllegalArgumentException(key + ": no such key");
        };
    }

    private DnsPhase rate(String value) {
        if (value.endsWith("%")) {
            double part = Double.parseDouble(value.substring(0, value.length() - 1)) / 100;
            return new DnsPhase(name, mode, seconds, window, 0, part, awaitsBlocked);
        }
        return atRate(Double.parseDouble(value));
    }

    /** With this rate, however it was said. */
    DnsPhase atRate(double perSecond) {
        return new DnsPhase(name, mode, seconds, window, perSecond, 0, awaitsBlocked);
    }
}
