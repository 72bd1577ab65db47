package io.innkeeper.dns.block;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes hashes with codes in any order, as often as they come, and sorts them into a {@link HashTable}: first into ranges by
 * their upper bits (they are evenly spread), then within each range.
 */
final class HashSorter {
    private static final int CHUNK = 1 << 16;

    /** About so many hashes make a range. */
    private static final int PER_RANGE = 4;

    /** Longer ranges, which chance does not make, are sorted by a way that stays quick. */
    private static final int LONG_RANGE = 64;

    private final List<long[]> keyChunks = new ArrayList<>();
    private final List<char[]> codeChunks = new ArrayList<>();
    private int size;

    boolean add(long key, int code) {
        int at = size % CHUNK;
        if (at == 0) {
            keyChunks.add(new long[CHUNK]);
            codeChunks.add(new char[CHUNK]);
        }
        keyChunks.getLast()[at] = key;
        codeChunks.getLast()[at] = (char) code;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    HashTable sorted(Combinations.Numbers numbers) {
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(size / PER_RANGE));
        int shift = 64 - bits;
        int[] starts = starts(bits, shift);
        long[] keys = new long[size];
        int[] codes = new int[size];
        scatter(starts, shift, keys, codes);
        int to = 0;
        int from = 0;
        char[] same = new char[16];
        for (int range = 0; range < starts.length - 1; range++) {
            // Scattering moved each start to the end of its range.
            int end = starts[range];
            sort(keys, codes, from, end);
            starts[range] = to;
            for (int i = from; i < end; to++) {
                int next = i + 1;
                while (next < end && keys[next] == keys[i]) {
                    next++;
                }
                same = next - i > same.length ? new char[2 * (next - i)] : same;
                keys[to] = keys[i];
                codes[to] =
                        next == i + 1 ? numbers.ofOne(codes[i]) : numbers.of(gathered(codes, i, next, same), next - i);
                i = next;
            }
            from = end;
        }
        starts[starts.length - 1] = to;
        return new HashTable(keys, codes, to, starts, shift);
    }

    private static char[] gathered(int[] codes, int from, int to, char[] into) {
        for (int i = from; i < to; i++) {
            into[i - from] = (char) codes[i];
        }
        return into;
    }

    /** Where each range begins. */
    private int[] starts(int bits, int shift) {
        int[] starts = new int[(1 << bits) + 1];
        for (int i = 0; i < size; i++) {
            starts[(int) (keyChunks.get(i / CHUNK)[i % CHUNK] >>> shift) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        return starts;
    }

    /** Puts all into their ranges, and lets go of the chunks on the way. */
    private void scatter(int[] starts, int shift, long[] keys, int[] codes) {
        for (int chunk = 0; chunk < keyChunks.size(); chunk++) {
            long[] fromKeys = keyChunks.set(chunk, new long[0]);
            char[] fromCodes = codeChunks.set(chunk, new char[0]);
            int count = Math.min(CHUNK, size - chunk * CHUNK);
            for (int i = 0; i < count; i++) {
                int to = starts[(int) (fromKeys[i] >>> shift)]++;
                keys[to] = fromKeys[i];
                codes[to] = fromCodes[i];
            }
        }
    }

    private static void sort(long[] keys, int[] codes, int from, int to) {
        if (to - from > LONG_RANGE) {
            heapSort(keys, codes, from, to - from);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int code = codes[i];
            int j = i - 1;
            while (j >= from && Long.compareUnsigned(keys[j], key) > 0) {
                keys[j + 1] = keys[j];
                codes[j + 1] = codes[j];
                j--;
            }
            keys[j + 1] = key;
            codes[j + 1] = code;
        }
    }

    private static void heapSort(long[] keys, int[] codes, int from, int count) {
        for (int i = count / 2 - 1; i >= 0; i--) {
            sink(keys, codes, from, i, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(keys, codes, from, from + end);
            sink(keys, codes, from, 0, end);
        }
    }

    private static void sink(long[] keys, int[] codes, int from, int start, int count) {
        int parent = start;
        int child = 2 * parent + 1;
        while (child < count) {
            if (child + 1 < count && Long.compareUnsigned(keys[from + child], keys[from + child + 1]) < 0) {
                child++;
            }
            if (Long.compareUnsigned(keys[from + parent], keys[from + child]) >= 0) {
                return;
            }
            swap(keys, codes, from + parent, from + child);
            parent = child;
            child = 2 * parent + 1;
        }
    }

    private static void swap(long[] keys, int[] codes, int one, int other) {
        long key = keys[one];
        keys[one] = keys[other];
        keys[other] = key;
        int code = codes[one];
        codes[one] = codes[other];
        codes[other] = code;
    }
}
