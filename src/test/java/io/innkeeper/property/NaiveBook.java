package io.innkeeper.property;

import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Offer;
import io.innkeeper.lease.PoolShape;
import io.innkeeper.lease.PoolUse;
import io.innkeeper.wire.net.ClientId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a book of bindings must answer, found by looking at everything. Addresses are few and positive. */
final class NaiveBook {
    final TreeMap<Integer, Binding> bindings = new TreeMap<>();
    final TreeMap<Integer, Offer> offers = new TreeMap<>();
    List<PoolShape> shapes = List.of();
    Set<Integer> reserved = new TreeSet<>();

    void put(int address, @Nullable Binding binding) {
        if (binding == null || binding.state() == LeaseState.FORGOTTEN) {
            bindings.remove(address);
        } else {
            bindings.put(address, binding);
        }
    }

    @Nullable
    PoolShape poolOf(int address) {
        return shapes.stream()
                .filter(shape -> shape.first() <= address && address <= shape.last())
                .findFirst()
                .orElse(null);
    }

    boolean handedOut(int address) {
        PoolShape pool = poolOf(address);
        return pool != null
                && pool.excluded().stream().noneMatch(span -> span.first() <= address && address <= span.last());
    }

    boolean open(int address) {
        return handedOut(address) && !reserved.contains(address) && !offers.containsKey(address);
    }

    boolean free(int address) {
        return open(address) && !bindings.containsKey(address);
    }

    boolean available(int address, ClientId client) {
        Offer offer = offers.get(address);
        Binding binding = bindings.get(address);
        return handedOut(address)
                && !reserved.contains(address)
                && (offer == null || offer.client().equals(client))
                && (binding == null
                        || binding.isEnded()
                        || (binding.isActive() && binding.client().equals(client)));
    }

    PoolUse use(PoolShape pool) {
        int[] counts = new int[5];
        long size = 0;
        for (int address = pool.first(); address <= pool.last(); address++) {
            size += handedOut(address) ? 1 : 0;
            counts[0] += free(address) ? 1 : 0;
            counts[4] += offers.containsKey(address) ? 1 : 0;
            Binding binding = bindings.get(address);
            if (binding != null) {
                counts[binding.isActive() ? 1 : binding.isEnded() ? 2 : 3]++;
            }
        }
        return new PoolUse(size, counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    /** The addresses that may be chosen; several where the order does not say which. */
    List<Integer> choices(ClientId client, List<AddressPool> among, int requested) {
        if (among.stream().anyMatch(pool -> pool.contains(requested)) && available(requested, client)) {
            return List.of(requested);
        }
        for (AddressPool pool : among) {
            int start = pool.startFor(client.hash64(0));
            int size = pool.shape().last() - pool.shape().first() + 1;
            for (int i = 0; i < size; i++) {
                int address = pool.shape().first() + (start - pool.shape().first() + i) % size;
                if (free(address)) {
                    return List.of(address);
                }
            }
        }
        return oldest(among);
    }

    List<Integer> oldest(List<AddressPool> among) {
        List<Integer> oldest = new ArrayList<>();
        long end = Long.MAX_VALUE;
        for (Binding binding : bindings.values()) {
            boolean usable = binding.isEnded()
                    && open(binding.address())
                    && among.stream().anyMatch(pool -> pool.contains(binding.address()));
            if (usable && binding.endsAtMs() < end) {
                oldest.clear();
                end = binding.endsAtMs();
            }
            if (usable && binding.endsAtMs() == end) {
                oldest.add(binding.address());
            }
        }
        return oldest.isEmpty() ? List.of(0) : oldest;
    }

    /** The bindings that may be named as the client's own: active ones, else those that ended last. */
    List<Binding> own(ClientId client, IntPredicate within) {
        List<Binding> mine = bindings.values().stream()
                .filter(binding -> binding.client().equals(client) && within.test(binding.address()))
                .toList();
        List<Binding> active = mine.stream().filter(Binding::isActive).toList();
        if (!active.isEmpty()) {
            return active;
        }
        List<Binding> ended = mine.stream()
                .filter(binding -> binding.isEnded() && !reserved.contains(binding.address()))
                .filter(binding -> {
                    Offer offer = offers.get(binding.address());
                    return offer == null || offer.client().equals(client);
                })
                .toList();
        long latest = ended.stream().mapToLong(Binding::endsAtMs).max().orElse(0);
        return ended.stream().filter(binding -> binding.endsAtMs() == latest).toList();
    }

    /** What is over by now, in the order of the ends. */
    List<Binding> over(long nowMs) {
        return bindings.values().stream()
                .filter(binding -> !binding.isEnded() && binding.endsAtMs() <= nowMs)
                .sorted(Comparator.comparingLong(Binding::endsAtMs))
                .toList();
    }
}
