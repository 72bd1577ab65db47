package io.innkeeper.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which piece of a list is wanted.
 *
 * @param sort the order's name, with {@code -} before it for backwards; null for the first one
 * @param cursor where the piece begins, from {@link Page#next}; null for the beginning
 * @param limit 1 to {@value #MAX_LIMIT} items
 */
public record Paging(@Nullable String sort, @Nullable String cursor, int limit) {
    /** The most items a page has. */
    public static final int MAX_LIMIT = 1_000;

    /** @throws BadQueryException if the limit is out of range */
    public Paging {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new BadQueryException("limit", "must be 1 to " + MAX_LIMIT);
        }
    }

    /**
     * Runs the query for this piece.
     *
     * @param orders the orders on offer by name; the one named {@code fallback} is taken where none is asked for
     * @param keyOf the cursor values of an item in an order
     * @throws BadQueryException if the order is unknown or the cursor is not one of this list
     */
    <T> Page<T> run(
            Connection connection,
            Select select,
            Map<String, SortOrder> orders,
            String fallback,
            Select.Row<T> reader,
            BiFunction<String, T, List<String>> keyOf)
            throws SQLException {
        String wanted = sort == null ? fallback : sort;
        boolean descending = wanted.startsWith("-");
        SortOrder order = orders.get(descending ? wanted.substring(1) : wanted);
        if (order == null) {
            throw new BadQueryException(
                    "sort",
                    "unknown order '" + wanted + "'; one of " + String.join(", ", orders.keySet())
                            + ", with - before it for descending");
        }
        Long total = cursor == null ? Long.valueOf(select.count(connection)) : null;
        if (cursor != null) {
            goOn(select, order, wanted, descending, cursor);
        }
        List<T> items = select.list(connection, order.orderBy(descending), limit + 1, reader);
        if (items.size() <= limit) {
            return new Page<>(items, null, total);
        }
        List<T> shown = items.subList(0, limit);
        String next = new Cursor(wanted, keyOf.apply(order.name(), shown.getLast())).write();
        return new Page<>(shown, next, total);
    }

    private static void goOn(Select select, SortOrder order, String wanted, boolean descending, String text) {
        Cursor from = Cursor.parse(text)
                .filter(found -> found.sort().equals(wanted))
                .orElseThrow(() -> new BadQueryException("cursor", "is not a cursor of this list in this order"));
        try {
            order.after(select, from, descending);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException("cursor", "is not a cursor of this list");
        }
    }
}
