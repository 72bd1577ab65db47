package io.innkeeper.service;

import io.innkeeper.config.DurationText;
import io.innkeeper.config.MacMask;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an argument of a command can be. Each is read from what JSON has for it, and from text, which is what a command line
 * has: {@code 30} and {@code "30"} are the same number.
 */
public enum ArgumentType {
    /** Gives a {@link Long}. */
    INTEGER("integer", "a whole number"),
    /** Gives a {@link Double}, never infinite. */
    NUMBER("number", "a number"),
    /** Gives a {@link String} of one line. */
    TEXT("text", "a text of one line"),
    /** Gives a {@link Boolean}. */
    BOOLEAN("boolean", "true or false"),
    /** Gives a {@link Duration}, of milliseconds or more; a number is seconds. */
    DURATION("duration", "a duration such as 30s, 5m, 12h or 7d, or a number of seconds"),
    /** Gives a {@link MacAddress}. */
    MAC("mac", "a MAC address such as aa:bb:cc:dd:ee:ff"),
    /** Gives a {@link MacMask}. */
    MAC_PATTERN("mac-pattern", "a MAC address or a pattern such as 00:11:22:*"),
    /** Gives an {@link IpAddress}. */
    ADDRESS("address", "an IP address such as 192.168.1.50"),
    /** Gives an {@link Instant}; a number is seconds since 1970. */
    TIME("time", "a time such as 2026-12-01T00:00:00Z, or seconds since 1970"),
    /** Gives a {@link String}, one of those that the argument names. */
    CHOICE("choice", "one of its choices");

    /** Where seconds since 1970 are written: the years 1970 to 9999. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private static final double LONGEST_SECONDS = 100 * 366 * 86_400.0;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private final String text;
    private final String words;

    ArgumentType(String text, String words) {
        this.text = text;
        this.words = words;
    }

    /** Its name in lists. */
    public String text() {
        return text;
    }

    /** What it is, to follow "must be". */
    String words() {
        return words;
    }

    /** Reads a value; empty where it is something else. */
    Optional<?> read(Object value) {
        return switch (this) {
            case INTEGER -> decimal(value).flatMap(ArgumentType::whole);
            case NUMBER -> decimal(value).map(BigDecimal::doubleValue);
            case TEXT, CHOICE -> line(value);
            case BOOLEAN -> truth(value);
            case DURATION -> duration(value);
            case MAC -> line(value).flatMap(MacAddress::parse);
            case MAC_PATTERN -> line(value).flatMap(MacMask::parse);
            case ADDRESS -> line(value).flatMap(IpAddress::parse);
            case TIME -> time(value);
        };
    }

    private static Optional<String> line(Object value) {
        return value instanceof String text && text.chars().noneMatch(Character::isISOControl)
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Through its decimal text, whose length bounds the work that a number such as 1e999999999 could make. */
    private static Optional<BigDecimal> decimal(Object value) {
        String digits = switch (value) {
            case String written -> written.strip();
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Double number when Math.abs(number) < 1e18 -> plain(number);
            default -> "";
        };
        return DECIMAL.matcher(digits).matches() ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }

    private static String plain(double number) {
        String written = new BigDecimal(Double.toString(number)).toPlainString();
        return written.substring(0, Math.min(written.length(), 36));
    }

    private static Optional<Long> whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 ? Optional.of(number.longValueExact()) : Optional.empty();
    }

    private static Optional<Boolean> truth(Object value) {
        if (value instanceof Boolean truth) {
            return Optional.of(truth);
        }
        return switch (value instanceof String text ? text.toLowerCase(Locale.ROOT) : "") {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> duration(Object value) {
        return line(value)
                .flatMap(DurationText::parse)
                .or(() -> decimal(value)
                        .map(BigDecimal::doubleValue)
                        .filter(seconds -> seconds >= 0 && seconds <= LONGEST_SECONDS)
                        .map(seconds -> Duration.ofMillis(Math.round(seconds * 1_000))));
    }

    private static Optional<Instant> time(Object value) {
        Optional<Instant> seconds = decimal(value)
                .map(BigDecimal::doubleValue)
                .filter(since -> since >= 0 && since <= LAST_SECOND)
                .map(since -> Instant.ofEpochMilli(Math.round(since * 1_000)));
        return seconds.or(() -> line(value).flatMap(ArgumentType::written));
    }

    private static Optional<Instant> written(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
