package io.innkeeper.dns.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes most often, counted in bounded memory ("space-saving", Metwally, Agrawal, El Abbadi 2005): where there is no room,
 * a new key takes the place and the count of the rarest one. What comes more often than one in {@code capacity} times is in it.
 */
final class TopSketch<K> {
    /** A key with its place in the heap. */
    private static final class Counter<K> {
        K key;
        long count;
        long error;
        int place;

        Counter(K key, int place) {
            this.key = key;
            this.place = place;
        }
    }

    private final int capacity;
    private final Map<K, Counter<K>> counters = new HashMap<>();

    /** A heap, the rarest first. */
    private final List<Counter<K>> heap = new ArrayList<>();

    TopSketch(int capacity) {
        this.capacity = capacity;
    }

    /** Counts a key once. */
    void add(K key) {
        add(key, 1, 0);
    }

    /** Counts a key several times, of which some may be those of others. */
    void add(K key, long count, long error) {
        Counter<K> counter = counters.get(key);
        if (counter == null) {
            counter = heap.size() < capacity ? entered(key) : replaced(key);
            counters.put(key, counter);
        }
        counter.count += count;
        counter.error += error;
        sink(counter);
    }

    private Counter<K> entered(K key) {
        Counter<K> counter = new Counter<>(key, heap.size());
        heap.add(counter);
        rise(counter);
        return counter;
    }

    private Counter<K> replaced(K key) {
        Counter<K> rarest = heap.getFirst();
        counters.remove(rarest.key);
        rarest.key = key;
        rarest.error = rarest.count;
        return rarest;
    }

    private void rise(Counter<K> counter) {
        int at = counter.place;
        while (at > 0 && heap.get((at - 1) / 2).count > counter.count) {
            put(at, heap.get((at - 1) / 2));
            at = (at - 1) / 2;
        }
        put(at, counter);
    }

    private void sink(Counter<K> counter) {
        int at = counter.place;
        while (true) {
            Counter<K> child = rarerChild(at);
            if (child == null || child.count >= counter.count) {
                put(at, counter);
                return;
            }
            int below = child.place;
            put(at, child);
            at = below;
        }
    }

    private @Nullable Counter<K> rarerChild(int at) {
        int left = 2 * at + 1;
        if (left >= heap.size()) {
            return null;
        }
        Counter<K> one = heap.get(left);
        Counter<K> other = heap.get(Math.min(left + 1, heap.size() - 1));
        return other.count < one.count ? other : one;
    }

    private void put(int at, Counter<K> counter) {
        heap.set(at, counter);
        counter.place = at;
    }

    /** Takes a key out. */
    void remove(K key) {
        if (counters.remove(key) != null) {
            List<TopEntry<K>> rest = entries();
            heap.clear();
            counters.clear();
            rest.stream().filter(entry -> !entry.key().equals(key)).forEach(this::add);
        }
    }

    private void add(TopEntry<K> entry) {
        add(entry.key(), entry.count(), entry.error());
    }

    /** All that are in it, in no order. */
    List<TopEntry<K>> entries() {
        return heap.stream()
                .map(counter -> new TopEntry<>(counter.key, counter.count, counter.error))
                .toList();
    }
}
