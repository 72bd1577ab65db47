package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.Optional;

/**
 * IPv4 addresses from one to another: {@code 192.168.1.100-192.168.1.199}, {@code 192.168.1.7} or {@code 192.168.1.128/26}.
 *
 * @param first IPv4
 * @param last IPv4, included; not below first
 */
public record AddressRange(IpAddress first, IpAddress last) {
    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2}| *- *[0-9]{1,3}(\\.[0-9]{1,3}){3})?$";

    /** @throws IllegalArgumentException if the addresses are no IPv4 addresses in this order */
    public AddressRange {
        if (first.v6() || last.v6() || first.low() > last.low()) {
            throw new IllegalArgumentException("no range: " + first + "-" + last);
        }
    }

    /** Reads two addresses with {@code -} between, a prefix or one address; empty for anything else. */
    public static Optional<AddressRange> parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Prefix.parse(text).flatMap(prefix -> of(prefix.network(), prefix.last()));
        }
        return IpAddress.parse(text.substring(0, dash).strip())
                .flatMap(first ->
                        IpAddress.parse(text.substring(dash + 1).strip()).flatMap(last -> of(first, last)));
    }

    private static Optional<AddressRange> of(IpAddress first, IpAddress last) {
        return first.v6() || last.v6() || first.low() > last.low()
                ? Optional.empty()
                : Optional.of(new AddressRange(first, last));
    }

    /** True where the address is one of them. */
    public boolean contains(IpAddress address) {
        return !address.v6() && first.low() <= address.low() && address.low() <= last.low();
    }

    /** How many addresses there are, 1 to 2^32. */
    public long size() {
        return last.low() - first.low() + 1;
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
