package io.innkeeper.arp;

/**
 * IPv4 addresses of one link that are asked for.
 *
 * @param interfaceIndex the link
 * @param first the first of them, as 32 bits
 * @param size how many, 1 to {@link #MAX_SIZE}
 */
public record ScanTarget(int interfaceIndex, int first, int size) {
    /** The most addresses of one target: those of a /16. */
    public static final int MAX_SIZE = 65_536;

    /** @throws IllegalArgumentException if there are none or too many */
    public ScanTarget {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a target has 1 to " + MAX_SIZE + " addresses, not " + size);
        }
    }

    /** True where the address, as 32 bits, is one of them. */
    boolean contains(int address) {
        return Integer.compareUnsigned(address - first, size) < 0;
    }
}
