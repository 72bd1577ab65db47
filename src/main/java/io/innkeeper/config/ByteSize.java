package io.innkeeper.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes: {@code 10MB} is ten million, {@code 10MiB} is 10 · 1024 · 1024, {@code 10} is ten.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^[0-9]{1,18}([kKmMgG]?[bB]|[kKmMgG][iI][bB])?$";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:([kmg]i?)?b)?");
    private static final List<String> UNITS = List.of("GiB", "GB", "MiB", "MB", "KiB", "kB");

    /** @throws IllegalArgumentException for a negative number */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
    }

    /** Reads a number and perhaps a unit, in any case; empty for anything else and for what is beyond 2^63. */
    public static Optional<ByteSize> parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        String unit = form.group(2);
        long factor = unit == null ? 1 : factor(unit);
        return count > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(new ByteSize(count * factor));
    }

    /** Of {@code k}, {@code ki} and so on. */
    private static long factor(String unit) {
        long step = unit.endsWith("i") ? 1024 : 1000;
        return switch (unit.charAt(0)) {
            case 'k' -> step;
            case 'm' -> step * step;
            default -> step * step * step;
        };
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** With the largest unit that leaves a whole number. */
    @Override
    public String toString() {
        for (String name : UNITS) {
            long factor = factor(name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT));
            if (bytes > 0 && bytes % factor == 0) {
                return bytes / factor + name;
            }
        }
        return Long.toString(bytes);
    }
}
