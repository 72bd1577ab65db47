package io.innkeeper.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A document before it means anything: texts, lists and mappings that know where they came from. Immutable. */
public sealed interface ConfigNode {
    /** How a scalar was written, which decides what it can be. */
    enum Kind {
        /** A string of YAML or JSON. */
        TEXT,
        /** A number of YAML or JSON, digits as written. */
        NUMBER,
        /** {@code true} or {@code false} of YAML or JSON. */
        BOOLEAN,
        /** Nothing, {@code null} or {@code ~}. */
        NULL,
        /** From INI, environment or command line: its key decides what it is. */
        UNTYPED,
        /** As {@link #UNTYPED}, but in quotes: never split at commas. */
        QUOTED
    }

    /** Where it was written. */
    Origin origin();

    /** A single value. */
    record Scalar(String text, Kind kind, Origin origin) implements ConfigNode {}

    /** A list. */
    record Sequence(List<ConfigNode> items, Origin origin) implements ConfigNode {
        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys and values in the order of the document. */
    record Mapping(SequencedMap<String, ConfigNode> entries, Origin origin) implements ConfigNode {
        /** Copies the entries. */
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /** A mapping without entries. */
        public static Mapping empty(Origin origin) {
            return new Mapping(new LinkedHashMap<>(Map.of()), origin);
        }
    }

    /** True for {@code null}, {@code ~} or nothing after the colon. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
