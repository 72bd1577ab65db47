package io.innkeeper.wire.net;

import java.util.Optional;

/**
 * A network: {@code 192.168.1.0/24} or {@code fd00::/64}. Host bits are cleared.
 *
 * @param network the first address
 * @param length 0 to 32, or 0 to 128
 */
public record Prefix(IpAddress network, int length) {
    /** @throws IllegalArgumentException if the length does not fit the family */
    public Prefix {
        if (length < 0 || length > network.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " does not fit " + network);
        }
        network = mask(network, length);
    }

    /** Reads {@code address/length}; a bare address is a prefix of full length. Empty for anything else. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || slash < 0) {
            return address.map(a -> new Prefix(a, a.bits()));
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return length > address.get().bits() ? Optional.empty() : Optional.of(new Prefix(address.get(), length));
    }

    /** The network of an IPv4 address under a dotted mask; empty where the mask has holes. */
    public static Optional<Prefix> ofMask(IpAddress address, IpAddress mask) {
        int bits = (int) mask.low();
        int length = Integer.bitCount(bits);
        boolean holes = length != Integer.numberOfLeadingZeros(~bits);
        return address.v6() || mask.v6() || holes ? Optional.empty() : Optional.of(new Prefix(address, length));
    }

    /** True for an address of the same family inside the prefix. */
    public boolean contains(IpAddress address) {
        return address.v6() == network.v6() && mask(address, length).equals(network);
    }

    /** The last address. */
    public IpAddress last() {
        if (!network.v6()) {
            return new IpAddress(false, 0, network.low() | (length == 32 ? 0 : 0xffff_ffffL >>> length));
        }
        long high = length >= 64 ? network.high() : network.high() | (-1L >>> length);
        long low = length == 128 ? network.low() : length <= 64 ? -1L : network.low() | (-1L >>> (length - 64));
        return new IpAddress(true, high, low);
    }

    private static IpAddress mask(IpAddress address, int length) {
        if (!address.v6()) {
            return new IpAddress(
                    false, 0, address.low() & (length == 0 ? 0 : 0xffff_ffffL << (32 - length) & 0xffff_ffffL));
        }
        long high = length == 0 ? 0 : length >= 64 ? address.high() : address.high() & (-1L << (64 - length));
        long low = length <= 64 ? 0 : address.low() & (-1L << (128 - length));
        return new IpAddress(true, high, low);
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
