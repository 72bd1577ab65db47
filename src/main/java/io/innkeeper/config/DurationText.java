package io.innkeeper.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms 30s 5m 12h 7d}. One number, one unit. */
public final class DurationText {
    /** What {@link #parse} takes, for schemas. */
    static final String PATTERN = "^[0-9]{1,9}(ms|s|m|h|d)$";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private DurationText() {}

    /** Reads a number and its unit; empty for anything else. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(Duration.ofMillis(Long.parseLong(form.group(1)) * millis(form.group(2))))
                : Optional.empty();
    }

    /** With the largest unit that leaves a whole number; what is finer than a millisecond is lost. */
    public static String write(Duration duration) {
        long total = duration.toMillis();
        for (String unit : UNITS) {
            if (total != 0 && total % millis(unit) == 0) {
                return total / millis(unit) + unit;
            }
        }
        return "0s";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000;
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            default -> 1;
        };
    }
}
