package io.innkeeper.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration as JSON, with the keys and the texts a user would write: read again, it is the same
 * configuration. Keys that have no value are left out.
 */
public final class ConfigJson {
    private ConfigJson() {}

    /** A tree of maps, lists, strings, numbers and booleans; {@link JsonText} writes it. */
    public static SequencedMap<String, Object> write(Config config) {
        return section(ConfigLoader.root(), config);
    }

    private static SequencedMap<String, Object> section(Shape.Section section, Object owner) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        for (Shape.Field field : section.fields()) {
            Object value = field.get(owner);
            if (value != null) {
                json.put(field.key(), value(field.shape(), value));
            } else if (field.isOn()) {
                json.put(field.key(), "off");
            }
        }
        return json;
    }

    /** A record of which only the {@link Shorthand} says something is written as that. */
    private static Object shortest(Shape.Section section, Object owner) {
        Shape.Field shorthand = section.shorthand();
        if (shorthand == null) {
            return section(section, owner);
        }
        boolean fits = !isPreset(shorthand, shorthand.get(owner))
                && section.fields().stream()
                        .filter(field -> !field.equals(shorthand))
                        .allMatch(field -> isPreset(field, field.get(owner)));
        return fits ? value(shorthand.shape(), shorthand.get(owner)) : section(section, owner);
    }

    /** True where the value would be the same if nobody wrote it. */
    private static boolean isPreset(Shape.Field field, @Nullable Object value) {
        if (field.shape() instanceof Shape.Value single && field.defaultText() != null) {
            return single.type().parse().apply(field.defaultText()).equals(Optional.ofNullable(value));
        }
        return value == null || value.equals(List.of()) || value.equals(Map.of());
    }

    private static Object value(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Section section -> shortest(section, value);
            case Shape.Items items ->
                ((List<?>) value)
                        .stream().map(item -> value(items.item(), item)).toList();
            case Shape.Table table -> {
                SequencedMap<String, Object> json = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, item) -> json.put((String) key, value(table.value(), item)));
                yield json;
            }
            case Shape.Value single -> single.type().write().apply(value);
            case Shape.Anything _ -> value;
        };
    }
}
