package io.innkeeper.wire.dnsmasq;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Octets as dnsmasq's configuration writes them: groups of hex digits with {@code :}, {@code -} or a blank between. A
 * group of more than two digits is several octets; {@code *} is an octet that may be anything.
 *
 * @param octets the octets, each 0 to 255, or {@link #ANY}
 */
record HexGroups(List<Integer> octets) {
    /** Stands for an octet that may be anything. */
    static final int ANY = -1;

    /** Reads the groups; empty where something is not hex, or there are none or more than {@code max}. */
    static Optional<HexGroups> parse(String text, int max) {
        List<Integer> octets = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = groupEnd(text, from);
            if (!group(text.substring(from, to), octets) || octets.size() > max) {
                return Optional.empty();
            }
            from = to + 1;
        }
        return octets.isEmpty() ? Optional.empty() : Optional.of(new HexGroups(List.copyOf(octets)));
    }

    private static int groupEnd(String text, int from) {
        int to = from;
        while (to < text.length() && ":- ".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return to;
    }

    private static boolean group(String group, List<Integer> octets) {
        if (group.equals("*")) {
            octets.add(ANY);
            return true;
        }
        if (!group.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        for (int i = 0; i < group.length(); i += 2) {
            octets.add(Integer.parseInt(group.substring(i, Math.min(i + 2, group.length())), 16));
        }
        return true;
    }

    /** The octets as bytes; empty where one may be anything. */
    Optional<byte[]> exact() {
        byte[] bytes = new byte[octets.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (octets.get(i) == ANY) {
                return Optional.empty();
            }
            bytes[i] = octets.get(i).byteValue();
        }
        return Optional.of(bytes);
    }
}
