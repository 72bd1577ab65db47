package io.innkeeper.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a lease runs: {@code 12h}, or {@code infinite}.
 *
 * @param seconds 1 to 4294967295, of which the last means that there is no end (RFC 2131 §3.3)
 */
public record Lifetime(long seconds) implements Comparable<Lifetime> {
    /** Without an end. */
    public static final Lifetime INFINITE = new Lifetime(0xffff_ffffL);

    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h|d)|infinite)$";

    /** @throws IllegalArgumentException if the number is outside its range */
    public Lifetime {
        if (seconds < 1 || seconds > 0xffff_ffffL) {
            throw new IllegalArgumentException("no such lifetime: " + seconds);
        }
    }

    /** Reads a duration of whole seconds, or {@code infinite}; empty for anything else and for what is beyond 136 years. */
    public static Optional<Lifetime> parse(String text) {
        if (text.equals("infinite")) {
            return Optional.of(INFINITE);
        }
        return DurationText.parse(text)
                .filter(duration -> duration.toMillis() % 1000 == 0)
                .map(Duration::toSeconds)
                .filter(seconds -> seconds > 0 && seconds < INFINITE.seconds)
                .map(Lifetime::new);
    }

    /** True where there is no end. */
    public boolean isInfinite() {
        return equals(INFINITE);
    }

    @Override
    public int compareTo(Lifetime other) {
        return Long.compare(seconds, other.seconds);
    }

    @Override
    public String toString() {
        return isInfinite() ? "infinite" : DurationText.write(Duration.ofSeconds(seconds));
    }
}
