package io.innkeeper.wire.net;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A hardware address of one to sixteen octets with its ARP hardware type (IANA "ARP Parameters"; 1 is Ethernet).
 * Written as dnsmasq writes it: {@code aa:bb:cc:dd:ee:ff}, and {@code 20-aa:bb:…} with the type in hex where it is not
 * Ethernet (or where a single octet would look like a number).
 */
public final class MacAddress implements Comparable<MacAddress> {
    /** ARP hardware type of Ethernet. */
    public static final int ETHERNET = 1;

    /** The longest hardware address that DHCP carries (RFC 2131 §2, {@code chaddr}). */
    public static final int MAX_LENGTH = 16;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    /** The hardware type in the upper bits, the count of octets in the lower eight. */
    private final int typeAndLength;

    /** The octets, the first one uppermost, zeros behind the last: two numbers are half as large as an array. */
    private final long head;

    private final long tail;

    private MacAddress(int hardwareType, int length, long head, long tail) {
        this.typeAndLength = hardwareType << 8 | length;
        this.head = head;
        this.tail = tail;
    }

    /** An address of up to eight octets, the first one uppermost, zeros behind the last. */
    static MacAddress ofHead(int hardwareType, int length, long head) {
        return new MacAddress(hardwareType, length, head, 0);
    }

    /** An Ethernet address from its 48 bits, the first octet uppermost. */
    public static MacAddress ethernet(long bits) {
        return new MacAddress(ETHERNET, 6, bits << 16, 0);
    }

    /**
     * An address from its octets, which are copied.
     *
     * @throws IllegalArgumentException if there are none, more than sixteen, or the type is outside 0–65535
     */
    public static MacAddress of(int hardwareType, byte[] octets) {
        if (octets.length == 0 || octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a hardware address has 1 to 16 octets, not " + octets.length);
        }
        if (hardwareType < 0 || hardwareType > 0xffff) {
            throw new IllegalArgumentException("hardware type out of range: " + hardwareType);
        }
        return new MacAddress(hardwareType, octets.length, Hash64.word(octets, 0), Hash64.word(octets, 8));
    }

    /**
     * Reads {@code [type-]xx:xx:…}; one or two hex digits an octet, {@code :} or {@code -} between them (only {@code :}
     * where a type is given). A single octet needs its type, as in {@code 07-2a}. Empty where the text is something else.
     */
    public static Optional<MacAddress> parse(String text) {
        int dash = text.indexOf('-');
        boolean typed = dash > 0 && (text.indexOf(':') > dash || text.indexOf('-', dash + 1) < 0);
        int type = typed ? hex(text.substring(0, dash), 4) : ETHERNET;
        String rest = typed ? text.substring(dash + 1) : text.replace('-', ':');
        if (type < 0 || rest.length() > MAX_LENGTH * 3) {
            return Optional.empty();
        }
        return octets(rest, typed ? 1 : 2).map(octets -> of(type, octets));
    }

    private static Optional<byte[]> octets(String colons, int least) {
        String[] parts = colons.split(":", -1);
        if (parts.length > MAX_LENGTH || parts.length < least) {
            return Optional.empty();
        }
        byte[] octets = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int value = hex(parts[i], 2);
            if (value < 0) {
                return Optional.empty();
            }
            octets[i] = (byte) value;
        }
        return Optional.of(octets);
    }

    /** The value of one to {@code maxDigits} hex digits, or -1. */
    private static int hex(String digits, int maxDigits) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = HexFormat.isHexDigit(digits.charAt(i)) ? HexFormat.fromHexDigit(digits.charAt(i)) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The ARP hardware type, 1 for Ethernet. */
    public int hardwareType() {
        return typeAndLength >>> 8;
    }

    /** A copy of the octets. */
    public byte[] octets() {
        byte[] octets = new byte[length()];
        copyTo(octets, 0);
        return octets;
    }

    /** How many octets it has, 1 to {@value #MAX_LENGTH}. */
    public int length() {
        return typeAndLength & 0xff;
    }

    /** Copies the octets into an array, from this place on. */
    public void copyTo(byte[] target, int at) {
        for (int i = 0; i < length(); i++) {
            target[at + i] = (byte) (i < 8 ? head >>> (56 - 8 * i) : tail >>> (120 - 8 * i));
        }
    }

    /** The first eight octets, the first one uppermost. */
    long head() {
        return head;
    }

    /** True for a six-octet Ethernet address. */
    public boolean isEthernet() {
        return typeAndLength == (ETHERNET << 8 | 6);
    }

    /** True where the U/L bit is set (IEEE 802-2014 §8.2): made up by software, as phones do for privacy. */
    public boolean isLocallyAdministered() {
        return isEthernet() && (head >>> 56 & 0x02) != 0;
    }

    /** The first {@code bits} bits of a six-octet address as a number, as the IEEE registries index them. */
    public long prefix(int bits) {
        return head >>> 16 >>> (48 - bits);
    }

    /** Spread over 64 bits; another one for another seed, the same at any time. */
    public long hash64(long seed) {
        return Hash64.mix(Hash64.mix(Hash64.mix(seed ^ typeAndLength) ^ head) ^ tail);
    }

    @Override
    public int compareTo(MacAddress other) {
        int byType = Integer.compare(hardwareType(), other.hardwareType());
        int byHead = byType != 0 ? byType : Long.compareUnsigned(head, other.head);
        int byTail = byHead != 0 ? byHead : Long.compareUnsigned(tail, other.tail);
        return byTail != 0 ? byTail : Integer.compare(length(), other.length());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress mac
                && mac.typeAndLength == typeAndLength
                && mac.head == head
                && mac.tail == tail;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash64(0));
    }

    /** The text form, lower case; see the class. */
    @Override
    public String toString() {
        String colons = COLONS.formatHex(octets());
        int type = hardwareType();
        return type == ETHERNET && length() > 1 ? colons : "%02x-%s".formatted(type, colons);
    }
}
