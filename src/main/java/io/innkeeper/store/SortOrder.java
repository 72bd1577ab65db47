package io.innkeeper.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * An order in which a list can be read page by page: an expression with an index, then the key that makes it unique.
 *
 * @param name as the API calls it; {@code -name} is the same backwards
 * @param columns the expressions, the first one being what the user sorts by
 * @param kinds what each holds, for reading a cursor back
 */
record SortOrder(String name, List<String> columns, List<Kind> kinds) {
    /** What a column of an order holds. */
    enum Kind {
        TEXT,
        NUMBER,
        BYTES
    }

    String orderBy(boolean descending) {
        return String.join(descending ? " DESC, " : ", ", columns) + (descending ? " DESC" : "");
    }

    /**
     * Restricts a query to what follows a cursor.
     *
     * @throws IllegalArgumentException if the cursor does not fit this order
     */
    void after(Select select, Cursor cursor, boolean descending) {
        if (cursor.key().size() != columns.size()) {
            throw new IllegalArgumentException("the cursor has another number of values than the order");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            String text = cursor.key().get(i);
            values.add(
                    switch (kinds.get(i)) {
                        case TEXT -> text;
                        case NUMBER -> Long.valueOf(text);
                        case BYTES -> HexFormat.of().parseHex(text);
                    });
        }
        if (columns.size() > 1) {
            // The comparison of rows alone lets SQLite walk the index only from its beginning where it is of an
            // expression.
            select.where(columns.getFirst() + (descending ? " <= ?" : " >= ?"), values.getFirst());
        }
        String marks = String.join(",", Collections.nCopies(columns.size(), "?"));
        select.where(
                "(" + String.join(",", columns) + ") " + (descending ? "<" : ">") + " (" + marks + ")",
                values.toArray());
    }
}
