package io.innkeeper.wire.ethernet;

/** The checksum of IPv4, ICMP and UDP (RFC 1071). */
final class Checksum {
    private Checksum() {}

    /** Adds some octets to a sum; they must begin at an even place of what is summed. */
    static long add(long sum, byte[] bytes, int from, int length) {
        long total = sum;
        int end = from + length;
        for (int i = from; i + 1 < end; i += 2) {
            total += ((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff);
        }
        if ((length & 1) != 0) {
            total += (bytes[end - 1] & 0xff) << 8;
        }
        return total;
    }

    /** Adds 32 bits to a sum. */
    static long add(long sum, int word) {
        return sum + (word >>> 16) + (word & 0xffff);
    }

    /** The checksum, 16 bits; 0 where the octets contain their own checksum and it is right. */
    static int of(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) (~folded & 0xffff);
    }
}
