package io.innkeeper.wire.net;

import java.nio.ByteBuffer;
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
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int value = number(part, 10, 3);
            if (value < 0 || value > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
        }
        return Optional.of(v4(bits));
    }

    private static Optional<IpAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, 8, true).map(IpAddress::fromGroups);
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<int[]> left = groups(text.substring(0, gap), -1, false);
        Optional<int[]> right = groups(text.substring(gap + 2), -1, true);
        if (left.isEmpty() || right.isEmpty() || left.get().length + right.get().length > 7) {
            return Optional.empty();
        }
        int[] all = new int[8];
        System.arraycopy(left.get(), 0, all, 0, left.get().length);
        System.arraycopy(right.get(), 0, all, 8 - right.get().length, right.get().length);
        return Optional.of(fromGroups(all));
    }

    /** The 16-bit groups of a text without {@code ::}; {@code wanted} of them, or any number up to 8 where it is -1. Only the last
     * part of an address may end in a dotted quad. */
    private static Optional<int[]> groups(String text, int wanted, boolean last) {
        if (text.isEmpty()) {
            return wanted <= 0 ? Optional.of(new int[0]) : Optional.empty();
        }
        String[] parts = text.split(":", -1);
        boolean embedded = last && parts[parts.length - 1].indexOf('.') >= 0;
        int count = parts.length + (embedded ? 1 : 0);
        if (count > 8 || (wanted > 0 && count != wanted)) {
            return Optional.empty();
        }
        int[] groups = new int[count];
        for (int i = 0; i < parts.length - (embedded ? 1 : 0); i++) {
            groups[i] = number(parts[i], 16, 4);
            if (groups[i] < 0) {
                return Optional.empty();
            }
        }
        if (embedded) {
            Optional<IpAddress> v4 = parseV4(parts[parts.length - 1]);
            if (v4.isEmpty()) {
                return Optional.empty();
            }
            groups[count - 2] = (int) (v4.get().low >>> 16);
            groups[count - 1] = (int) (v4.get().low & 0xffff);
        }
        return Optional.of(groups);
    }

    private static int number(String digits, int radix, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
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
