package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A domain name, 1 to 255 octets with the root (RFC 1035 §3.1). Case is kept, and makes no difference for
 * {@link #equals}, {@link #hashCode} and {@link #compareTo} (RFC 4343). Any octet may stand in a label.
 */
public final class DnsName implements Comparable<DnsName> {
    /** The longest name on the wire, in octets (RFC 1035 §2.3.4). */
    public static final int MAX_LENGTH = 255;

    /** The longest label, in octets without the length octet. */
    public static final int MAX_LABEL = 63;

    /** The most labels a name can have, without the root. */
    public static final int MAX_LABELS = 127;

    /** The root: no labels. */
    public static final DnsName ROOT = new DnsName(new byte[1]);

    /** Without compression, the root's octet included. */
    private final byte[] wire;

    /** Takes the array. */
    private DnsName(byte[] wire) {
        this.wire = wire;
    }

    /** A name from octets that were checked; takes the array. */
    static DnsName trusted(byte[] wire) {
        return new DnsName(wire);
    }

    /**
     * Reads the form of zone files (RFC 1035 §5.1): labels with dots between, {@code \.} for a dot in a label, {@code \DDD} for
     * any octet. A dot at the end changes nothing; {@code .} is the root. Empty for text that is no name, such as an empty one.
     */
    public static Optional<DnsName> parse(String text) {
        return NameText.parse(text).map(DnsName::new);
    }

    /**
     * As {@link #parse}, for names that stand in the program.
     *
     * @throws IllegalArgumentException if it is no name
     */
    public static DnsName of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a name: " + text));
    }

    /** As {@link #parse}, for what people type: blanks around it are dropped, and other letters than ASCII's become A-labels. */
    public static Optional<DnsName> typed(String text) {
        return NameText.typed(text).map(DnsName::new);
    }

    /**
     * A name that stands somewhere without compression.
     *
     * @param bytes where
     * @param from its first octet
     * @param length its octets, the root's included
     * @throws IllegalArgumentException if these octets are not one whole name
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public static DnsName ofWire(byte[] bytes, int from, int length) {
        byte[] wire = Arrays.copyOfRange(bytes, from, from + length);
        if (length < 1 || from + length > bytes.length || wholeName(wire) != length) {
            throw new IllegalArgumentException("not a name without compression");
        }
        return new DnsName(wire);
    }

    /** The length of the name at the beginning, 0 for none. */
    private static int wholeName(byte[] wire) {
        int at = 0;
        while (at < wire.length && at < MAX_LENGTH) {
            int label = wire[at];
            if (label == 0) {
                return at + 1;
            }
            if (label < 0 || label > MAX_LABEL) {
                return 0;
            }
            at += 1 + label;
        }
        return 0;
    }

    /** The name that leads from an address to names: under {@code in-addr.arpa} or {@code ip6.arpa} (RFC 1035 §3.5, RFC 3596 §2.5). */
    public static DnsName reverse(IpAddress address) {
        return new DnsName(ReverseNames.wire(address));
    }

    /** The address of a name as {@link #reverse} makes it; empty for others, zones with fewer labels included. */
    public Optional<IpAddress> reversed() {
        return ReverseNames.address(wire);
    }

    /** Its octets on the wire without compression, the root's included: 1 to 255. */
    public int length() {
        return wire.length;
    }

    /** How many labels it has, without the root: 0 to 127. */
    public int labelCount() {
        int count = 0;
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            count++;
        }
        return count;
    }

    /** The name without its first label; empty for the root. */
    public Optional<DnsName> parent() {
        return wire.length == 1
                ? Optional.empty()
                : Optional.of(new DnsName(Arrays.copyOfRange(wire, 1 + wire[0], wire.length)));
    }

    /** True if it is that name, or below it. */
    public boolean isUnder(DnsName zone) {
        int start = wire.length - zone.wire.length;
        int at = 0;
        while (at < start) {
            at += 1 + wire[at];
        }
        return at == start && sameOctets(wire, at, zone.wire, 0, zone.wire.length);
    }

    /**
     * The name one label below.
     *
     * @param label as text, with the escapes of {@link #parse}
     * @throws IllegalArgumentException if it is not one label, or the name becomes too long
     */
    public DnsName child(String label) {
        byte[] first = NameText.parse(label)
                .filter(name -> name.length == name[0] + 2)
                .orElseThrow(() -> new IllegalArgumentException("not a label: " + label));
        int length = first.length - 1 + wire.length;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("too long: " + label + " under " + this);
        }
        byte[] child = Arrays.copyOf(first, length);
        System.arraycopy(wire, 0, child, first.length - 1, wire.length);
        return new DnsName(child);
    }

    /** A copy of its octets, without compression. */
    public byte[] wire() {
        return wire.clone();
    }

    /** Copies its octets, without compression, into an array from this place on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(wire, 0, target, at, wire.length);
    }

    /** The name in small letters; itself where it is. */
    public DnsName lower() {
        byte[] lower = wire.clone();
        boolean same = true;
        for (int i = 0; i < lower.length; i++) {
            // Length octets are below 64 and no letters.
            lower[i] = lower(wire[i]);
            same &= lower[i] == wire[i];
        }
        return same ? this : new DnsName(lower);
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    /** True where both parts are the same but for ASCII case. */
    static boolean sameOctets(byte[] one, int oneAt, byte[] other, int otherAt, int length) {
        for (int i = 0; i < length; i++) {
            byte a = one[oneAt + i];
            byte b = other[otherAt + i];
            if (a != b && lower(a) != lower(b)) {
                return false;
            }
        }
        return true;
    }

    /** Its octets, not to be changed; for the writer. */
    byte[] octets() {
        return wire;
    }

    long hash() {
        return NameHash.of(wire, 0);
    }

    /** As zone files have it, without a dot at its end; the root is {@code .}. What is not plain is escaped. */
    public String text() {
        return NameText.of(wire);
    }

    /** As {@link #text()}, with the dot at its end. */
    public String absoluteText() {
        return wire.length == 1 ? "." : text() + ".";
    }

    /** The order of RFC 4034 §6.1: by labels, the last one first. */
    @Override
    public int compareTo(DnsName other) {
        int[] mine = labels();
        int[] others = other.labels();
        for (int i = 1; i <= Math.min(mine.length, others.length); i++) {
            int order = compareLabels(mine[mine.length - i], other.wire, others[others.length - i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, others.length);
    }

    private int compareLabels(int at, byte[] other, int otherAt) {
        int common = Math.min(wire[at], other[otherAt]);
        for (int i = 1; i <= common; i++) {
            int order = Byte.compareUnsigned(lower(wire[at + i]), lower(other[otherAt + i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(wire[at], other[otherAt]);
    }

    /** Where its labels begin. */
    int[] labels() {
        int[] labels = new int[labelCount()];
        int at = 0;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = at;
            at += 1 + wire[at];
        }
        return labels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName name
                && name.wire.length == wire.length
                && sameOctets(wire, 0, name.wire, 0, wire.length);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash());
    }

    /** {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
