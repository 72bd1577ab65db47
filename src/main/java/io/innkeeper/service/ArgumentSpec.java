package io.innkeeper.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a command: what it may be. Made by {@link #required} and {@link #optional}.
 *
 * @param name lower case, words joined by {@code _}
 * @param type what it is
 * @param isRequired whether the command needs it
 * @param preset what counts where it is not given, as a user would write it; null for nothing
 * @param min the smallest value, seconds for a duration, characters for a text; null for none
 * @param max the largest, likewise
 * @param choices the texts of a {@link ArgumentType#CHOICE}
 * @param doc one sentence
 */
public record ArgumentSpec(
        String name,
        ArgumentType type,
        boolean isRequired,
        @Nullable String preset,
        @Nullable Double min,
        @Nullable Double max,
        List<String> choices,
        String doc) {
    /** How long a text may be that has no range. */
    public static final int TEXT_MAX = 255;

    private static final int SHOWN_MAX = 60;

    /** Copies the choices. @throws IllegalArgumentException if the preset is not what the rest asks for */
    public ArgumentSpec {
        choices = List.copyOf(choices);
    }

    /** One that must be given. */
    public static ArgumentSpec required(String name, ArgumentType type, String doc) {
        return of(name, type, true, doc);
    }

    /** One that may be left out. */
    public static ArgumentSpec optional(String name, ArgumentType type, String doc) {
        return of(name, type, false, doc);
    }

    private static ArgumentSpec of(String name, ArgumentType type, boolean isRequired, String doc) {
        Double least = type == ArgumentType.TEXT ? 1.0 : null;
        Double most = type == ArgumentType.TEXT ? (double) TEXT_MAX : null;
        return new ArgumentSpec(name, type, isRequired, null, least, most, List.of(), doc);
    }

    /** The same, from the smallest to the largest value: seconds for a duration, characters for a text. */
    public ArgumentSpec range(double smallest, double largest) {
        return new ArgumentSpec(name, type, isRequired, preset, smallest, largest, choices, doc);
    }

    /** The same, one of these. */
    public ArgumentSpec choices(String... texts) {
        return new ArgumentSpec(name, type, isRequired, preset, min, max, List.of(texts), doc);
    }

    /**
     * The same, with what counts where it is not given; comes last.
     *
     * @throws IllegalArgumentException if that cannot be read
     */
    public ArgumentSpec otherwise(String value) {
        if (read(value).isEmpty()) {
            throw new IllegalArgumentException(name + " cannot be '" + value + "': it must be " + words());
        }
        return new ArgumentSpec(name, type, false, value, min, max, choices, doc);
    }

    /** The value; empty where it is something else, or out of range. */
    Optional<?> read(Object value) {
        return type.read(value).filter(this::fits);
    }

    private boolean fits(Object value) {
        if (type == ArgumentType.CHOICE) {
            return choices.contains(value);
        }
        double size = switch (value) {
            case Number number -> number.doubleValue();
            case Duration duration -> duration.toMillis() / 1_000.0;
            case String text -> text.length();
            default -> 0;
        };
        return (min == null || size >= min) && (max == null || size <= max);
    }

    /** What it must be, to follow "must be". */
    String words() {
        if (type == ArgumentType.CHOICE) {
            return "one of " + String.join(", ", choices);
        }
        String unit = type == ArgumentType.TEXT ? " characters" : type == ArgumentType.DURATION ? " seconds" : "";
        String least = min == null ? "" : " from " + plain(min);
        String most = max == null ? "" : " up to " + plain(max);
        String both = min == null || max == null ? least + most : least + " to " + plain(max);
        return type.words() + (both.isEmpty() ? "" : "," + both + unit);
    }

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** What is wrong with a value that cannot be read. */
    ArgumentProblem problem(Object value) {
        String shown = switch (value) {
            case List<?> _ -> "a list";
            case java.util.Map<?, ?> _ -> "an object";
            default -> "'" + CommandSpec.shown(value.toString(), SHOWN_MAX) + "'";
        };
        return new ArgumentProblem(name, "must be " + words() + "; it is " + shown);
    }
}
