package io.innkeeper.lease;

import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * Finds all slots with the same key, however many there are: one of them stands in a table, the others hang on it. The one
 * entered last comes first.
 */
final class KeyChains<K> {
    private final IntFunction<K> keyOf;
    private final ToLongFunction<K> hash;
    private final SlotTable table;
    private final IntChunks next = new IntChunks();
    private final IntChunks previous = new IntChunks();

    /**
     * Empty chains.
     *
     * @param keyOf the key of a slot; it does not change while the slot is entered
     * @param hash of a key, spread over 64 bits
     */
    KeyChains(IntFunction<K> keyOf, ToLongFunction<K> hash) {
        this.keyOf = keyOf;
        this.hash = hash;
        this.table = new SlotTable(slot -> hash.applyAsLong(keyOf.apply(slot)));
    }

    /** So many keys will be entered. */
    void expect(int keys) {
        table.expect(keys);
    }

    /** The slot with this key that was entered last; 0 for none. */
    int first(K key) {
        return first(key, hash.applyAsLong(key));
    }

    private int first(K key, long hashed) {
        for (int at = table.first(hashed); at >= 0; at = table.next(hashed, at)) {
            int slot = table.slotAt(hashed, at);
            if (keyOf.apply(slot).equals(key)) {
                return slot;
            }
        }
        return 0;
    }

    /** The slot with the same key that was entered before this one; 0 for none. */
    int next(int slot) {
        return next.get(slot);
    }

    void add(int slot) {
        K key = keyOf.apply(slot);
        long hashed = hash.applyAsLong(key);
        int head = first(key, hashed);
        if (head == 0) {
            table.add(hashed, slot);
        } else {
            table.replace(hashed, head, slot);
            next.set(slot, head);
            previous.set(head, slot);
        }
    }

    void remove(int slot) {
        int before = previous.get(slot);
        int after = next.get(slot);
        previous.set(slot, 0);
        next.set(slot, 0);
        if (after != 0) {
            previous.set(after, before);
        }
        if (before != 0) {
            next.set(before, after);
            return;
        }
        long hashed = hash.applyAsLong(keyOf.apply(slot));
        if (after == 0) {
            table.remove(hashed, slot);
        } else {
            table.replace(hashed, slot, after);
        }
    }
}
