package io.innkeeper.lease;

/**
 * A set of numbers from 0 to a size that finds the next member at or after a number in a few steps, however full or empty
 * it is: a bit for each, a bit for each 64 of these that are not all 0, and so on to the top.
 */
final class FreeBits {
    private final long[][] levels;
    private final long size;
    private long count;
    private long visited;

    /** None of {@code size} numbers, 1 to 2³². */
    FreeBits(long size) {
        this.size = size;
        int depth = 1;
        for (long words = words(size); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][];
        long bits = size;
        for (int level = 0; level < depth; level++) {
            bits = words(bits);
            levels[level] = new long[(int) bits];
        }
    }

    private static long words(long bits) {
        return (bits + 63) >>> 6;
    }

    /** How many members there are. */
    long count() {
        return count;
    }

    /** How many words were looked at so far: tests see by it that searching is quick. */
    long visited() {
        return visited;
    }

    boolean contains(long number) {
        return ((levels[0][(int) (number >>> 6)] >>> number) & 1) != 0;
    }

    /** Makes a number a member; true where it was none. */
    boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        long bit = number;
        for (long[] level : levels) {
            long before = level[(int) (bit >>> 6)];
            level[(int) (bit >>> 6)] = before | (1L << bit);
            if (before != 0) {
                break;
            }
            bit >>>= 6;
        }
        count++;
        return true;
    }

    /** Makes a number no member; true where it was one. */
    boolean remove(long number) {
        if (!contains(number)) {
            return false;
        }
        long bit = number;
        for (long[] level : levels) {
            long after = level[(int) (bit >>> 6)] & ~(1L << bit);
            level[(int) (bit >>> 6)] = after;
            if (after != 0) {
                break;
            }
            bit >>>= 6;
        }
        count--;
        return true;
    }

    /** Makes all numbers from first to last members, or none of them; a word at a time. */
    void fill(long first, long last, boolean member) {
        long[] bottom = levels[0];
        for (long word = first >>> 6; word <= last >>> 6; word++) {
            long mask = -1L;
            if (word == first >>> 6) {
                mask &= -1L << first;
            }
            if (word == last >>> 6) {
                mask &= -1L >>> (63 - (last & 63));
            }
            long before = bottom[(int) word];
            long after = member ? before | mask : before & ~mask;
            bottom[(int) word] = after;
            count += Long.bitCount(after) - Long.bitCount(before);
        }
        summarize(first >>> 6, last >>> 6);
    }

    private void summarize(long first, long last) {
        long from = first;
        long to = last;
        for (int level = 1; level < levels.length; level++) {
            for (long word = from; word <= to; word++) {
                long[] above = levels[level];
                long bit = 1L << word;
                int at = (int) (word >>> 6);
                above[at] = levels[level - 1][(int) word] != 0 ? above[at] | bit : above[at] & ~bit;
            }
            from >>>= 6;
            to >>>= 6;
        }
    }

    /** The first member at or after a number, else the first of all; -1 where there is none. */
    long nextWrapping(long from) {
        long found = next(from);
        return found < 0 && from > 0 ? next(0) : found;
    }

    private long next(long from) {
        long at = from;
        for (int level = 0; level < levels.length; level++) {
            if (at >>> 6 >= levels[level].length) {
                return -1;
            }
            visited++;
            long word = levels[level][(int) (at >>> 6)] & (-1L << at);
            if (word != 0) {
                return descend(level, (at & ~63L) + Long.numberOfTrailingZeros(word));
            }
            at = (at >>> 6) + 1;
        }
        return -1;
    }

    private long descend(int level, long found) {
        long at = found;
        for (int below = level - 1; below >= 0; below--) {
            visited++;
            at = (at << 6) + Long.numberOfTrailingZeros(levels[below][(int) at]);
        }
        return at;
    }

    /** How many numbers there could be. */
    long size() {
        return size;
    }
}
