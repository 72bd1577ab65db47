package io.innkeeper.feed.dnsmasq.query;

import io.innkeeper.wire.net.IpAddress;
import java.util.Optional;

/** Names in which addresses are asked for (RFC 1035 §3.5, RFC 3596 §2.5), as far as dnsmasq answers them under the address. */
final class ReverseName {
    private static final String V4 = ".in-addr.arpa";
    private static final String V6 = ".ip6.arpa";
    private static final int NIBBLES = 32;

    private ReverseName() {}

    /** The address in a name in small letters; empty for another name. */
    static Optional<IpAddress> address(String name) {
        if (name.endsWith(V4)) {
            String[] octets = name.substring(0, name.length() - V4.length()).split("\\.", -1);
            return octets.length == 4
                    ? IpAddress.parse(octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0])
                    : Optional.empty();
        }
        return name.endsWith(V6) ? v6(name.substring(0, name.length() - V6.length())) : Optional.empty();
    }

    private static Optional<IpAddress> v6(String nibbles) {
        if (nibbles.length() != 2 * NIBBLES - 1) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (int i = NIBBLES - 1; i >= 0; i--) {
            if (i < NIBBLES - 1 && nibbles.charAt(2 * i + 1) != '.') {
                return Optional.empty();
            }
            text.append(nibbles.charAt(2 * i));
            if (i % 4 == 0 && i > 0) {
                text.append(':');
            }
        }
        return IpAddress.parse(text.toString());
    }
}
