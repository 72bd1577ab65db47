package io.innkeeper.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a document of the API.
 *
 * @param value what it says; null where anything about it is wrong
 * @param problems what is wrong, the path being the field; empty where nothing is
 */
public record Dhcp4EntryRead<T>(@Nullable T value, List<ConfigProblem> problems) {
    /** Copies the list. */
    public Dhcp4EntryRead {
        problems = List.copyOf(problems);
    }
}
