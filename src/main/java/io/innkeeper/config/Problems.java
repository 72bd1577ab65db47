package io.innkeeper.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects errors and warnings while a document is read, up to a limit. */
final class Problems {
    /** More than anyone reads; after it one line says that there are more. */
    static final int MAX_PROBLEMS = 100;

    private final List<ConfigProblem> errors = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private boolean unreadable;

    void error(String path, Origin origin, String message) {
        error(path, origin, message, null);
    }

    void error(String path, Origin origin, String message, @Nullable String suggestion) {
        add(errors, new ConfigProblem(path, origin, message, suggestion));
    }

    /** An error after which the rest of a document is unknown, so that nothing may be said about what is missing. */
    void unreadable(Origin origin, String message) {
        unreadable = true;
        error("", origin, message);
    }

    /** True after {@link #unreadable}. */
    boolean isUnreadable() {
        return unreadable;
    }

    void warning(String path, Origin origin, String message) {
        add(warnings, new ConfigProblem(path, origin, message, null));
    }

    private static void add(List<ConfigProblem> list, ConfigProblem problem) {
        if (list.size() < MAX_PROBLEMS) {
            list.add(problem);
        } else if (list.size() == MAX_PROBLEMS) {
            list.add(new ConfigProblem("", problem.origin(), "and more; these are the first " + MAX_PROBLEMS, null));
        }
    }

    boolean none() {
        return errors.isEmpty();
    }

    List<ConfigProblem> errors() {
        return List.copyOf(errors);
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }
}
