package io.innkeeper.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as people say them. */
final class Remaining {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Remaining() {}

    /** Date and time of day in this machine's zone. */
    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** {@code 3d 4h}, {@code 2h 5m}, {@code 40s}; {@code over} where it is past. */
    static String of(Duration left) {
        long seconds = left.toSeconds();
        if (seconds < 0) {
            return "over";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + "h " + seconds / 60 % 60 + "m"
                : seconds / 86_400 + "d " + seconds / 3_600 % 24 + "h";
    }

    /** How long a lease with these JSON fields has left. */
    static String of(String expiry, String expiresAt, Instant now) {
        return switch (expiry) {
            case "infinite" -> "for ever";
            case "at" -> of(Duration.between(now, Instant.parse(expiresAt)));
            default -> "unknown";
        };
    }
}
