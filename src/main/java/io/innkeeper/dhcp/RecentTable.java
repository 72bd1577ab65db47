package io.innkeeper.dhcp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that forgets: an entry ends some time after it was put, and the oldest one goes where the table is full. An entry
 * that was put later than "now" (the clock was set back) counts as ended too. Times are milliseconds since 1970.
 */
final class RecentTable<K, V> {
    private record Entry<V>(V value, long atMs) {}

    private final int limit;
    private final long keepMs;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>();

    /** A table for so many entries, each for this time; {@link Long#MAX_VALUE} for ever. */
    RecentTable(int limit, long keepMs) {
        this.limit = limit;
        this.keepMs = keepMs;
    }

    /** What was put under the key; null where it is absent or has ended. */
    @Nullable
    V get(K key, long nowMs) {
        Entry<V> entry = entries.get(key);
        return entry == null || isOver(entry, nowMs) ? null : entry.value;
    }

    private boolean isOver(Entry<V> entry, long nowMs) {
        long age = nowMs - entry.atMs;
        return keepMs != Long.MAX_VALUE && (age < 0 || age >= keepMs);
    }

    /** Puts a value as the newest; returns what had to go for it because the table was full and all were young, else null. */
    @Nullable
    V put(K key, V value, long nowMs) {
        entries.remove(key);
        V gone = null;
        if (entries.size() >= limit) {
            Map.Entry<K, Entry<V>> oldest = entries.firstEntry();
            entries.remove(oldest.getKey());
            gone = isOver(oldest.getValue(), nowMs) ? null : oldest.getValue().value;
        }
        entries.put(key, new Entry<>(value, nowMs));
        return gone;
    }

    /** Takes an entry out; null where it is absent. */
    @Nullable
    V remove(K key) {
        Entry<V> entry = entries.remove(key);
        return entry == null ? null : entry.value;
    }

    /** Takes out the oldest entry where it has ended; null where none has. */
    @Nullable
    V pollEnded(long nowMs) {
        Map.Entry<K, Entry<V>> oldest = entries.firstEntry();
        return oldest == null || !isOver(oldest.getValue(), nowMs) ? null : remove(oldest.getKey());
    }

    /** How many entries there are, those among them that have ended and were not taken out. */
    int size() {
        return entries.size();
    }

    /** The entries, the newest first, those that have ended too. */
    Iterable<V> newestFirst() {
        return () ->
                entries.sequencedValues().reversed().stream().map(Entry::value).iterator();
    }
}
