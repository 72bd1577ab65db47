package io.innkeeper.wire.net;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client calls itself: the DHCPv4 client identifier (RFC 2132 §9.14) or the DHCPv6 DUID (RFC 8415 §11). 1 to 255
 * octets, written as hex with colons. Short ones, which most are, are kept in a number: that takes a third of the memory.
 */
public abstract sealed class ClientId implements Comparable<ClientId> {
    /** The longest identifier that a DHCPv4 option can carry. */
    public static final int MAX_LENGTH = 255;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private ClientId() {}

    /**
     * An identifier from its octets, which are copied.
     *
     * @throws IllegalArgumentException if there are none or more than 255
     */
    public static ClientId of(byte[] octets) {
        if (octets.length == 0 || octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a client identifier has 1 to 255 octets, not " + octets.length);
        }
        return made(octets.clone());
    }

    private static ClientId made(byte[] octets) {
        return octets.length <= Brief.MAX ? new Brief(octets.length, Hash64.word(octets, 0)) : new Lengthy(octets);
    }

    /**
     * The identifier of a client that sends none: its hardware type and address (RFC 2131 §4.2). Clients that send an
     * identifier of this form (RFC 2132 §9.14) mean the same.
     */
    public static ClientId ofHardware(MacAddress mac) {
        byte[] address = mac.octets();
        if (address.length < Brief.MAX) {
            return new Brief(address.length + 1, head(mac));
        }
        byte[] octets = new byte[address.length + 1];
        octets[0] = (byte) mac.hardwareType();
        System.arraycopy(address, 0, octets, 1, address.length);
        return made(octets);
    }

    /** Reads two hex digits an octet, colons between or none; empty for anything else. */
    public static Optional<ClientId> parse(String text) {
        boolean colons = text.indexOf(':') >= 0;
        int step = colons ? 3 : 2;
        int count = (text.length() + step - 2) / step;
        if (count == 0 || count > MAX_LENGTH || text.length() != count * step - (colons ? 1 : 0)) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            boolean separator = i % step == 2;
            if (separator ? text.charAt(i) != ':' : !HexFormat.isHexDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(made((colons ? COLONS : HexFormat.of()).parseHex(text)));
    }

    /** A copy of the octets. */
    public abstract byte[] octets();

    /** True where it is the hardware type, of one octet, and the address: {@link #ofHardware}. */
    public boolean isHardware(MacAddress mac) {
        return mac.hardwareType() < 256 && equals(ofHardware(mac));
    }

    /**
     * The hardware address of which it is made, if {@link #isHardware} is true of one.
     *
     * @throws IllegalStateException if it cannot be made of one: it has one octet, or more than seventeen
     */
    public MacAddress hardware() {
        byte[] octets = octets();
        if (octets.length < 2 || octets.length > MacAddress.MAX_LENGTH + 1) {
            throw new IllegalStateException("not a hardware address: " + this);
        }
        return MacAddress.of(octets[0] & 0xff, Arrays.copyOfRange(octets, 1, octets.length));
    }

    /** The type and the first seven octets of the address. */
    private static long head(MacAddress mac) {
        return (mac.hardwareType() & 0xffL) << 56 | mac.head() >>> 8;
    }

    /** How many octets it has, 1 to {@value #MAX_LENGTH}. */
    public abstract int length();

    /** Copies the octets into an array, from this place on. */
    public abstract void copyTo(byte[] target, int at);

    /**
     * The hardware address inside a DUID of type 1 (DUID-LLT, RFC 8415 §11.2) or 3 (DUID-LL, §11.4). It belonged to some
     * interface of the client when the DUID was made; usually it still is the one that asks.
     */
    public Optional<MacAddress> duidMac() {
        byte[] octets = octets();
        if (octets.length < 5 || octets[0] != 0) {
            return Optional.empty();
        }
        int skip = octets[1] == 1 ? 8 : octets[1] == 3 ? 4 : octets.length;
        int length = octets.length - skip;
        if (length <= 0 || length > MacAddress.MAX_LENGTH) {
            return Optional.empty();
        }
        int type = ((octets[2] & 0xff) << 8) | (octets[3] & 0xff);
        return Optional.of(MacAddress.of(type, Arrays.copyOfRange(octets, skip, octets.length)));
    }

    /** Spread over 64 bits; another one for another seed, the same at any time. */
    public abstract long hash64(long seed);

    @Override
    public int compareTo(ClientId other) {
        return Arrays.compareUnsigned(octets(), other.octets());
    }

    @Override
    public abstract boolean equals(Object other);

    @Override
    public abstract int hashCode();

    @Override
    public String toString() {
        return COLONS.formatHex(octets());
    }

    /** Up to eight octets. */
    private static final class Brief extends ClientId {
        private static final int MAX = 8;

        private final int length;

        /** The first octet uppermost, zeros behind the last. */
        private final long head;

        private Brief(int length, long head) {
            this.length = length;
            this.head = head;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public void copyTo(byte[] target, int at) {
            for (int i = 0; i < length; i++) {
                target[at + i] = (byte) (head >>> (56 - 8 * i));
            }
        }

        @Override
        public byte[] octets() {
            byte[] octets = new byte[length];
            copyTo(octets, 0);
            return octets;
        }

        @Override
        public boolean isHardware(MacAddress mac) {
            return mac.hardwareType() < 256 && mac.length() == length - 1 && head(mac) == head;
        }

        @Override
        public MacAddress hardware() {
            return length < 2 ? super.hardware() : MacAddress.ofHead((int) (head >>> 56), length - 1, head << 8);
        }

        @Override
        public long hash64(long seed) {
            return Hash64.mix(Hash64.mix(seed ^ length) ^ head);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Brief id && id.length == length && id.head == head;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(hash64(0));
        }
    }

    /** More than eight octets. */
    private static final class Lengthy extends ClientId {
        private final byte[] octets;

        private Lengthy(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public int length() {
            return octets.length;
        }

        @Override
        public void copyTo(byte[] target, int at) {
            System.arraycopy(octets, 0, target, at, octets.length);
        }

        @Override
        public byte[] octets() {
            return octets.clone();
        }

        @Override
        public long hash64(long seed) {
            return Hash64.of(octets, seed);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Lengthy id && Arrays.equals(id.octets, octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }
    }
}
