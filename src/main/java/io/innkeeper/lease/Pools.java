package io.innkeeper.lease;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The pools of a configuration and the addresses that its reservations keep, both found by address. */
final class Pools {
    /** Turns the order of signed numbers into that of unsigned ones. */
    private static final int SIGN = Integer.MIN_VALUE;

    static final Pools NONE = new Pools(List.of(), new int[0]);

    private final List<AddressPool> pools;
    private final Map<String, AddressPool> byId = new HashMap<>();
    private final int[] firsts;
    private final int[] reserved;

    private Pools(List<AddressPool> pools, int[] reserved) {
        this.pools = List.copyOf(pools);
        this.reserved = reserved;
        firsts = new int[pools.size()];
        for (int i = 0; i < firsts.length; i++) {
            AddressPool pool = pools.get(i);
            firsts[i] = pool.shape().first() ^ SIGN;
            if (byId.put(pool.id(), pool) != null) {
                throw new IllegalArgumentException("two pools " + pool.id());
            }
            if (i > 0 && pools.get(i - 1).contains(pool.shape().first())) {
                throw new IllegalArgumentException("pools " + pools.get(i - 1).id() + " and " + pool.id() + " overlap");
            }
        }
    }

    /** Pools of these shapes: those of this object that did not change, others anew; those that went forget their ended. */
    Pools with(List<PoolShape> shapes, Collection<Integer> reservedAddresses, IntChunks places) {
        List<AddressPool> next = new ArrayList<>();
        shapes.stream()
                .sorted((a, b) -> Integer.compareUnsigned(a.first(), b.first()))
                .forEach(shape -> {
                    AddressPool known = byId.get(shape.id());
                    next.add(known != null && known.shape().equals(shape) ? known : new AddressPool(shape, places));
                });
        int[] sorted = reservedAddresses.stream()
                .mapToInt(address -> address ^ SIGN)
                .sorted()
                .distinct()
                .toArray();
        Pools made = new Pools(next, sorted);
        for (AddressPool pool : pools) {
            if (made.byId.get(pool.id()) != pool) {
                pool.ended().clear();
            }
        }
        return made;
    }

    List<AddressPool> all() {
        return pools;
    }

    @Nullable
    AddressPool byId(String id) {
        return byId.get(id);
    }

    /** The pool in whose range an address lies, or null. */
    @Nullable
    AddressPool of(int address) {
        int at = Arrays.binarySearch(firsts, address ^ SIGN);
        int index = at >= 0 ? at : -at - 2;
        if (index < 0) {
            return null;
        }
        AddressPool pool = pools.get(index);
        return pool.contains(address) ? pool : null;
    }

    boolean isReserved(int address) {
        return Arrays.binarySearch(reserved, address ^ SIGN) >= 0;
    }

    void forEachReserved(IntConsumer each) {
        for (int address : reserved) {
            each.accept(address ^ SIGN);
        }
    }
}
