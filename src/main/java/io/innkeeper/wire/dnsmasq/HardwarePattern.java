package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.MacAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A hardware address in a {@code dhcp-host}: {@code 00:20:e0:3b:13:af}, with wildcard octets {@code 00:20:e0:3b:13:*}, or
 * bound to an ARP hardware type {@code 06-00:20:e0:3b:13:af} (dnsmasq(8), {@code --dhcp-host}).
 *
 * @param hardwareType the ARP hardware type, or 0 for any
 * @param octets each 0 to 255, or -1 where the octet may be anything; 1 to 16 of them
 */
public record HardwarePattern(int hardwareType, List<Integer> octets) {
    /** Stands for any hardware type. */
    public static final int ANY_TYPE = 0;

    /** Copies the list. */
    public HardwarePattern {
        octets = List.copyOf(octets);
    }

    /** Reads a pattern; empty for anything else. */
    public static Optional<HardwarePattern> parse(String text) {
        int dash = text.indexOf('-');
        boolean typed = dash >= 0 && text.indexOf(':') > dash;
        int type = ANY_TYPE;
        if (typed) {
            type = type(text.substring(0, dash));
            if (type < 0) {
                return Optional.empty();
            }
        }
        int hardwareType = type;
        return HexGroups.parse(typed ? text.substring(dash + 1) : text, MacAddress.MAX_LENGTH)
                .map(groups -> new HardwarePattern(hardwareType, groups.octets()));
    }

    /** The ARP hardware type in hex, or -1. */
    private static int type(String text) {
        return HexGroups.parse(text, 2)
                .flatMap(HexGroups::exact)
                .map(octets -> octets.length == 1 ? octets[0] & 0xff : (octets[0] & 0xff) << 8 | (octets[1] & 0xff))
                .orElse(-1);
    }

    /** A pattern for exactly this address. */
    public static HardwarePattern of(MacAddress mac) {
        byte[] bytes = mac.octets();
        Integer[] octets = new Integer[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            octets[i] = bytes[i] & 0xff;
        }
        return new HardwarePattern(mac.hardwareType(), List.of(octets));
    }

    /** How many octets may be anything. */
    public int wildcards() {
        return Collections.frequency(octets, HexGroups.ANY);
    }

    /** The one address that fits, where there are no wildcards; its type is this pattern's, so it may be 0. */
    public Optional<MacAddress> exact() {
        return new HexGroups(octets).exact().map(bytes -> MacAddress.of(hardwareType, bytes));
    }

    /** True where the address has this type, this length and these octets. */
    public boolean matches(MacAddress mac) {
        byte[] bytes = mac.octets();
        boolean type = hardwareType == ANY_TYPE || hardwareType == mac.hardwareType();
        if (!type || bytes.length != octets.size()) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            int octet = octets.get(i);
            if (octet != HexGroups.ANY && octet != (bytes[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** As it would be written, lower case. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (hardwareType != ANY_TYPE) {
            text.append("%02x-".formatted(hardwareType));
        }
        for (int i = 0; i < octets.size(); i++) {
            int octet = octets.get(i);
            text.append(i == 0 ? "" : ":").append(octet == HexGroups.ANY ? "*" : "%02x".formatted(octet));
        }
        return text.toString();
    }
}
