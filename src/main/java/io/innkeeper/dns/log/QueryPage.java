package io.innkeeper.dns.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, the newest first.
 *
 * @param rows not more than the filter's limit
 * @param next for {@link QueryFilter#before} to go on; null where there is nothing older. Where only few rows match, a page may
 *     have less than its limit, or nothing, and yet a next one: one search looks at a bounded part of the log.
 */
public record QueryPage(List<QueryRow> rows, @Nullable Long next) {
    /** Copies the list. */
    public QueryPage {
        rows = List.copyOf(rows);
    }
}
