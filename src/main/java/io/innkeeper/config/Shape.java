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

    /** A section. */
    record Section(
            Class<?> type,
            List<Field> fields,
            Set<String> later,
            @Nullable String doc) implements Shape {
        Optional<Field> field(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).findFirst();
        }
    }

    /** A list; {@code byName} as {@link ByName} says. */
    record Items(Shape item, boolean byName) implements Shape {}

    /** Free keys. */
    record Table(Shape value) implements Shape {}

    /** One value, with what {@link Range} and {@link Matches} ask of it. */
    record Value(
            ValueType type, @Nullable Range range, @Nullable Matches matches) implements Shape {}

    /** Anything JSON can say; only in the HTTP API. */
    record Anything() implements Shape {}

    /** A key of a section. */
    record Field(
            String key,
            RecordComponent component,
            Shape shape,
            @Nullable String doc,
            @Nullable String defaultText,
            boolean nullable) {
        /** True where the text {@code off} says "none". */
        boolean canBeOff() {
            return nullable && !(shape instanceof Items);
        }

        Object get(Object owner) {
            try {
                return component.getAccessor().invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException unreadable) {
                throw new IllegalStateException("cannot read " + component, unreadable);
            }
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
                Arrays.stream(components).map(c -> field(c, naming)).toList();
        return new Section(
                type, fields, later == null ? Set.of() : Set.of(later.value()), doc == null ? null : doc.value());
    }

    private static Field field(RecordComponent component, Naming naming) {
        Doc doc = component.getAnnotation(Doc.class);
        Default preset = component.getAnnotation(Default.class);
        return new Field(
                naming.key(component.getName()),
                component,
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
                    : new Items(inner, component.isAnnotationPresent(ByName.class));
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
