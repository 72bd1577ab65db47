package io.innkeeper.dns;

import io.innkeeper.wire.net.Hash64;
import org.jspecify.annotations.Nullable;

/** From hashes of names to values, without an object for a key. What it finds is to be compared with the name itself. */
final class HashIndex<V> {
    private static final int FIRST = 16;

    private long[] keys = new long[FIRST];
    private @Nullable Object[] values = new Object[FIRST];
    private int count;

    /** The value of a key; null for none. */
    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        int mask = keys.length - 1;
        for (int at = (int) Hash64.mix(key) & mask; values[at] != null; at = at + 1 & mask) {
            if (keys[at] == key) {
                return (V) values[at];
            }
        }
        return null;
    }

    void put(long key, V value) {
        if (2 * (count + 1) > keys.length) {
            grow();
        }
        int at = place(key);
        if (values[at] == null) {
            count++;
        }
        keys[at] = key;
        values[at] = value;
    }

    /** Where a key stands, or would. */
    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) Hash64.mix(key) & mask;
        while (values[at] != null && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    void remove(long key) {
        int mask = keys.length - 1;
        int at = place(key);
        if (values[at] == null) {
            return;
        }
        values[at] = null;
        count--;
        // What stands behind may have been pushed there by what is gone (Knuth, 6.4, algorithm R).
        for (int next = at + 1 & mask; values[next] != null; next = next + 1 & mask) {
            Object value = values[next];
            values[next] = null;
            int home = place(keys[next]);
            keys[home] = keys[next];
            values[home] = value;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        keys = new long[FIRST];
        values = new Object[FIRST];
        count = 0;
    }

    int size() {
        return count;
    }
}
