package io.innkeeper.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The keys of the schema as dotted paths, and as names of environment variables. */
final class KeyPaths {
    /** In front of every environment variable of ours. */
    static final String ENVIRONMENT_PREFIX = "INNKEEPER_";

    private KeyPaths() {}

    /** Every key that can be given as one text, by path, in the order of the records. */
    static SequencedMap<String, Shape.Field> leaves(Shape.Section root) {
        SequencedMap<String, Shape.Field> leaves = new LinkedHashMap<>();
        collect(root, "", leaves);
        return leaves;
    }

    private static void collect(Shape.Section section, String prefix, Map<String, Shape.Field> leaves) {
        for (Shape.Field field : section.fields()) {
            String path = prefix + field.key();
            Shape.Section inner = inner(field.shape());
            if (inner == null || field.canBeOff() || inner.shorthand() != null) {
                leaves.put(path, field);
            }
            if (inner != null) {
                collect(inner, path + ".", leaves);
            }
        }
    }

    private static Shape.@Nullable Section inner(Shape shape) {
        return switch (shape) {
            case Shape.Section section -> section;
            case Shape.Items items when items.byName() && items.item() instanceof Shape.Section section -> section;
            default -> null;
        };
    }

    /** {@code api.max-sse-clients} → {@code INNKEEPER_API_MAX_SSE_CLIENTS}. */
    static String environmentName(String path) {
        return ENVIRONMENT_PREFIX + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** The only path, anywhere, that ends in this key; null where there is none or several. */
    static @Nullable String elsewhere(Shape.Section root, String key) {
        var found = leaves(root).sequencedKeySet().stream()
                .filter(path -> path.endsWith("." + key))
                .toList();
        return found.size() == 1 ? found.getFirst() : null;
    }
}
