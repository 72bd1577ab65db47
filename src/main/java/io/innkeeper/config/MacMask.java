package io.innkeeper.config;

import io.innkeeper.wire.net.MacAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Some Ethernet addresses: {@code 00:11:22:33:44:55}, {@code 00:11:22:*} (a star at the end stands for all that follows,
 * elsewhere for one octet), {@code 00:11:22:33:40:00/44} (the first 44 bits), {@code *}.
 *
 * @param bits 48 bits, none outside the mask
 * @param mask 48 bits; where it has a one, addresses must agree
 */
public record MacMask(long bits, long mask) {
    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^([0-9A-Fa-f]{2}|\\*)([:-]([0-9A-Fa-f]{2}|\\*)){0,5}(/[0-9]{1,2})?$";

    private static final long ALL = 0xffff_ffff_ffffL;

    /** Clears what is outside the mask. */
    public MacMask {
        mask &= ALL;
        bits &= mask;
    }

    /** Reads one of the forms above, with colons or dashes; empty for anything else. */
    public static Optional<MacMask> parse(String text) {
        if (!text.matches(PATTERN)) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        return slash < 0 ? groups(text) : masked(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Whether an address is one of these. */
    public boolean covers(MacAddress mac) {
        return mac.isEthernet() && (mac.prefix(48) & mask) == bits;
    }

    private static Optional<MacMask> masked(String text, String digits) {
        int length = Integer.parseInt(digits);
        return length > 48
                ? Optional.empty()
                : MacAddress.parse(text)
                        .filter(MacAddress::isEthernet)
                        .map(mac -> new MacMask(mac.prefix(48), ALL & ~(ALL >>> length)));
    }

    private static Optional<MacMask> groups(String text) {
        String[] groups = text.split("[:-]");
        boolean open = groups[groups.length - 1].equals("*");
        if (groups.length < 6 && !open) {
            return Optional.empty();
        }
        long bits = 0;
        long mask = 0;
        for (int i = 0; i < 6; i++) {
            boolean any = i >= groups.length || groups[i].equals("*");
            bits = bits << 8 | (any ? 0 : Integer.parseInt(groups[i], 16));
            mask = mask << 8 | (any ? 0 : 0xff);
        }
        return Optional.of(new MacMask(bits, mask));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        boolean octets = true;
        int known = 0;
        for (int i = 0; i < 6; i++) {
            long part = mask >>> (40 - 8 * i) & 0xff;
            octets &= part == 0 || part == 0xff;
            known = part == 0 ? known : i + 1;
        }
        if (!octets) {
            return groups(ALL, 6) + "/" + Long.bitCount(mask);
        }
        String start = groups(mask, known);
        return known == 6 ? start : start.isEmpty() ? "*" : start + ":*";
    }

    private String groups(long shown, int count) {
        StringJoiner text = new StringJoiner(":");
        for (int i = 0; i < count; i++) {
            int shift = 40 - 8 * i;
            boolean any = (shown >>> shift & 0xff) == 0;
            text.add(any ? "*" : String.format(Locale.ROOT, "%02x", bits >>> shift & 0xff));
        }
        return text.toString();
    }
}
