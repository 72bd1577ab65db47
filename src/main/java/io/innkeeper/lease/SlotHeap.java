package io.innkeeper.lease;

/**
 * Slots in the order of a time, earliest first: a heap with four children a node, so that few levels are touched. Each slot
 * stands in it once at most; a table that several heaps may share says where (0 for nowhere).
 */
final class SlotHeap {
    private final IntChunks places;
    private final LongChunks times = new LongChunks();
    private final IntChunks slots = new IntChunks();
    private int size;

    /**
     * An empty heap.
     *
     * @param places where each slot stands, from 1; a slot may stand in one of the heaps that share it
     */
    SlotHeap(IntChunks places) {
        this.places = places;
    }

    int size() {
        return size;
    }

    /** The slot with the earliest time; 0 where it is empty. */
    int first() {
        return size == 0 ? 0 : slots.get(0);
    }

    /** The earliest time; {@link Long#MAX_VALUE} where it is empty. */
    long firstTime() {
        return size == 0 ? Long.MAX_VALUE : times.get(0);
    }

    /** The time under which a slot of this heap stands here. */
    long timeOf(int slot) {
        return times.get(places.get(slot) - 1);
    }

    void add(int slot, long time) {
        size++;
        up(size - 1, slot, time);
    }

    void remove(int slot) {
        int hole = places.get(slot) - 1;
        places.set(slot, 0);
        size--;
        int moved = slots.get(size);
        long time = times.get(size);
        slots.set(size, 0);
        if (hole != size) {
            settle(hole, moved, time);
        }
    }

    void move(int slot, long time) {
        settle(places.get(slot) - 1, slot, time);
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            places.set(slots.get(i), 0);
        }
        size = 0;
    }

    private void settle(int at, int slot, long time) {
        if (at > 0 && times.get((at - 1) >> 2) > time) {
            up(at, slot, time);
        } else {
            down(at, slot, time);
        }
    }

    private void up(int from, int slot, long time) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 2;
            if (times.get(parent) <= time) {
                break;
            }
            place(at, slots.get(parent), times.get(parent));
            at = parent;
        }
        place(at, slot, time);
    }

    private void down(int from, int slot, long time) {
        int at = from;
        while (true) {
            int child = earliestChild(at);
            if (child < 0 || times.get(child) >= time) {
                break;
            }
            place(at, slots.get(child), times.get(child));
            at = child;
        }
        place(at, slot, time);
    }

    private int earliestChild(int at) {
        int begin = at * 4 + 1;
        int best = begin < size ? begin : -1;
        for (int child = begin + 1; child < Math.min(begin + 4, size); child++) {
            if (times.get(child) < times.get(best)) {
                best = child;
            }
        }
        return best;
    }

    private void place(int at, int slot, long time) {
        slots.set(at, slot);
        times.set(at, time);
        places.set(slot, at + 1);
    }
}
