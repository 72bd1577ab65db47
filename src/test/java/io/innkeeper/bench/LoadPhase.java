package io.innkeeper.bench;

import java.util.Locale;

/**
 * One piece of work for the generator. It ends after {@code count} exchanges (0: no limit) or {@code seconds} (0: no limit),
 * whichever comes first.
 *
 * @param name what the report calls it
 * @param mode which exchange
 * @param count exchanges
 * @param seconds how long exchanges are begun
 * @param window exchanges in flight at most
 * @param rate exchanges a second at fixed points in time; 0 for as many as the window allows. Times are then measured from
 *     when an exchange was due, so that a server that stalls does not hide the wait of those behind.
 * @param ratePart instead of {@code rate}: this part of what the last phase of this mode without a rate reached
 * @param direct as a client would that needs no relay: giaddr stays 0 (for renewals, where the server answers to the source)
 */
public record LoadPhase(
        String name, Mode mode, long count, double seconds, int window, double rate, double ratePart, boolean direct) {
    /** In an open loop, exchanges that may wait for their answers at a time. */
    static final int OPEN_WINDOW = 16_384;

    static final int CLOSED_WINDOW = 64;

    /** The kinds of exchange. */
    public enum Mode {
        /** DISCOVER, OFFER, REQUEST, ACK for clients that have no lease yet. */
        DORA,
        /** The same for clients that hold leases, as after a power cut: the number of leases stays. */
        AGAIN,
        /** REQUEST and ACK for clients that hold leases. */
        RENEW,
        /** DISCOVER and OFFER for new clients, which then go away. */
        DISCOVER,
        /** DISCOVER every 2 ms until the first OFFER. */
        AWAIT
    }

    /** Checks the window. */
    public LoadPhase {
        if (window < 1 || window > OPEN_WINDOW) {
            throw new IllegalArgumentException("window: 1 to " + OPEN_WINDOW);
        }
    }

    /** So many exchanges, as fast as the window allows. */
    public static LoadPhase of(Mode mode, long count, int window) {
        return new LoadPhase(mode.name().toLowerCase(Locale.ROOT), mode, count, 0, window, 0, 0, false);
    }

    /**
     * Reads {@code MODE[:KEY=VALUE,…]}: {@code dora:count=10000}, {@code renew:seconds=5,rate=50%}, with the keys
     * {@code name count seconds window rate direct}.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static LoadPhase parse(String text) {
        String[] parts = text.split("[:,]", -1);
        Mode mode = Mode.valueOf(parts[0].toUpperCase(Locale.ROOT));
        LoadPhase phase = of(mode, 0, CLOSED_WINDOW);
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
        phase = open && !windowSaid ? phase.with("window", String.valueOf(OPEN_WINDOW)) : phase;
        if (mode != Mode.AWAIT && phase.count == 0 && phase.seconds == 0) {
            throw new IllegalArgumentException(text + ": says neither count nor seconds");
        }
        return phase;
    }

    private LoadPhase with(String key, String value) {
        return switch (key) {
            case "name" -> new LoadPhase(value, mode, count, seconds, window, rate, ratePart, direct);
            case "count" -> new LoadPhase(name, mode, Long.parseLong(value), seconds, window, rate, ratePart, direct);
            case "seconds" ->
                new LoadPhase(name, mode, count, Double.parseDouble(value), window, rate, ratePart, direct);
            case "window" -> new LoadPhase(name, mode, count, seconds, Integer.parseInt(value), rate, ratePart, direct);
            case "rate" -> rate(value);
            case "direct" ->
                new LoadPhase(name, mode, count, seconds, window, rate, ratePart, Boolean.parseBoolean(value));
            default -> throw new IllegalArgumentException(key + ": no such key");
        };
    }

    private LoadPhase rate(String value) {
        if (value.endsWith("%")) {
            double part = Double.parseDouble(value.substring(0, value.length() - 1)) / 100;
            return new LoadPhase(name, mode, count, seconds, window, 0, part, direct);
        }
        return new LoadPhase(name, mode, count, seconds, window, Double.parseDouble(value), 0, direct);
    }

    /** With this rate, however it was said. */
    LoadPhase atRate(double perSecond) {
        return new LoadPhase(name, mode, count, seconds, window, perSecond, 0, direct);
    }
}
