package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.Optional;

/**
 * An address that a {@code dhcp-host} fixes: an IPv4 address, an IPv6 address, several IPv6 addresses
 * ({@code [1234::50/126]}), or the host part of one ({@code [::56]}), which counts in every network of length 64.
 *
 * @param addresses the address or addresses; for a host part the upper 64 bits are zero
 * @param hostPart true where only the lower 64 bits are meant
 */
public record HostAddress(Prefix addresses, boolean hostPart) {
    /** Exactly one IPv4 address. */
    public static HostAddress ofV4(IpAddress address) {
        return new HostAddress(new Prefix(address, address.bits()), false);
    }

    /**
     * Reads {@code [address]} or {@code [address/length]}; also {@code [address]/length}, which some versions' texts show.
     * Empty for anything else, and where the address has bits beyond the length.
     */
    static Optional<HostAddress> parseV6(String text) {
        int close = text.indexOf(']');
        boolean lengthAfter = text.startsWith("]/", Math.max(close, 0));
        if (!text.startsWith("[") || close < 0 || (close != text.length() - 1 && !lengthAfter)) {
            return Optional.empty();
        }
        String inner = text.substring(1, close) + text.substring(close + 1);
        int slash = inner.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? inner : inner.substring(0, slash));
        return Prefix.parse(inner)
                .filter(prefix -> prefix.network().v6() && address.equals(Optional.of(prefix.network())))
                .map(prefix -> new HostAddress(prefix, prefix.network().high() == 0 && prefix.length() >= 64));
    }

    /** True for IPv6. */
    public boolean v6() {
        return addresses.network().v6();
    }

    /** True where a lease of this address is what the line fixes; for a host part the network is not looked at. */
    public boolean fixes(IpAddress lease) {
        return addresses.contains(hostPart && lease.v6() ? new IpAddress(true, 0, lease.low()) : lease);
    }

    /** As it would be written: {@code 192.168.0.2}, {@code [fd00::2]}, {@code [::50/126]}. */
    @Override
    public String toString() {
        boolean one = addresses.length() == addresses.network().bits();
        String text = one ? addresses.network().toString() : addresses.toString();
        return v6() ? "[" + text + "]" : text;
    }
}
