package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays one document over another: mappings merge by key, everything else replaces. Lists that are known by name
 * ({@link ByName}) merge by name where the upper layer is an object or a mapping from name to object, and come out as a
 * list.
 */
final class Layers {
    private static final String NAME = "name";

    /** What switches a section and says nothing of what is in it. */
    private static final Set<String> SWITCHES = Set.of("on", "off");

    private final Problems problems;

    Layers(Problems problems) {
        this.problems = problems;
    }

    /** The document that results, with {@code upper} winning. */
    Mapping merge(Shape.Section root, Mapping lower, Mapping upper) {
        return section(root, lower, upper, "");
    }

    private ConfigNode merge(@Nullable Shape shape, @Nullable ConfigNode lower, ConfigNode upper, String path) {
        if (upper.isNull()) {
            return lower == null ? upper : lower;
        }
        if (shape instanceof Shape.Items items && items.byName() && items.item() instanceof Shape.Section section) {
            return byName(section, items(lower), upper, path);
        }
        if (upper instanceof Sequence list
                && shape instanceof Shape.Items items
                && items.item() instanceof Shape.Section section) {
            return each(section, list, path);
        }
        if (!(upper instanceof Mapping over)) {
            return upper;
        }
        Mapping under = lower instanceof Mapping mapping ? mapping : Mapping.empty(over.origin());
        return switch (shape) {
            case Shape.Section section -> section(section, written(section, lower, under), over, path);
            case null, default -> table(under, over);
        };
    }

    /** A section of which only the {@link Shorthand} was written, as the section that this means. */
    private static Mapping written(Shape.Section section, @Nullable ConfigNode lower, Mapping under) {
        Shape.Field shorthand = section.shorthand();
        boolean isShort = lower instanceof Scalar scalar && !SWITCHES.contains(scalar.text()) && !lower.isNull();
        return shorthand == null || !isShort || lower == null
                ? under
                : new Mapping(new LinkedHashMap<>(Map.of(shorthand.key(), lower)), lower.origin());
    }

    private Mapping section(Shape.Section section, Mapping lower, Mapping upper, String path) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>(lower.entries());
        for (Map.Entry<String, ConfigNode> entry : upper.entries().entrySet()) {
            String key = entry.getKey();
            Shape shape = section.field(key).map(Shape.Field::shape).orElse(null);
            String full = path.isEmpty() ? key : path + "." + key;
            entries.put(key, merge(shape, entries.get(key), entry.getValue(), full));
        }
        return new Mapping(entries, upper.entries().isEmpty() ? lower.origin() : upper.origin());
    }

    private static Mapping table(Mapping lower, Mapping upper) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>(lower.entries());
        entries.putAll(upper.entries());
        return new Mapping(entries, upper.origin());
    }

    /** A list replaces, but what is known by name inside its items comes out as lists there too. */
    private Sequence each(Shape.Section section, Sequence list, String path) {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            String full = path + "[" + items.size() + "]";
            items.add(
                    item instanceof Mapping mapping
                            ? section(section, Mapping.empty(mapping.origin()), mapping, full)
                            : item);
        }
        return new Sequence(items, list.origin());
    }

    private static List<ConfigNode> items(@Nullable ConfigNode lower) {
        return lower instanceof Sequence sequence ? sequence.items() : List.of();
    }

    private ConfigNode byName(Shape.Section section, List<ConfigNode> lower, ConfigNode upper, String path) {
        if (upper instanceof Sequence list) {
            return each(section, list, path);
        }
        if (!(upper instanceof Mapping mapping)) {
            return upper;
        }
        List<ConfigNode> items = new ArrayList<>(lower);
        if (!isNamed(section, mapping)) {
            own(section, items, mapping, path);
            return new Sequence(items, mapping.origin());
        }
        mapping.entries().forEach((name, node) -> {
            LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
            entries.put(NAME, new Scalar(name, Kind.QUOTED, node.origin()));
            Mapping named = (Mapping) node;
            named.entries().forEach((key, value) -> {
                if (key.equals(NAME) && !isText(value, name)) {
                    problems.error(path + "." + name, value.origin(), "has another name inside than outside");
                } else if (!key.equals(NAME)) {
                    entries.put(key, value);
                }
            });
            put(section, items, name, new Mapping(entries, node.origin()), path);
        });
        return new Sequence(items, mapping.origin());
    }

    /** True where every key is a name and every value an object. */
    private static boolean isNamed(Shape.Section section, Mapping mapping) {
        return !mapping.entries().isEmpty()
                && mapping.entries().entrySet().stream()
                        .allMatch(entry -> entry.getValue() instanceof Mapping
                                && section.field(entry.getKey()).isEmpty());
    }

    private static boolean isText(ConfigNode node, String text) {
        return node instanceof Scalar scalar && scalar.text().equals(text);
    }

    /** One object over a list: over the entry of its name, or over the only entry. */
    private void own(Shape.Section section, List<ConfigNode> items, Mapping upper, String path) {
        if (upper.entries().get(NAME) instanceof Scalar name && indexOf(section, items, name.text()) >= 0) {
            put(section, items, name.text(), upper, path);
        } else if (items.size() == 1 && items.getFirst() instanceof Mapping only) {
            items.set(0, section(section, only, upper, path));
        } else if (items.isEmpty()) {
            items.add(section(section, Mapping.empty(upper.origin()), upper, path));
        } else {
            problems.error(
                    path, upper.origin(), "there are several; say which, as in " + path + ".NAME." + key(section));
        }
    }

    /** A key for an example: the first that must be given. */
    private static String key(Shape.Section section) {
        return section.fields().stream()
                .filter(field ->
                        field.shape() instanceof Shape.Value && field.defaultText() == null && !field.nullable())
                .map(Shape.Field::key)
                .findFirst()
                .orElse("KEY");
    }

    private void put(Shape.Section section, List<ConfigNode> items, String name, Mapping upper, String path) {
        int at = indexOf(section, items, name);
        Mapping lower = at >= 0 && items.get(at) instanceof Mapping mapping ? mapping : Mapping.empty(upper.origin());
        Mapping merged = section(section, lower, upper, path);
        if (at >= 0) {
            items.set(at, merged);
        } else {
            items.add(merged);
        }
    }

    private static int indexOf(Shape.Section section, List<ConfigNode> items, String name) {
        String preset = section.field(NAME).map(Shape.Field::defaultText).orElse("");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Mapping mapping) {
                ConfigNode own = mapping.entries().get(NAME);
                if (own == null ? name.equals(preset) : isText(own, name)) {
                    return i;
                }
            }
        }
        return -1;
    }
}
