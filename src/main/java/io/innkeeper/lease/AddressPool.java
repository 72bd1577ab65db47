package io.innkeeper.lease;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses of a range: which are free, and which have ended and may be used again, oldest first. Finds the next free
 * address in a few steps however full it is. Addresses are 32 bits, compared as unsigned numbers. {@link BindingBook}
 * changes it; others only look.
 */
public final class AddressPool {
    private final PoolShape shape;
    private final PoolShape.Span[] excluded;
    private final FreeBits free;
    private final SlotHeap ended;
    private final long size;
    private int activeBindings;
    private int endedBindings;
    private int declinedBindings;
    private int offered;

    /** A pool in which all is free. */
    AddressPool(PoolShape shape, IntChunks places) {
        this.shape = shape;
        this.excluded = merged(shape);
        this.free = new FreeBits(offset(shape.last()) + 1);
        this.ended = new SlotHeap(places);
        free.fill(0, offset(shape.last()), true);
        for (PoolShape.Span span : excluded) {
            free.fill(offset(span.first()), offset(span.last()), false);
        }
        this.size = free.count();
    }

    /** The excluded spans inside the pool, in order, none touching another. */
    private static PoolShape.Span[] merged(PoolShape shape) {
        Comparator<PoolShape.Span> order = (a, b) -> Integer.compareUnsigned(a.first(), b.first());
        List<PoolShape.Span> merged = new ArrayList<>();
        for (PoolShape.Span span : shape.excluded().stream().sorted(order).toList()) {
            int first = larger(span.first(), shape.first());
            int last = smaller(span.last(), shape.last());
            if (Integer.compareUnsigned(first, last) > 0) {
                continue;
            }
            if (!merged.isEmpty()
                    && Integer.compareUnsigned(first, merged.getLast().last()) <= 0) {
                PoolShape.Span before = merged.removeLast();
                merged.add(new PoolShape.Span(before.first(), larger(before.last(), last)));
            } else {
                merged.add(new PoolShape.Span(first, last));
            }
        }
        return merged.toArray(PoolShape.Span[]::new);
    }

    private static int larger(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private static int smaller(int a, int b) {
        return Integer.compareUnsigned(a, b) <= 0 ? a : b;
    }

    /** The name under which the configuration knows it. */
    public String id() {
        return shape.id();
    }

    /** What the configuration says of it. */
    public PoolShape shape() {
        return shape;
    }

    /** How many addresses may be handed out: without the excluded ones. */
    public long size() {
        return size;
    }

    /** How many addresses are free: no binding, remembered or not, no reservation and no offer is there. */
    public long free() {
        return free.count();
    }

    /** True where the address lies in the range, excluded or not. */
    public boolean contains(int address) {
        return Integer.compareUnsigned(shape.first(), address) <= 0
                && Integer.compareUnsigned(address, shape.last()) <= 0;
    }

    /** True where the address lies in the range and is not excluded. */
    public boolean mayHandOut(int address) {
        if (!contains(address)) {
            return false;
        }
        int low = 0;
        int high = excluded.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(excluded[middle].last(), address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == excluded.length || !excluded[low].contains(address);
    }

    /** True where the address is in the pool and free. */
    public boolean isFree(int address) {
        return contains(address) && free.contains(offset(address));
    }

    /**
     * The first free address at or after one of the pool's, beginning again at its first; 0 where none is free.
     *
     * @param from an address of the pool
     */
    public int nextFree(int from) {
        long found = free.nextWrapping(offset(from));
        return found < 0 ? 0 : shape.first() + (int) found;
    }

    /** The address at which the search for a client begins: the same for the same client at any time. */
    public int startFor(long hash) {
        return shape.first() + (int) Math.unsignedMultiplyHigh(hash, free.size());
    }

    /** How full it is. */
    public PoolUse use() {
        return new PoolUse(size, free(), activeBindings, endedBindings, declinedBindings, offered);
    }

    /** Marks an address as not free; true where it was. */
    boolean take(int address) {
        return free.remove(offset(address));
    }

    /** Marks an address as free; true where it was not. */
    boolean giveBack(int address) {
        return free.add(offset(address));
    }

    /** The slots that ended and may be used again, oldest first. */
    SlotHeap ended() {
        return ended;
    }

    void count(LeaseState state, int more) {
        switch (state) {
            case ACTIVE -> activeBindings += more;
            case RELEASED, EXPIRED -> endedBindings += more;
            case DECLINED -> declinedBindings += more;
            case FORGOTTEN -> throw new IllegalArgumentException("what is forgotten is in no pool");
        }
    }

    void countOffered(int more) {
        offered += more;
    }

    /** How many words the search for free addresses looked at so far. */
    long visited() {
        return free.visited();
    }

    private long offset(int address) {
        return Integer.toUnsignedLong(address - shape.first());
    }

    @Override
    public String toString() {
        return shape.id() + " " + use() + " without " + Arrays.toString(excluded);
    }
}
