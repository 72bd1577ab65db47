package io.innkeeper.dns.block;

import java.util.Arrays;

/**
 * Hashes with a number each: the hashes sorted, and for each range of hashes that begin with the same bits the place where it
 * starts, about four to a range. The numbers take one to three octets, as the largest needs.
 */
final class HashTable {
    private final long[] keys;
    private final byte[] numbers;
    private final int width;
    private final int[] starts;
    private final int shift;

    /**
     * @param keys sorted as unsigned numbers, each once
     * @param values one for each key
     * @param starts where the keys begin whose upper bits, moved right by {@code shift}, are the index; one more for the end
     */
    HashTable(long[] keys, int[] values, int count, int[] starts, int shift) {
        this.keys = keys.length == count ? keys : Arrays.copyOf(keys, count);
        this.starts = starts;
        this.shift = shift;
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, values[i]);
        }
        this.width = largest < 1 << 8 ? 1 : largest < 1 << 16 ? 2 : 3;
        this.numbers = new byte[count * width];
        for (int i = 0; i < count; i++) {
            for (int octet = 0; octet < width; octet++) {
                numbers[i * width + octet] = (byte) (values[i] >>> (8 * octet));
            }
        }
    }

    /** The number of a hash; -1 where it is not there. Allocates nothing. */
    int find(long key) {
        int range = (int) (key >>> shift);
        int low = starts[range];
        int high = starts[range + 1] - 1;
        // Ranges are short unless somebody made them long; then halving still is quick.
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(keys[middle], key);
            if (order == 0) {
                return number(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int number(int index) {
        int number = numbers[index * width] & 0xff;
        for (int octet = 1; octet < width; octet++) {
            number |= (numbers[index * width + octet] & 0xff) << (8 * octet);
        }
        return number;
    }

    int size() {
        return keys.length;
    }

    long bytes() {
        return keys.length * (long) Long.BYTES + numbers.length + starts.length * (long) Integer.BYTES;
    }
}
