package io.innkeeper.lease;

import java.util.Arrays;

/**
 * Counts by 64-bit keys that are well spread already: open addressing in segments that grow each for itself, so that no count
 * waits for a large copy. A key whose count is 0 is not there.
 */
final class CountTable {
    private static final int SEGMENT_BITS = 8;

    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

    CountTable() {
        Arrays.setAll(segments, i -> new Segment());
    }

    int get(long key) {
        return segment(key).get(key);
    }

    void add(long key, int more) {
        segment(key).add(key, more);
    }

    /** How many keys there are. */
    int size() {
        return Arrays.stream(segments).mapToInt(segment -> segment.size).sum();
    }

    private Segment segment(long key) {
        return segments[(int) (key >>> (64 - SEGMENT_BITS))];
    }

    private static final class Segment {
        private long[] keys = new long[4];
        private int[] counts = new int[4];
        private int size;

        int get(long key) {
            return counts[find(key)];
        }

        void add(long key, int more) {
            int at = find(key);
            if (counts[at] == 0) {
                if (size >= keys.length - (keys.length >> 2)) {
                    grow();
                    at = find(key);
                }
                keys[at] = key;
                size++;
            }
            counts[at] += more;
            if (counts[at] == 0) {
                size--;
                close(at);
            }
        }

        private int find(long key) {
            int at = (int) key & (keys.length - 1);
            while (counts[at] != 0 && keys[at] != key) {
                at = (at + 1) & (keys.length - 1);
            }
            return at;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldCounts = counts;
            keys = new long[oldKeys.length * 2];
            counts = new int[oldKeys.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldCounts[i] != 0) {
                    int at = find(oldKeys[i]);
                    keys[at] = oldKeys[i];
                    counts[at] = oldCounts[i];
                }
            }
        }

        /** Those behind the hole that were displaced move up (Knuth, volume 3, 6.4, algorithm R). */
        private void close(int from) {
            int mask = keys.length - 1;
            int hole = from;
            for (int at = (hole + 1) & mask; counts[at] != 0; at = (at + 1) & mask) {
                int home = (int) keys[at] & mask;
                if (((at - home) & mask) >= ((at - hole) & mask)) {
                    keys[hole] = keys[at];
                    counts[hole] = counts[at];
                    counts[at] = 0;
                    hole = at;
                }
            }
        }
    }
}
