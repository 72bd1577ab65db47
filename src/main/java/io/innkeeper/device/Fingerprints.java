package io.innkeeper.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device has which DHCP fingerprint: a table of lines. A line is the kind, {@code |}, the whole of JA4D, or its
 * last part, the parameters, or {@code *} for any, {@code |}, the vendor class, in which {@code *} stands for any text; {@code -} for none sent. Empty
 * lines and those that begin with {@code #} are left out. Of several lines that fit, the one that says more of both counts, and of
 * equal ones the first. Immutable.
 */
public final class Fingerprints {
    /** Name of the class-path resource beside this class that {@link #parse} takes. */
    public static final String RESOURCE = "fingerprints.txt";

    /** Knows nothing. */
    public static final Fingerprints NONE = new Fingerprints(List.of());

    private static final String ANY = "*";
    private static final int MOST_LINES = 10_000;

    private record Line(String kind, String parameters, String vendorClass, int order) {
        boolean fits(Fingerprint fingerprint) {
            String sent = fingerprint.vendorClass();
            return (parameters.equals(ANY)
                            || parameters.equals(fingerprint.parameters())
                            || parameters.equals(fingerprint.ja4d()))
                    && (vendorClass.equals("-")
                            ? sent == null
                            : vendorClass.equals(ANY) || (sent != null && like(sent)));
        }

        private boolean like(String sent) {
            String[] parts = vendorClass.split("\\*", -1);
            if (!sent.startsWith(parts[0]) || (parts.length == 1 && !sent.equals(parts[0]))) {
                return false;
            }
            int at = parts[0].length();
            for (int i = 1; i < parts.length; i++) {
                int found = i == parts.length - 1 ? sent.length() - parts[i].length() : sent.indexOf(parts[i], at);
                if (found < at || !sent.startsWith(parts[i], found)) {
                    return false;
                }
                at = found + parts[i].length();
            }
            return true;
        }

        /** How much it says. */
        int weight() {
            int message = parameters.equals(ANY) ? 0 : parameters.indexOf('_') < 0 ? 1_000 : 2_000;
            return message + (vendorClass.equals(ANY) ? 0 : vendorClass.length());
        }
    }

    private final List<Line> lines;
    private final Map<String, List<Line>> byParameters = new HashMap<>();

    private Fingerprints(List<Line> lines) {
        this.lines = List.copyOf(lines);
        for (Line line : lines) {
            byParameters
                    .computeIfAbsent(line.parameters(), _ -> new ArrayList<>())
                    .add(line);
        }
    }

    /**
     * The table in this text.
     *
     * @throws IllegalArgumentException if a line is none, with its number and what is wrong
     */
    public static Fingerprints parse(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line(line, number, lines.size()));
            }
        }
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("more than " + MOST_LINES + " lines");
        }
        return new Fingerprints(lines);
    }

    private static Line line(String text, int number, int order) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 3 || parts[0].isBlank() || parts[2].isBlank()) {
            throw new IllegalArgumentException("line " + number + " is not: kind | options or JA4D | vendor class");
        }
        String parameters = parts[1].strip();
        if (!parameters.matches("\\*|\\d{1,3}(-\\d{1,3}){0,254}")
                && !Fingerprint.JA4D.matcher(parameters).matches()) {
            throw new IllegalArgumentException("line " + number
                    + " has options that are neither * nor codes such as 1-3-6 nor JA4D: " + parameters);
        }
        return new Line(parts[0].strip(), parameters, parts[2].strip(), order);
    }

    /** These lines before those: what an owner says of a fingerprint counts, and the rest stays. */
    public Fingerprints over(Fingerprints others) {
        List<Line> all = new ArrayList<>(lines);
        // A line of the others that the owner's lines speak of as a whole has nothing left to say.
        others.lines.stream()
                .filter(other -> lines.stream()
                        .noneMatch(line -> line.parameters().equals(other.parameters())
                                && line.vendorClass().equals(other.vendorClass())))
                .forEach(all::add);
        return new Fingerprints(all);
    }

    /** How many lines there are. */
    public int size() {
        return lines.size();
    }

    /** What kind of device it is; null where no line fits. */
    public @Nullable String kindOf(@Nullable Fingerprint fingerprint) {
        if (fingerprint == null) {
            return null;
        }
        Line best = null;
        String whole = fingerprint.ja4d();
        for (String key : List.of(whole == null ? ANY : whole, fingerprint.parameters(), ANY)) {
            for (Line line : byParameters.getOrDefault(key, List.of())) {
                if (line.fits(fingerprint) && (best == null || line.weight() > best.weight())) {
                    best = line;
                }
            }
        }
        return best == null ? null : best.kind();
    }
}
