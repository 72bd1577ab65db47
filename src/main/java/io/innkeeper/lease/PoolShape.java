package io.innkeeper.lease;

import java.util.List;

/**
 * What the configuration says of a pool. Addresses are 32 bits, compared as unsigned numbers.
 *
 * @param id unique
 * @param first its first address
 * @param last its last one, not below the first
 * @param excluded what is not handed out; what of it lies outside does not matter
 */
public record PoolShape(String id, int first, int last, List<Span> excluded) {
    /** Addresses from first to last, both included. */
    public record Span(int first, int last) {
        /** @throws IllegalArgumentException if the last comes before the first */
        public Span {
            if (Integer.compareUnsigned(first, last) > 0) {
                throw new IllegalArgumentException("a range ends before it begins");
            }
        }

        boolean contains(int address) {
            return Integer.compareUnsigned(first, address) <= 0 && Integer.compareUnsigned(address, last) <= 0;
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the last address comes before the first
     */
    public PoolShape {
        excluded = List.copyOf(excluded);
        if (Integer.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("pool " + id + " ends before it begins");
        }
    }

    /** A pool without exclusions. */
    public static PoolShape of(String id, int first, int last) {
        return new PoolShape(id, first, last, List.of());
    }
}
