package io.innkeeper.wire.net;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client calls itself: the DHCPv4 client identifier (RFC 2132 §9.14) or the DHCPv6 DUID (RFC 8415 §11). 1 to 255
 * octets, written as hex with colons.
 */
public final class ClientId implements Comparable<ClientId> {
    /** The longest identifier that a DHCPv4 option can carry. */
    public static final int MAX_LENGTH = 255;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final byte[] octets;

    private ClientId(byte[] octets) {
        this.octets = octets;
    }

    /**
     * An identifier from its octets, which are copied.
     *
     * @throws IllegalArgumentException if there are none or more than 255
     */
    public static ClientId of(byte[] octets) {
        if (octets.length == 0 || octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a client identifier has 1 to 255 octets, not " + octets.length);
        }
        return new ClientId(octets.clone());
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
        return Optional.of(new ClientId((colons ? COLONS : HexFormat.of()).parseHex(text)));
    }

    /** A copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /**
     * The hardware address inside a DUID of type 1 (DUID-LLT, RFC 8415 §11.2) or 3 (DUID-LL, §11.4). It belonged to some
     * interface of the client when the DUID was made; usually it still is the one that asks.
     */
    public Optional<MacAddress> duidMac() {
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

    @Override
    public int compareTo(ClientId other) {
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientId id && Arrays.equals(id.octets, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return COLONS.formatHex(octets);
    }
}
