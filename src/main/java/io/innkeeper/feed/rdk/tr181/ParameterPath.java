package io.innkeeper.feed.rdk.tr181;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path as somebody asks for it: a parameter, or all below an object; {@code *} or {@code {i}} stand for any row.
 *
 * @param text as it was written
 * @param segments its names and numbers
 */
public record ParameterPath(String text, List<String> segments) {
    /** The longest that TR-106 allows. */
    static final int MAX = 256;

    private static final String ANY = "*";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*|[0-9]{1,10}|\\*|\\{i}");

    /** Copies the segments. */
    public ParameterPath {
        segments = List.copyOf(segments);
    }

    /** Reads a path; empty where it is none. */
    public static Optional<ParameterPath> parse(String text) {
        if (text.length() > MAX) {
            return Optional.empty();
        }
        String whole = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        List<String> segments = List.of(whole.split("\\.", -1));
        boolean right =
                segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches());
        return right
                ? Optional.of(new ParameterPath(
                        text,
                        segments.stream()
                                .map(segment -> segment.equals("{i}") ? ANY : segment)
                                .toList()))
                : Optional.empty();
    }

    /** Whether it asks for any row of a table. */
    public boolean isPattern() {
        return segments.contains(ANY);
    }

    /** Whether it asks for this parameter, or for an object that holds it. */
    boolean covers(String[] parameter) {
        return length(parameter) == segments.size() && isWithin(parameter);
    }

    /** A parameter is asked for by its own name, an object by one that ends with a dot, or is no parameter. */
    private boolean isWithin(String[] parameter) {
        return !text.endsWith(".") || parameter.length > segments.size();
    }

    /** How many segments from the beginning fit. */
    int length(String[] parameter) {
        int fitting = 0;
        while (fitting < segments.size()
                && fitting < parameter.length
                && fits(segments.get(fitting), parameter[fitting])) {
            fitting++;
        }
        return fitting;
    }

    private static boolean fits(String segment, String part) {
        return segment.equals(part) || (segment.equals(ANY) && Character.isDigit(part.charAt(0)));
    }
}
