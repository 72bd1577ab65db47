package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses ⇄ the names that lead from them to names (RFC 1035 §3.5, RFC 3596 §2.5). */
final class ReverseNames {
    private static final byte[] V4 = suffix("in-addr");
    private static final byte[] V6 = suffix("ip6");
    private static final int V4_LABELS = 4;
    private static final int V6_LABELS = 32;

    private ReverseNames() {}

    private static byte[] suffix(String first) {
        String wire = (char) first.length() + first + (char) 4 + "arpa" + (char) 0;
        return wire.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] wire(IpAddress address) {
        byte[] octets = address.octets();
        StringBuilder labels = new StringBuilder();
        for (int i = octets.length - 1; i >= 0; i--) {
            int octet = octets[i] & 0xff;
            if (address.v6()) {
                labels.append((char) 1).append(Character.forDigit(octet & 15, 16));
                labels.append((char) 1).append(Character.forDigit(octet >> 4, 16));
            } else {
                String decimal = Integer.toString(octet);
                labels.append((char) decimal.length()).append(decimal);
            }
        }
        byte[] suffix = address.v6() ? V6 : V4;
        byte[] wire = new byte[labels.length() + suffix.length];
        for (int i = 0; i < labels.length(); i++) {
            wire[i] = (byte) labels.charAt(i);
        }
        System.arraycopy(suffix, 0, wire, labels.length(), suffix.length);
        return wire;
    }

    static Optional<IpAddress> address(byte[] wire) {
        byte[] octets = endsWith(wire, V6) ? v6(wire) : endsWith(wire, V4) ? v4(wire) : null;
        return octets == null ? Optional.empty() : Optional.of(IpAddress.of(octets));
    }

    private static boolean endsWith(byte[] wire, byte[] suffix) {
        int start = wire.length - suffix.length;
        return start > 0 && DnsName.sameOctets(wire, start, suffix, 0, suffix.length);
    }

    private static byte @Nullable [] v4(byte[] wire) {
        byte[] octets = new byte[V4_LABELS];
        int end = wire.length - V4.length;
        int at = 0;
        for (int i = V4_LABELS - 1; i >= 0; i--) {
            int value = at < end ? decimal(wire, at) : -1;
            if (value < 0) {
                return null;
            }
            octets[i] = (byte) value;
            at += 1 + wire[at];
        }
        return at == end ? octets : null;
    }

    /** The number of a label, 0 to 255 without zeros before it; -1 for anything else. */
    private static int decimal(byte[] wire, int at) {
        int length = wire[at];
        int value = 0;
        for (int i = 1; i <= length; i++) {
            int digit = wire[at + i] - '0';
            if (length > 3 || digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        boolean padded = length > 1 && wire[at + 1] == '0';
        return padded || value > 255 ? -1 : value;
    }

    private static byte @Nullable [] v6(byte[] wire) {
        if (wire.length != 2 * V6_LABELS + V6.length) {
            return null;
        }
        byte[] octets = new byte[V6_LABELS / 2];
        for (int i = 0; i < V6_LABELS; i++) {
            int digit = wire[2 * i] == 1 ? Character.digit((char) wire[2 * i + 1], 16) : -1;
            if (digit < 0) {
                return null;
            }
            octets[octets.length - 1 - i / 2] |= (byte) (digit << (4 * (i & 1)));
        }
        return octets;
    }
}
