package io.innkeeper.config;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a record asks of a document, worked out once by reflection. */
sealed interface Shape {
    /** How component names become keys. */
    enum Naming {
        /** {@code maxSseClients} → {@code max-sse-clients}: configuration. */
        KEBAB,
        /** As they are: the HTTP API. */
        CAMEL;

        String key(String component) {
            return this == CAMEL
                    ? component
                    : component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A section.
     *
     * @param fields its keys, those of {@link Inline} records among them
     * @param shorthand the key that is meant where something else than a section is written; null for none
     */
    record Section(
            Class<?> type,
            List<Field> fields,
            Set<String> later,
            @Nullable String doc,
            @Nullable Field shorthand) implements Shape {
        Optional<Field> field(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).findFirst();
        }
    }

    /** A list; {@code byName} as {@link ByName} says, {@code single} as {@link OneOrMany}. */
    record Items(Shape item, boolean byName, boolean single) implements Shape {}

    /** Free keys. */
    record Table(Shape value) implements Shape {}

    /** One value, with what {@link Range} and {@link Matches} ask of it. */
    record Value(
            ValueType type, @Nullable Range range, @Nullable Matches matches) implements Shape {}

    /** Anything JSON can say; only in the HTTP API. */
    record Anything() implements Shape {}

    /**
     * A key of a section.
     *
     * @param accessors from the record of the section to the value: more than one for keys of {@link Inline} records
     */
    record Field(
            String key,
            List<RecordComponent> accessors,
            Shape shape,
            @Nullable String doc,
            @Nullable String defaultText,
            boolean nullable) {
        /** True where the section is there without being written, and {@code on} says so. */
        boolean isOn() {
            return "on".equals(defaultText) && shape instanceof Section;
        }

        /** True where the text {@code off} says "none". */
        boolean canBeOff() {
            return nullable && !(shape instanceof Items);
        }

        Object get(Object owner) {
            Object value = owner;
            for (RecordComponent accessor : accessors) {
                try {
                    value = accessor.getAccessor().invoke(value);
                } catch (IllegalAccessException | InvocationTargetException unreadable) {
                    throw new IllegalStateException("cannot read " + accessor, unreadable);
                }
            }
            return value;
        }

        private Field under(RecordComponent outer) {
            List<RecordComponent> longer =
                    Stream.concat(Stream.of(outer), accessors.stream()).toList();
            return new Field(key, longer, shape, doc, defaultText, nullable);
        }
    }

    /** @throws IllegalArgumentException if the record holds a type that has no place in a document */
    static Section of(Class<?> type, Naming naming) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException("not a record: " + type.getName());
        }
        Later later = type.getAnnotation(Later.class);
        Doc doc = type.getAnnotation(Doc.class);
        List<Field> fields =
                Arrays.stream(components).flatMap(c -> fields(c, naming)).toList();
        Field shorthand = fields.stream()
                .filter(field -> field.accessors().getFirst().isAnnotationPresent(Shorthand.class))
                .findFirst()
                .orElse(null);
        return new Section(
                type,
                fields,
                later == null ? Set.of() : Set.of(later.value()),
                doc == null ? null : doc.value(),
                shorthand);
    }

    private static Stream<Field> fields(RecordComponent component, Naming naming) {
        return component.isAnnotationPresent(Inline.class)
                ? of(component.getType(), naming).fields().stream().map(field -> field.under(component))
                : Stream.of(field(component, naming));
    }

    private static Field field(RecordComponent component, Naming naming) {
        Doc doc = component.getAnnotation(Doc.class);
        Default preset = component.getAnnotation(Default.class);
        return new Field(
                naming.key(component.getName()),
                List.of(component),
                shape(component, component.getGenericType(), naming),
                doc == null ? null : doc.value(),
                preset == null ? null : preset.value(),
                isNullable(component));
    }

    private static boolean isNullable(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Shape shape(RecordComponent component, Type type, Naming naming) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Shape inner = shape(component, last, naming);
            return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? new Table(inner)
                    : new Items(
                            inner,
                            component.isAnnotationPresent(ByName.class),
                            component.isAnnotationPresent(OneOrMany.class));
        }
        if (type instanceof Class<?> plain) {
            Optional<ValueType> value = ValueType.of(plain);
            if (value.isPresent()) {
                return new Value(
                        value.get(), component.getAnnotation(Range.class), component.getAnnotation(Matches.class));
            }
            return plain.isRecord() ? of(plain, naming) : new Anything();
        }
        return new Anything();
    }
}
