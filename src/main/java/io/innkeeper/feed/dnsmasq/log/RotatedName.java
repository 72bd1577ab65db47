package io.innkeeper.feed.dnsmasq.log;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that a log file gets when it is rotated: {@code log.1}, {@code log.2.gz}, {@code log-20261121}, {@code log.0} (BusyBox),
 * or with the extension kept at the end ({@code dnsmasq-20261121.log}).
 *
 * @param name the whole name
 * @param number which one before the present one, where names are numbered; null for dates
 * @param packed how it is compressed
 */
record RotatedName(String name, @Nullable Integer number, Packing packed) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final String TURN = "([0-9][0-9TZ:_.-]*)";

    /** How a file is compressed. */
    enum Packing {
        NONE,
        GZIP,
        /** By something that is not read here. */
        OTHER
    }

    /** Reads a name in the folder of {@code base}; empty where it is not one of its rotated names. */
    static Optional<RotatedName> of(String base, String name) {
        String bare = name.replaceFirst("\\.(gz|xz|zst|bz2|lz4|Z)$", "");
        Packing packing = bare.equals(name) ? Packing.NONE : name.endsWith(".gz") ? Packing.GZIP : Packing.OTHER;
        int dot = base.lastIndexOf('.');
        String stem = dot > 0 ? base.substring(0, dot) : base;
        String extension = dot > 0 ? base.substring(dot) : "";
        String form = Pattern.quote(base) + "[.-]" + TURN + "|" + Pattern.quote(stem) + "[.-]" + TURN
                + Pattern.quote(extension);
        Matcher matcher = Pattern.compile(form).matcher(bare);
        if (bare.equals(base) || !matcher.matches()) {
            return Optional.empty();
        }
        String turn = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        boolean numbered = NUMBER.matcher(turn).matches();
        return Optional.of(new RotatedName(name, numbered ? Integer.valueOf(turn) : null, packing));
    }

    /** Higher numbers are older. */
    static Comparator<RotatedName> oldestFirst() {
        return Comparator.comparingInt((RotatedName name) -> name.number == null ? 0 : -name.number);
    }

    /** The name before it was compressed. */
    String bare() {
        return packed == Packing.NONE ? name : name.substring(0, name.lastIndexOf('.'));
    }
}
