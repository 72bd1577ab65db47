package io.innkeeper.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list.
 *
 * @param items at most as many as were asked for
 * @param next where the next piece begins; null at the end
 * @param total how many there are in all pieces; null where it was not counted (it is, with the first piece)
 */
public record Page<T>(
        List<T> items, @Nullable String next, @Nullable Long total) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
