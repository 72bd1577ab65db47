package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From merged nodes to the arguments of records; every mistake is noted, none ends the walk. What could not be read is left
 * out, or has its default, so that the rest can be checked all the same.
 */
final class Binder {
    private final Shape.Section root;
    private final Problems problems;
    private final SequencedMap<String, Origin> provenance = new LinkedHashMap<>();
    private final Map<String, List<Integer>> gaps = new HashMap<>();

    Binder(Shape.Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /**
     * Where each value came from, by key; complete after {@link #bind}. Items of lists, values of mappings and sections that
     * can be left out are among them.
     */
    SequencedMap<String, Origin> provenance() {
        return provenance;
    }

    /** For lists with items that could not be read, by key: the places of those that could. */
    Map<String, List<Integer>> gaps() {
        return gaps;
    }

    /** The values of the root's keys; what could not be read is missing and was noted. Null values are kept. */
    Map<String, @Nullable Object> bind(Mapping document) {
        return fields(root, document, "", false);
    }

    /** The record of these values, which must be complete. */
    static Object construct(Class<?> type, Map<String, @Nullable Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components)
                .map(component -> component.isAnnotationPresent(Inline.class)
                        ? construct(component.getType(), values)
                        : values.get(Shape.Naming.KEBAB.key(component.getName())))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException broken) {
            throw new IllegalStateException("cannot make a " + type.getName(), broken);
        }
    }

    private Map<String, @Nullable Object> fields(Shape.Section section, Mapping mapping, String path, boolean isShort) {
        for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
            if (section.field(entry.getKey()).isEmpty()) {
                unknown(section, entry.getKey(), entry.getValue(), path);
            }
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Shape.Field field : section.fields()) {
            ConfigNode node = mapping.entries().get(field.key());
            String key = isShort && field.equals(section.shorthand())
                    ? path
                    : path.isEmpty() ? field.key() : path + "." + field.key();
            if (node != null && !(node.isNull() && !(field.shape() instanceof Shape.Value))) {
                given(field, node, key)
                        .or(() -> standIn(field))
                        .ifPresent(bound -> values.put(field.key(), bound.value()));
            } else {
                absent(field, key, mapping.origin()).ifPresent(bound -> values.put(field.key(), bound.value()));
            }
        }
        return values;
    }

    private void unknown(Shape.Section section, String key, ConfigNode node, String path) {
        String full = path.isEmpty() ? key : path + "." + key;
        if (section.later().contains(key)) {
            problems.warning(full, node.origin(), "not part of this version, ignored");
            return;
        }
        List<String> known = Stream.concat(section.fields().stream().map(Shape.Field::key), section.later().stream())
                .toList();
        String near = Suggestion.nearest(key, known);
        problems.error(full, node.origin(), "unknown key", near != null ? near : KeyPaths.elsewhere(root, key));
    }

    /** A value that was read; null is a value. */
    private record Bound(@Nullable Object value) {}

    /** In place of a value that could not be read. */
    private static Optional<Bound> standIn(Shape.Field field) {
        if (field.nullable()) {
            return Optional.of(new Bound(null));
        }
        return switch (field.shape()) {
            case Shape.Value value
            when field.defaultText() != null ->
                value.type().parse().apply(field.defaultText()).map(Bound::new);
            case Shape.Items _ -> Optional.of(new Bound(List.of()));
            case Shape.Table _ -> Optional.of(new Bound(Map.of()));
            default -> Optional.empty();
        };
    }

    private Optional<Bound> absent(Shape.Field field, String path, Origin parent) {
        if (field.isOn()) {
            return bind(field.shape(), Mapping.empty(Origin.DEFAULT), path);
        }
        if (field.defaultText() != null) {
            provenance.put(path, Origin.DEFAULT);
            Scalar preset = new Scalar(field.defaultText(), Kind.UNTYPED, Origin.DEFAULT);
            return bind(field.shape(), preset, path);
        }
        if (field.nullable()) {
            provenance.put(path, Origin.DEFAULT);
            return Optional.of(new Bound(null));
        }
        return switch (field.shape()) {
            case Shape.Section section -> bind(section, Mapping.empty(parent), path);
            case Shape.Items items -> bind(items, new Sequence(List.of(), Origin.DEFAULT), path);
            case Shape.Table table -> bind(table, Mapping.empty(Origin.DEFAULT), path);
            case Shape.Value _, Shape.Anything _ -> {
                problems.error(path, parent, "is missing: " + (field.doc() == null ? "it is required" : field.doc()));
                yield Optional.empty();
            }
        };
    }

    private Optional<Bound> given(Shape.Field field, ConfigNode node, String path) {
        if (field.canBeOff() && node instanceof Scalar scalar && scalar.text().equals("off")) {
            provenance.put(path, node.origin());
            return Optional.of(new Bound(null));
        }
        if (field.isOn() && node instanceof Scalar scalar && scalar.text().equals("on")) {
            return bind(field.shape(), Mapping.empty(node.origin()), path);
        }
        if (field.nullable() && node instanceof Mapping) {
            provenance.put(path, node.origin());
        }
        return bind(field.shape(), node, path);
    }

    private Optional<Bound> bind(Shape shape, ConfigNode node, String path) {
        return switch (shape) {
            case Shape.Section section -> section(section, node, path);
            case Shape.Items items -> items(items, node, path);
            case Shape.Table table -> table(table, node, path);
            case Shape.Value value -> value(value, node, path);
            case Shape.Anything _ -> throw new IllegalStateException("no such thing in a configuration: " + path);
        };
    }

    private Optional<Bound> section(Shape.Section section, ConfigNode node, String path) {
        Shape.Field shorthand = section.shorthand();
        if (shorthand != null && !(node instanceof Mapping) && !node.isNull()) {
            return made(section, fields(section, only(shorthand.key(), node), path, true));
        }
        if (!(node instanceof Mapping mapping)) {
            List<String> keys = section.fields().stream().map(Shape.Field::key).toList();
            problems.error(path, node.origin(), "is a section with the keys " + String.join(", ", keys));
            return Optional.empty();
        }
        return made(section, fields(section, mapping, path, false));
    }

    /** Empty where a field is missing, because it could not be read. */
    private static Optional<Bound> made(Shape.Section section, Map<String, @Nullable Object> values) {
        return values.size() == section.fields().size()
                ? Optional.of(new Bound(construct(section.type(), values)))
                : Optional.empty();
    }

    private static Mapping only(String key, ConfigNode value) {
        return new Mapping(new LinkedHashMap<>(Map.of(key, value)), value.origin());
    }

    private Optional<Bound> items(Shape.Items items, ConfigNode node, String path) {
        if (items.single() && !(node instanceof Sequence)) {
            return bind(items.item(), node, path)
                    .map(bound -> new Bound(List.of(Objects.requireNonNull(bound.value()))));
        }
        if (!(node instanceof Sequence sequence)) {
            problems.error(path, node.origin(), "is a list: write [one, another]");
            return Optional.empty();
        }
        provenance.put(path, node.origin());
        List<Object> values = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            ConfigNode item = sequence.items().get(i);
            String itemPath = path + "[" + i + "]";
            if (items.item() instanceof Shape.Section) {
                provenance.put(itemPath, item.origin());
            }
            Optional<Bound> bound = bind(items.item(), item, itemPath);
            if (bound.isPresent()) {
                values.add(Objects.requireNonNull(bound.get().value()));
                places.add(i);
            }
        }
        if (places.size() < sequence.items().size()) {
            gaps.put(path, places);
        }
        return Optional.of(new Bound(values));
    }

    private Optional<Bound> table(Shape.Table table, ConfigNode node, String path) {
        if (!(node instanceof Mapping mapping)) {
            problems.error(path, node.origin(), "is a mapping: write key: value");
            return Optional.empty();
        }
        provenance.put(path, node.origin());
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
                problems.error(path, value.origin(), "has a key with half a character in it");
                return;
            }
            if (table.value() instanceof Shape.Section) {
                provenance.put(path + "." + key, value.origin());
            }
            bind(table.value(), value, path + "." + key)
                    .ifPresent(bound -> values.put(key, Objects.requireNonNull(bound.value())));
        });
        return Optional.of(new Bound(values));
    }

    private Optional<Bound> value(Shape.Value shape, ConfigNode node, String path) {
        Values.Read read = Values.read(shape, node);
        return switch (read) {
            case Values.Good good -> {
                provenance.put(path, node.origin());
                yield Optional.of(new Bound(good.value()));
            }
            case Values.Bad bad -> {
                problems.error(path, node.origin(), bad.message(), bad.suggestion());
                yield Optional.empty();
            }
        };
    }
}
