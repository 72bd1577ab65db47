package io.innkeeper.lease;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few short texts by name, in the order of the names. Immutable. One array holds them: leases have a dozen each, and are copied
 * and compared at each message.
 */
public final class Details extends AbstractMap<String, String> {
    private static final String[] NOTHING = {};
    private static final Details NONE = new Details(NOTHING);

    /** Names and texts in turn. */
    private final String[] pairs;

    private Details(String[] pairs) {
        this.pairs = pairs;
    }

    /** What that map has; the same where it is one of these. */
    public static Details of(Map<String, String> map) {
        if (map instanceof Details details) {
            return details;
        }
        Builder builder = new Builder();
        map.forEach(builder::put);
        return builder.build();
    }

    /** Where a name stands; where it is missing, {@code -1 -} where it would stand. */
    private static int find(@Nullable String[] pairs, int length, String name) {
        int low = 0;
        int high = length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = String.valueOf(pairs[2 * middle]).compareTo(name);
            if (order == 0) {
                return 2 * middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - 2 * low;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        int at = name instanceof String text ? find(pairs, pairs.length, text) : -1;
        return at < 0 ? null : pairs[at + 1];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    /** Whether it has all names that the other has. */
    public boolean covers(Details other) {
        int at = 0;
        for (int i = 0; i < other.pairs.length; i += 2) {
            while (at < pairs.length && !pairs[at].equals(other.pairs[i])) {
                at += 2;
            }
            if (at == pairs.length) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return Details.this.size();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, String>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < pairs.length;
        }

        @Override
        public Entry<String, String> next() {
            if (at == pairs.length) {
                throw new NoSuchElementException();
            }
            at += 2;
            return Map.entry(pairs[at - 2], pairs[at - 1]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Details details ? Arrays.equals(pairs, details.pairs) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** Gathers them. */
    public static final class Builder {
        private static final int USUAL = 32;

        private @Nullable String[] pairs = new String[USUAL];
        private int length;

        /** With this text under this name, whatever it was before. */
        public Builder put(String name, String text) {
            int at = find(pairs, length, name);
            if (at < 0) {
                at = -1 - at;
                if (length == pairs.length) {
                    pairs = Arrays.copyOf(pairs, 2 * length);
                }
                System.arraycopy(pairs, at, pairs, at + 2, length - at);
                pairs[at] = name;
                length += 2;
            }
            pairs[at + 1] = text;
            return this;
        }

        /** What was gathered so far. */
        public Details build() {
            return length == 0 ? NONE : new Details(Arrays.copyOf(pairs, length, String[].class));
        }
    }
}
