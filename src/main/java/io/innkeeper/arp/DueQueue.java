package io.innkeeper.arp;

import java.util.Arrays;

/** Numbers that wait, each for a time; all for the same time, so that the first in is the first to be due. */
final class DueQueue {
    private int[] items = new int[64];
    private long[] dueAt = new long[64];
    private int head;
    private int count;

    void put(int item, long due) {
        if (count == items.length) {
            grow();
        }
        int at = (head + count) & (items.length - 1);
        items[at] = item;
        dueAt[at] = due;
        count++;
    }

    private void grow() {
        int[] moreItems = Arrays.copyOf(items, items.length * 2);
        long[] moreDue = Arrays.copyOf(dueAt, items.length * 2);
        for (int i = 0; i < count; i++) {
            moreItems[i] = items[(head + i) & (items.length - 1)];
            moreDue[i] = dueAt[(head + i) & (items.length - 1)];
        }
        items = moreItems;
        dueAt = moreDue;
        head = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** When the first is due; {@link Long#MAX_VALUE} where there is none. */
    long firstDue() {
        return count == 0 ? Long.MAX_VALUE : dueAt[head];
    }

    /** The first, which stays; there must be one. */
    int first() {
        return items[head];
    }

    void removeFirst() {
        head = (head + 1) & (items.length - 1);
        count--;
    }
}
