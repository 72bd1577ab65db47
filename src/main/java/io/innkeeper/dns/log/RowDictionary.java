package io.innkeeper.dns.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that many rows share, numbered from 1 in the order in which they came; 0 is none. */
final class RowDictionary<T> {
    private final List<T> values = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    /** The number of a value, a new one where it has none. */
    int number(@Nullable T value) {
        if (value == null) {
            return 0;
        }
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        values.add(value);
        numbers.put(value, values.size());
        return values.size();
    }

    /** The number of a value, -1 where it has none; looks at all of them. */
    int find(T value) {
        int at = values.indexOf(value);
        return at < 0 ? -1 : at + 1;
    }

    /** The next value as it stands in a file; {@link #number} does not know it. */
    void append(T value) {
        values.add(value);
    }

    /** The value of a number; null for 0. */
    @Nullable
    T value(int number) {
        return number == 0 ? null : values.get(number - 1);
    }

    int size() {
        return values.size();
    }
}
