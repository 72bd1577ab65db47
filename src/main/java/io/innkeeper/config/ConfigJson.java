package io.innkeeper.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

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
            }
        }
        return json;
    }

    private static Object value(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Section section -> section(section, value);
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
