package io.innkeeper.wire.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address as two numbers: cheap to hold a million of, ordered, and never looked up in DNS.
 *
 * @param v6 which family
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits; for IPv4 the 32 bits of the address, unsigned
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {
    private static final int MAX_TEXT = 45;

    /** What stands before the 32 bits of an IPv4 address in its IPv6 form. */
    private static final long MAPPED = 0xffff;

    /** An IPv4 address from its 32 bits. */
    public static IpAddress v4(int bits) {
        return new IpAddress(false, 0, bits & 0xffff_ffffL);
    }

    /** An address from its 128 bits, in which one of IPv4 has its IPv6 form (RFC 4291 §2.5.5.2). */
    public static IpAddress ofMapped(long high, long low) {
        return isMapped(high, low) ? v4((int) low) : new IpAddress(true, high, low);
    }

    /** True where 128 bits are an IPv4 address in its IPv6 form. */
    public static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** The lower 64 of 128 bits in which an address of IPv4 has its IPv6 form; the upper ones are {@link #high}. */
    public long mappedLow() {
        return v6 ? low : mappedLow((int) low);
    }

    /** The same, of the 32 bits of an IPv4 address. */
    public static long mappedLow(int v4Bits) {
        return MAPPED << 32 | Integer.toUnsignedLong(v4Bits);
    }

    /**
     * An address from 4 or 16 octets in network order.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static IpAddress of(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return switch (octets.length) {
            case 4 -> v4(buffer.getInt());
            case 16 -> new IpAddress(true, buffer.getLong(), buffer.getLong());
            default -> throw new IllegalArgumentException("an address has 4 or 16 octets, not " + octets.length);
        };
    }

    /** Reads dotted quad or RFC 4291 §2.2 text (no zone, no leading zeros beyond four digits); empty for anything else. */
    public static Optional<IpAddress> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
    }

    private static Optional<IpAddress> parseV4(String text) {
        long bits = quad(text, 0);
        return bits < 0 ? Optional.empty() : Optional.of(v4((int) bits));
    }

    /** The 32 bits of the dotted quad that stands from there to the end; -1 for anything else. */
    private static long quad(String text, int from) {
        long bits = 0;
        int parts = 0;
        int start = from;
        for (int i = from; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                int value = number(text, start, i, 10, 3);
                if (value < 0 || value > 255 || ++parts > 4) {
                    return -1;
                }
                bits = bits << 8 | value;
                start = i + 1;
            }
        }
        return parts == 4 ? bits : -1;
    }

    private static Optional<IpAddress> parseV6(String text) {
        int[] groups = new int[8];
        int gapAt = text.startsWith("::") ? 0 : -1;
        int at = gapAt == 0 ? 2 : 0;
        int count = 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                long bits = quad(text, at);
                if (bits < 0 || count > 6) {
                    return Optional.empty();
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xffff);
                break;
            }
            int value = number(text, at, end, 16, 4);
            if (value < 0 || count == 8 || end == text.length() - 1) {
                return Optional.empty(); // a single colon at the end among them
            }
            groups[count++] = value;
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gapAt >= 0) {
                    return Optional.empty();
                }
                gapAt = count;
                at++;
            }
        }
        return gapAt < 0 ? whole(groups, count) : withGap(groups, count, gapAt);
    }

    private static Optional<IpAddress> whole(int[] groups, int count) {
        return count == 8 ? Optional.of(fromGroups(groups)) : Optional.empty();
    }

    /** Where groups are left out, there is one at least. */
    private static Optional<IpAddress> withGap(int[] groups, int count, int gapAt) {
        if (count > 7) {
            return Optional.empty();
        }
        int behind = count - gapAt;
        System.arraycopy(groups, gapAt, groups, 8 - behind, behind);
        Arrays.fill(groups, gapAt, 8 - behind, 0);
        return Optional.of(fromGroups(groups));
    }

    private static int number(String text, int from, int to, int radix, int maxDigits) {
        if (from == to || to - from > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static IpAddress fromGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(true, high, low);
    }

    /** 32 or 128. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    /**
     * The 32 bits of an IPv4 address.
     *
     * @throws IllegalStateException if it is IPv6
     */
    public int v4Bits() {
        if (v6) {
            throw new IllegalStateException("not IPv4: " + this);
        }
        return (int) low;
    }

    /** The octets in network order: 4 or 16. */
    public byte[] octets() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** Octets that sort as addresses do, IPv4 before IPv6: the family (4 or 6), then the address. */
    public byte[] sortKey() {
        byte[] octets = octets();
        return ByteBuffer.allocate(octets.length + 1)
                .put((byte) (v6 ? 6 : 4))
                .put(octets)
                .array();
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(IpAddress other) {
        if (v6 != other.v6) {
            return v6 ? 1 : -1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted quad, or the canonical form of RFC 5952. */
    @Override
    public String toString() {
        return v6 ? v6Text() : v4Text();
    }

    private String v4Text() {
        return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }

    private int group(int i) {
        return (int) ((i < 4 ? high >>> (48 - 16 * i) : low >>> (48 - 16 * (i - 4))) & 0xffff);
    }

    private String v6Text() {
        int gapAt = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapAt = i;
                gapLength = run;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gapAt) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (i > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }
}
