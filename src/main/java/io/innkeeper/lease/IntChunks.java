package io.innkeeper.lease;

import java.util.Arrays;

/** A list of numbers that grows without being copied, all 0 at first. What was never set costs nothing. */
final class IntChunks {
    private static final int BITS = 12;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;
    private static final int[] NONE = {};

    private int[][] chunks = {NONE};

    int get(int index) {
        int chunk = index >>> BITS;
        if (chunk >= chunks.length) {
            return 0;
        }
        int[] numbers = chunks[chunk];
        int at = index & MASK;
        return at < numbers.length ? numbers[at] : 0;
    }

    void set(int index, int value) {
        int chunk = index >>> BITS;
        int at = index & MASK;
        if (chunk >= chunks.length || at >= chunks[chunk].length) {
            if (value == 0) {
                return;
            }
            grow(chunk, at);
        }
        chunks[chunk][at] = value;
    }

    /** The first chunk begins small: most lists are short. */
    private void grow(int chunk, int at) {
        if (chunk >= chunks.length) {
            int before = chunks.length;
            chunks = Arrays.copyOf(chunks, chunk + 1 + chunk / 8);
            Arrays.fill(chunks, before, chunks.length, NONE);
        }
        int length = chunk > 0 ? SIZE : Math.max(16, Integer.highestOneBit(at) * 2);
        chunks[chunk] = Arrays.copyOf(chunks[chunk], Math.min(SIZE, length));
    }
}
