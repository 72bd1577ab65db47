package io.innkeeper.lease;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Finds slots (positive numbers) by the 64-bit hash of their key: open addressing in many small segments, each of which
 * grows for itself, so that no insertion waits for a large copy and little is empty. An octet of the hash stands beside
 * each slot, so that other keys are hardly ever looked at.
 */
final class SlotTable {
    private static final int SEGMENTS = 1 << 10;
    private static final int[] NO_SLOTS = {};
    private static final byte[] NO_TAGS = {};

    private final IntToLongFunction hashOf;
    private final int[][] slots = new int[SEGMENTS][];
    private final byte[][] tags = new byte[SEGMENTS][];
    private final int[] counts = new int[SEGMENTS];
    private int size;

    /**
     * An empty table.
     *
     * @param hashOf the hash of a slot's key
     */
    SlotTable(IntToLongFunction hashOf) {
        this.hashOf = hashOf;
        Arrays.fill(slots, NO_SLOTS);
        Arrays.fill(tags, NO_TAGS);
    }

    int size() {
        return size;
    }

    /** Makes room for so many at once, where the table is empty: growing there means hashing everything several times. */
    void expect(int slots) {
        if (size > 0 || slots < SEGMENTS) {
            return;
        }
        double each = (double) slots / SEGMENTS;
        // Hashes do not fall evenly; hardly any segment gets more than four standard deviations above its share.
        int capacity = (int) ((each + 4 * Math.sqrt(each)) * 4 / 3) + 2;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            this.slots[segment] = new int[capacity];
            tags[segment] = new byte[capacity];
        }
    }

    /** Where the first slot stands that may have this hash; -1 for none. Valid until the table changes. */
    int first(long hash) {
        byte[] tag = tags[segment(hash)];
        return tag.length == 0 ? -1 : seek(tag, tag(hash), home(hash, tag.length));
    }

    /** The next one after that. */
    int next(long hash, int position) {
        byte[] tag = tags[segment(hash)];
        return seek(tag, tag(hash), position + 1 == tag.length ? 0 : position + 1);
    }

    /** The slot at a position that {@link #first} or {@link #next} gave. */
    int slotAt(long hash, int position) {
        return slots[segment(hash)][position];
    }

    private static int seek(byte[] tags, byte wanted, int from) {
        int at = from;
        while (tags[at] != 0) {
            if (tags[at] == wanted) {
                return at;
            }
            at = at + 1 == tags.length ? 0 : at + 1;
        }
        return -1;
    }

    /** Enters a slot, which must not stand in the table. */
    void add(long hash, int slot) {
        int segment = segment(hash);
        int capacity = slots[segment].length;
        if (counts[segment] >= capacity - (capacity >> 2)) {
            grow(segment);
        }
        insert(segment, hash, slot);
        counts[segment]++;
        size++;
    }

    private void insert(int segment, long hash, int slot) {
        byte[] tag = tags[segment];
        int at = home(hash, tag.length);
        while (tag[at] != 0) {
            at = at + 1 == tag.length ? 0 : at + 1;
        }
        tag[at] = tag(hash);
        slots[segment][at] = slot;
    }

    /** By a quarter: at least six tenths are in use at any time. */
    private void grow(int segment) {
        int[] old = slots[segment];
        int capacity = old.length + Math.max(4, old.length >> 2);
        slots[segment] = new int[capacity];
        tags[segment] = new byte[capacity];
        for (int slot : old) {
            if (slot != 0) {
                insert(segment, hashOf.applyAsLong(slot), slot);
            }
        }
    }

    /** Puts another slot with the same key in the place of this one. */
    void replace(long hash, int slot, int with) {
        slots[segment(hash)][find(hash, slot)] = with;
    }

    private int find(long hash, int slot) {
        int at = first(hash);
        while (at >= 0 && slotAt(hash, at) != slot) {
            at = next(hash, at);
        }
        if (at < 0) {
            throw new IllegalStateException("slot " + slot + " is not in the table");
        }
        return at;
    }

    /** Takes a slot out; those behind it that were displaced move up (Knuth, volume 3, 6.4, algorithm R). */
    void remove(long hash, int slot) {
        int segment = segment(hash);
        int[] entries = slots[segment];
        byte[] tag = tags[segment];
        int hole = find(hash, slot);
        int at = hole;
        while (true) {
            at = at + 1 == tag.length ? 0 : at + 1;
            if (tag[at] == 0) {
                break;
            }
            int home = home(hashOf.applyAsLong(entries[at]), tag.length);
            boolean stays = hole <= at ? hole < home && home <= at : hole < home || home <= at;
            if (!stays) {
                tag[hole] = tag[at];
                entries[hole] = entries[at];
                hole = at;
            }
        }
        tag[hole] = 0;
        entries[hole] = 0;
        counts[segment]--;
        size--;
    }

    private static int segment(long hash) {
        return (int) (hash >>> 54);
    }

    private static int home(long hash, int capacity) {
        return (int) ((((hash >>> 22) & 0xffff_ffffL) * capacity) >>> 32);
    }

    private static byte tag(long hash) {
        byte tag = (byte) hash;
        return tag == 0 ? 1 : tag;
    }
}
