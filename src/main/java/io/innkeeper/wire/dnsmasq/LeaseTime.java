package io.innkeeper.wire.dnsmasq;

import java.util.Locale;
import java.util.Optional;

/**
 * A lease time as dnsmasq's configuration gives it: bare seconds, or {@code 45m}, {@code 1h}, {@code 2d}, {@code 1w}, or
 * {@code infinite}.
 *
 * @param seconds 120 to 4,294,967,295; the last means for ever (RFC 2131 §3.3)
 */
public record LeaseTime(long seconds) {
    /** A lease without end. */
    public static final LeaseTime INFINITE = new LeaseTime(0xffff_ffffL);

    /** dnsmasq raises a shorter time to two minutes. */
    public static final long MIN_SECONDS = 120;

    private static final int MAX_DIGITS = 10;

    /** Raises to {@link #MIN_SECONDS}, lowers to what 32 bits hold. */
    public LeaseTime {
        seconds = Math.clamp(seconds, MIN_SECONDS, 0xffff_ffffL);
    }

    /** True for a lease without end. */
    public boolean isInfinite() {
        return equals(INFINITE);
    }

    /** Reads a lease time; empty for anything else. */
    public static Optional<LeaseTime> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("infinite")) {
            return Optional.of(INFINITE);
        }
        long unit = lower.length() < 2 ? 0 : unitSeconds(lower.charAt(lower.length() - 1));
        String digits = unit == 0 ? lower : lower.substring(0, lower.length() - 1);
        if (!ConfigFields.digits(digits) || digits.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(new LeaseTime(Long.parseLong(digits) * Math.max(1, unit)));
    }

    private static long unitSeconds(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            default -> 0;
        };
    }
}
