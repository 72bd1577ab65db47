package io.innkeeper.view;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a time, as JSON.
 *
 * @param id by which it can be ended before its time; null for one of the configuration
 * @param name what it is for
 * @param match whom it names: the fields that were given
 * @param allow answered, or refused
 * @param until its end
 * @param where {@code API}, or the line of the configuration
 */
public record ExceptionView(
        @Nullable String id,
        @Nullable String name,
        Map<String, Object> match,
        boolean allow,
        Instant until,
        String where) {}
