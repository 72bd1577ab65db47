package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives the flat texts of INI, environment and command line the form their keys ask for: {@code a, b} becomes a list where
 * a list is wanted, {@code x=1, y=2} a mapping where free keys are wanted, and free keys with dots become one key again
 * where their values are no sections.
 */
final class Untyped {
    private Untyped() {}

    static ConfigNode shaped(Shape shape, ConfigNode node) {
        return switch (shape) {
            case Shape.Section section when node instanceof Mapping mapping -> section(section, mapping);
            case Shape.Section section
            when section.shorthand() != null -> shaped(section.shorthand().shape(), node);
            case Shape.Items items -> items(items, node);
            case Shape.Table table
            when node instanceof Scalar scalar && scalar.kind() == Kind.UNTYPED -> each(table, table(scalar));
            case Shape.Table table when table.value() instanceof Shape.Section -> each(table, node);
            case Shape.Table _ when node instanceof Mapping mapping -> flat(mapping);
            default -> node;
        };
    }

    /** {@link #shaped} for a whole document. */
    static Mapping document(Shape.Section root, Mapping document) {
        return section(root, document);
    }

    private static Mapping section(Shape.Section section, Mapping mapping) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>(mapping.entries());
        entries.replaceAll((key, node) -> section.field(key)
                .map(field -> field.canBeOff() && node instanceof Scalar ? node : shaped(field.shape(), node))
                .orElse(node));
        return new Mapping(entries, mapping.origin());
    }

    private static ConfigNode items(Shape.Items items, ConfigNode node) {
        return switch (node) {
            case Scalar scalar when scalar.kind() == Kind.UNTYPED -> split(items, scalar);
            case Scalar scalar when scalar.kind() == Kind.QUOTED -> new Sequence(List.of(scalar), scalar.origin());
            case Sequence sequence ->
                new Sequence(
                        sequence.items().stream()
                                .flatMap(item -> item instanceof Scalar scalar && scalar.kind() == Kind.UNTYPED
                                        ? parts(scalar)
                                        : Stream.of(item))
                                .toList(),
                        sequence.origin());
            case Mapping mapping
            when items.byName() && items.item() instanceof Shape.Section section -> byName(section, mapping);
            default -> node;
        };
    }

    private static ConfigNode split(Shape.Items items, Scalar scalar) {
        List<ConfigNode> parts = parts(scalar).toList();
        boolean needsKeys =
                items.byName() && items.item() instanceof Shape.Section section && section.shorthand() == null;
        return needsKeys && !parts.isEmpty() ? scalar : new Sequence(parts, scalar.origin());
    }

    private static Stream<ConfigNode> parts(Scalar scalar) {
        String text = scalar.text();
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(bare.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> new Scalar(part, Kind.UNTYPED, scalar.origin()));
    }

    private static ConfigNode table(Scalar scalar) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
        for (ConfigNode part : parts(scalar).toList()) {
            String text = part instanceof Scalar item ? item.text() : "";
            int equals = text.indexOf('=');
            if (equals < 1) {
                return scalar;
            }
            entries.put(
                    text.substring(0, equals).strip(),
                    new Scalar(text.substring(equals + 1).strip(), Kind.UNTYPED, scalar.origin()));
        }
        return new Mapping(entries, scalar.origin());
    }

    private static ConfigNode each(Shape.Table table, ConfigNode node) {
        if (!(node instanceof Mapping mapping)) {
            return node;
        }
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>(mapping.entries());
        entries.replaceAll((_, value) -> shaped(table.value(), value));
        return new Mapping(entries, mapping.origin());
    }

    private static Mapping flat(Mapping mapping) {
        LinkedHashMap<String, ConfigNode> entries = new LinkedHashMap<>();
        flatten("", mapping, entries);
        return new Mapping(entries, mapping.origin());
    }

    private static void flatten(String prefix, Mapping mapping, Map<String, ConfigNode> flat) {
        mapping.entries().forEach((key, node) -> {
            if (node instanceof Mapping inner) {
                flatten(prefix + key + ".", inner, flat);
            } else {
                flat.put(prefix + key, node);
            }
        });
    }

    private static Mapping byName(Shape.Section section, Mapping mapping) {
        LinkedHashMap<String, ConfigNode> entries =
                new LinkedHashMap<>(section(section, mapping).entries());
        entries.replaceAll((key, node) ->
                section.field(key).isEmpty() && node instanceof Mapping named ? section(section, named) : node);
        return new Mapping(entries, mapping.origin());
    }
}
