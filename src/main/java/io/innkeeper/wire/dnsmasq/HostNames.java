package io.innkeeper.wire.dnsmasq;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which words dnsmasq takes for a host name. */
final class HostNames {
    private static final int MAX_LENGTH = 255;

    private HostNames() {}

    /**
     * The name, where it is one: letters, digits, {@code -}, {@code _} and dots, not beginning with {@code -} or {@code _},
     * and octets beyond ASCII, since dnsmasq may be built to take international names.
     */
    static Optional<String> parse(String field) {
        byte[] octets = ConfigFields.octets(field);
        boolean legal = octets.length > 0 && octets.length <= MAX_LENGTH && octets[0] != '-' && octets[0] != '_';
        for (int i = 0; i < octets.length && legal; i++) {
            legal = octets[i] < 0
                    || octets[i] == '-'
                    || octets[i] == '_'
                    || octets[i] == '.'
                    || letterOrDigit(octets[i]);
        }
        return legal ? Optional.of(new String(octets, StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static boolean letterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
