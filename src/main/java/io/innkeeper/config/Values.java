package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From one scalar to one value, or the sentence that says why not. */
final class Values {
    private Values() {}

    /** What became of a scalar. */
    sealed interface Read {}

    /** It is one. */
    record Good(Object value) implements Read {}

    /** It is none. */
    record Bad(String message, @Nullable String suggestion) implements Read {}

    static Read read(Shape.Value shape, ConfigNode node) {
        return switch (node) {
            case Mapping _ ->
                new Bad("is one value, not a section: " + shape.type().words(), null);
            case Sequence sequence -> several(shape, sequence);
            case Scalar scalar -> scalar(shape, scalar);
        };
    }

    private static Read several(Shape.Value shape, Sequence sequence) {
        List<String> places = sequence.items().stream()
                .filter(item -> item instanceof Scalar scalar && isUntyped(scalar.kind()))
                .map(item -> item.origin().text())
                .distinct()
                .toList();
        return places.size() > 1
                ? new Bad("is given more than once: " + String.join(", ", places), null)
                : new Bad("is one value, not a list: " + shape.type().words(), null);
    }

    private static boolean isUntyped(Kind kind) {
        return kind == Kind.UNTYPED || kind == Kind.QUOTED;
    }

    private static Read scalar(Shape.Value shape, Scalar scalar) {
        ValueType type = shape.type();
        if (scalar.kind() == Kind.NULL) {
            return new Bad("has no value; expected " + type.words(), null);
        }
        if (!isUntyped(scalar.kind()) && !type.kinds().contains(scalar.kind())) {
            return wrongKind(type, scalar);
        }
        Optional<?> value = type.parse().apply(scalar.text());
        if (value.isEmpty()) {
            return new Bad(
                    ConfigProblem.quote(scalar.text()) + " is not " + type.words(),
                    Suggestion.nearest(scalar.text(), type.choices()));
        }
        return constrained(shape, scalar.text(), value.get());
    }

    private static Read wrongKind(ValueType type, Scalar scalar) {
        boolean readable = type.parse().apply(scalar.text()).isPresent();
        String text = ConfigProblem.quote(scalar.text());
        if (!readable) {
            return new Bad(text + " is not " + type.words(), null);
        }
        if (scalar.kind() != Kind.TEXT) {
            return new Bad(text + " is not a text here; put it in quotes", null);
        }
        String plain = type.parse().apply(scalar.text()).orElseThrow().toString();
        return new Bad("the text " + text + " is not " + type.words() + "; write " + plain + " without quotes", null);
    }

    private static Read constrained(Shape.Value shape, String text, Object value) {
        Matches matches = shape.matches();
        if (matches != null && !Pattern.compile(matches.pattern()).matcher(text).matches()) {
            return new Bad(ConfigProblem.quote(text) + " is not " + matches.words(), null);
        }
        Range range = shape.range();
        if (range != null && (compare(shape, value, range.min()) < 0 || compare(shape, value, range.max()) > 0)) {
            String shown = shape.type().write().apply(value).toString();
            return new Bad("must be from " + range.min() + " to " + range.max() + ", not " + shown, null);
        }
        return new Good(value);
    }

    /**
     * A value against a bound of its {@link Range}.
     *
     * @throws IllegalArgumentException if the annotation is wrong
     */
    @SuppressWarnings("unchecked")
    private static int compare(Shape.Value shape, Object value, String bound) {
        Object limit = shape.type().parse().apply(bound).orElseThrow(() -> new IllegalArgumentException(bound));
        return ((Comparable<Object>) value).compareTo(limit);
    }
}
