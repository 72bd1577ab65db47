package io.innkeeper.config;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where things stand in the documents, for checks of what was read: problems name key and line. */
final class ConfigPlaces {
    private final Map<String, Origin> provenance;
    private final Map<String, List<Integer>> gaps;
    private final Problems problems;

    /** With what {@link Binder} knows after binding. */
    ConfigPlaces(Map<String, Origin> provenance, Map<String, List<Integer>> gaps, Problems problems) {
        this.provenance = provenance;
        this.gaps = gaps;
        this.problems = problems;
    }

    /** Where a key was written, or the nearest key above it. */
    static Origin origin(Map<String, Origin> provenance, String path) {
        for (String key = path; !key.isEmpty(); key = above(key)) {
            Origin origin = provenance.get(key);
            if (origin != null && !origin.equals(Origin.DEFAULT)) {
                return origin;
            }
        }
        return Origin.DEFAULT;
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    Origin origin(String path) {
        return origin(provenance, path);
    }

    /** The items of a list with their keys, as they are in the document: items that could not be read are skipped. */
    <T> void each(String path, List<T> items, BiConsumer<String, T> visit) {
        List<Integer> places = gaps.get(path);
        for (int i = 0; i < items.size(); i++) {
            String key = path + "[" + (places == null ? i : places.get(i)) + "]";
            visit.accept(provenance.containsKey(key) ? key : path, items.get(i));
        }
    }

    /** True where something at or below this key was turned down, so that nothing can be said about what is missing. */
    boolean isWrong(String path) {
        return problems.errors().stream()
                .map(ConfigProblem::path)
                .anyMatch(wrong -> wrong.equals(path) || wrong.startsWith(path + ".") || wrong.startsWith(path + "["));
    }

    void error(String path, String message) {
        error(path, message, null);
    }

    void error(String path, String message, @Nullable String suggestion) {
        problems.error(path, origin(path), message, suggestion);
    }

    void warning(String path, String message) {
        problems.warning(path, origin(path), message);
    }
}
