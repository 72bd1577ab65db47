package io.innkeeper.config;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of a configuration. */
public sealed interface ConfigResult {
    /** Things that do not stop it, such as sections of a later version. */
    List<ConfigProblem> warnings();

    /**
     * It can be used.
     *
     * @param config the records
     * @param warnings may be shown
     * @param provenance where each value came from, by key, defaults included
     */
    record Valid(Config config, List<ConfigProblem> warnings, SequencedMap<String, Origin> provenance)
            implements ConfigResult {
        /** Where a key was written, such as {@code innkeeper.yaml:12}: its own line, or that of the nearest key above it. */
        public String where(String path) {
            return ConfigPlaces.origin(provenance, path).text();
        }
    }

    /**
     * It cannot be used.
     *
     * @param errors all of them, at least one
     * @param warnings may be shown
     */
    record Invalid(List<ConfigProblem> errors, List<ConfigProblem> warnings) implements ConfigResult {}

    /** Errors, then warnings, one a line; empty where there is nothing to say. */
    default String text() {
        Stream<String> errors = this instanceof Invalid invalid
                ? invalid.errors().stream().map(problem -> "error: " + problem.text())
                : Stream.empty();
        Stream<String> warned = warnings().stream().map(problem -> "warning: " + problem.text());
        return Stream.concat(errors, warned).collect(Collectors.joining("\n"));
    }
}
