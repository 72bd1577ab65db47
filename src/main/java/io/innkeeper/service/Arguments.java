package io.innkeeper.service;

import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a command, checked and read: of the types that {@link ArgumentType} gives.
 *
 * @param values by name; those that were not given and have no default are missing
 * @param by who asks, for the audit
 */
public record Arguments(Map<String, Object> values, String by) {
    /** Copies the values. */
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * One that must be given, or has a default.
     *
     * @throws IllegalArgumentException where the command was declared without it: a fault of ours
     */
    public <T> T get(String name, Class<T> type) {
        return find(name, type)
                .orElseThrow(() -> new IllegalArgumentException("the command has no argument " + name + " for sure"));
    }

    /** One that may be missing. */
    public <T> Optional<T> find(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).map(type::cast);
    }
}
