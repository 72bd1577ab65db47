package io.innkeeper.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * JSON Schema (2020-12) from records, by the same reflection that reads configurations. Each record becomes a definition;
 * {@link #reference} gives the way to it. Two uses: {@link #ofConfig()}, and the components of an OpenAPI 3.1 document:
 *
 * <pre>{@code
 * JsonSchema schemas = JsonSchema.forApi("#/components/schemas/");
 * Map<String, Object> body = schemas.reference(LeaseView.class);
 * components.put("schemas", schemas.definitions());
 * }</pre>
 *
 * <p>Not safe for several threads.
 */
public final class JsonSchema {
    private final String prefix;
    private final Shape.Naming naming;
    private final SequencedMap<String, Object> definitions = new LinkedHashMap<>();

    private JsonSchema(String prefix, Shape.Naming naming) {
        this.prefix = prefix;
        this.naming = naming;
    }

    /**
     * For records that are answers: keys are the component names, every key is present, and {@code @Nullable} ones may be
     * null. What is no record, value, list or map is left open.
     *
     * @param prefix in front of the name of a definition, such as {@code #/components/schemas/}
     */
    public static JsonSchema forApi(String prefix) {
        return new JsonSchema(prefix, Shape.Naming.CAMEL);
    }

    /** One document for one answer record, with its definitions inside. */
    public static SequencedMap<String, Object> of(Class<?> type) {
        return forApi("#/$defs/").document(type);
    }

    /** The schema of the configuration, as served and as editors use it. */
    public static SequencedMap<String, Object> ofConfig() {
        SequencedMap<String, Object> document = new JsonSchema("#/$defs/", Shape.Naming.KEBAB).document(Config.class);
        document.putFirst("title", "Innkeeper configuration");
        document.putFirst("$schema", "https://json-schema.org/draft/2020-12/schema");
        return document;
    }

    private SequencedMap<String, Object> document(Class<?> type) {
        SequencedMap<String, Object> document = new LinkedHashMap<>(section(Shape.of(type, naming)));
        if (!definitions.isEmpty()) {
            document.put("$defs", definitions);
        }
        return document;
    }

    /**
     * {@code {"$ref": …}} to a record, which becomes a definition under its simple name.
     *
     * @throws IllegalArgumentException if the class is no record
     */
    public Map<String, Object> reference(Class<?> type) {
        return reference(Shape.of(type, naming));
    }

    /** The definitions that were asked for so far, with those they need. */
    public SequencedMap<String, Object> definitions() {
        return definitions;
    }

    private Map<String, Object> reference(Shape.Section section) {
        String name = section.type().getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, section(section));
        }
        return Map.of("$ref", prefix + name);
    }

    private SequencedMap<String, Object> section(Shape.Section section) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (section.doc() != null) {
            schema.put("description", section.doc());
        }
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        section.fields().forEach(field -> properties.put(field.key(), property(field)));
        section.later().stream()
                .sorted()
                .forEach(key -> properties.put(key, Map.of("description", "Not part of this version, ignored.")));
        schema.put("properties", properties);
        List<String> required = section.fields().stream()
                .filter(this::isRequired)
                .map(Shape.Field::key)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (naming == Shape.Naming.KEBAB) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private boolean isRequired(Shape.Field field) {
        return naming == Shape.Naming.CAMEL
                || (field.shape() instanceof Shape.Value && field.defaultText() == null && !field.nullable());
    }

    private SequencedMap<String, Object> property(Shape.Field field) {
        boolean none = naming == Shape.Naming.CAMEL ? field.nullable() : !(field.shape() instanceof Shape.Value);
        List<Object> alternatives = new ArrayList<>(shapes(field.shape()));
        if (none) {
            alternatives.add(Map.of("type", "null"));
        }
        if (naming == Shape.Naming.KEBAB && field.canBeOff()) {
            alternatives.add(Map.of("const", "off"));
        }
        if (field.isOn()) {
            alternatives.add(Map.of("const", "on"));
        }
        SequencedMap<String, Object> property = new LinkedHashMap<>();
        if (field.doc() != null) {
            property.put("description", field.doc());
        }
        if (alternatives.size() == 1) {
            property.putAll(asMap(alternatives.getFirst()));
        } else {
            property.put("anyOf", alternatives);
        }
        if (field.defaultText() != null && field.shape() instanceof Shape.Value value) {
            property.put("default", json(value, field.defaultText()));
        }
        return property;
    }

    private List<Map<String, Object>> shapes(Shape shape) {
        if (shape instanceof Shape.Items items && items.byName()) {
            Shape.Section section = (Shape.Section) items.item();
            Map<String, Object> item = reference(section);
            Map<String, Object> named = new LinkedHashMap<>(Map.of("type", "object"));
            named.put("minProperties", 1);
            named.put("propertyNames", Map.of("not", Map.of("enum", keys(section))));
            named.put("additionalProperties", item);
            return List.of(item, array(items), named);
        }
        if (shape instanceof Shape.Items items && items.single()) {
            List<Map<String, Object>> both = new ArrayList<>(shapes(items.item()));
            both.add(array(items));
            return both;
        }
        if (shape instanceof Shape.Section section && section.shorthand() != null && naming == Shape.Naming.KEBAB) {
            List<Map<String, Object>> forms = new ArrayList<>(List.of(reference(section)));
            forms.addAll(shapes(section.shorthand().shape()));
            return forms;
        }
        return List.of(plain(shape));
    }

    private static List<String> keys(Shape.Section section) {
        return section.fields().stream().map(Shape.Field::key).toList();
    }

    private Map<String, Object> array(Shape.Items items) {
        return object("type", "array", "items", single(items.item()));
    }

    private Map<String, Object> single(Shape shape) {
        List<Map<String, Object>> forms = shapes(shape);
        return forms.size() == 1 ? forms.getFirst() : Map.of("anyOf", forms);
    }

    private Map<String, Object> plain(Shape shape) {
        return switch (shape) {
            case Shape.Section section -> reference(section);
            case Shape.Items items -> array(items);
            case Shape.Table table -> object("type", "object", "additionalProperties", single(table.value()));
            case Shape.Value value -> value(value);
            case Shape.Anything _ -> Map.of();
        };
    }

    private static Map<String, Object> value(Shape.Value shape) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>(shape.type().schema());
        if (shape.matches() != null) {
            schema.put("pattern", shape.matches().pattern());
        }
        if (shape.range() != null && "integer".equals(schema.get("type"))) {
            schema.put("minimum", json(shape, shape.range().min()));
            schema.put("maximum", json(shape, shape.range().max()));
        }
        return schema;
    }

    /** @throws IllegalArgumentException if an annotation holds a text that its own type cannot read */
    private static Object json(Shape.Value shape, String text) {
        Object value = shape.type().parse().apply(text).orElseThrow(() -> new IllegalArgumentException(text));
        return shape.type().write().apply(value);
    }

    /** Two members in this order, so that the written schema is the same each time. */
    static SequencedMap<String, Object> object(String first, Object value, String second, Object other) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        object.put(first, value);
        object.put(second, other);
        return object;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object schema) {
        return (Map<String, Object>) schema;
    }
}
