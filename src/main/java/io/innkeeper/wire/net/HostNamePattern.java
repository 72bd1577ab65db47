package io.innkeeper.wire.net;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How host names are made of what is known of a system: text with placeholders in braces, such as {@code {vendor}-{mac:last3}}.
 * What comes out is always a name ({@link HostNames#isName}), and for one system in one state always the same. Immutable.
 *
 * <p>{@code {prefix}}: a word of the configuration. {@code {mac}}, {@code {mac:last1}} to {@code {mac:last8}}: the hardware
 * address or its last octets in hex. {@code {vendor}}, {@code {type}}: who made it and what it is, the prefix where that is not
 * known. {@code {ip}}, {@code {ip:last}}: its address, or the last octet (IPv6: the last group). {@code {subnet}}: the octets of
 * the network that the address is in.
 */
public final class HostNamePattern {
    /** Characters of a pattern at most. */
    public static final int MAX_LENGTH = 120;

    /** Characters of a prefix at most. */
    public static final int MAX_PREFIX = 30;

    /** The longest end of a hardware address that a placeholder names. */
    private static final int MAX_LAST = 8;

    /** Words a vendor's name has at most: what follows is most often its legal form. */
    private static final int VENDOR_WORDS = 2;

    private static final Set<String> LEGAL_FORMS = Set.of(
            "inc",
            "ltd",
            "co",
            "corp",
            "corporation",
            "corporate",
            "company",
            "gmbh",
            "ag",
            "kg",
            "bv",
            "nv",
            "ab",
            "as",
            "oy",
            "sa",
            "srl",
            "spa",
            "llc",
            "plc",
            "limited",
            "technologies",
            "technology",
            "electronics",
            "electronic",
            "international",
            "trading",
            "systems",
            "group",
            "communications",
            "communication",
            "networks",
            "mobile");

    /**
     * What is known of a system.
     *
     * @param vendor who made it, in whatever words; null where that is not known
     * @param type what it is; null where that is not known
     * @param address where it is; null where that is not known
     * @param subnet the network that the address is in; null where that is not known: then a /24, or a /64
     */
    public record Traits(
            MacAddress mac,
            @Nullable String vendor,
            @Nullable String type,
            @Nullable IpAddress address,
            @Nullable Prefix subnet) {}

    /** Kinds of parts. */
    private enum Kind {
        TEXT,
        PREFIX,
        MAC,
        VENDOR,
        TYPE,
        IP,
        IP_LAST,
        SUBNET
    }

    /**
     * A part of a pattern.
     *
     * @param text of {@link Kind#TEXT}
     * @param octets of {@link Kind#MAC}: how many of the last, 0 for all
     */
    private record Part(Kind kind, String text, int octets) {
        Part(Kind kind) {
            this(kind, "", 0);
        }
    }

    private static final Set<Kind> OF_ADDRESS = Set.of(Kind.IP, Kind.IP_LAST, Kind.SUBNET);

    private final String text;
    private final String prefix;
    private final List<Part> parts;

    private HostNamePattern(String text, String prefix, List<Part> parts) {
        this.text = text;
        this.prefix = prefix;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a pattern.
     *
     * @param prefix what {@code {prefix}} stands for
     * @throws IllegalArgumentException if it is none, with the reason
     */
    public static HostNamePattern of(String pattern, String prefix) {
        if (pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
        }
        List<Part> parts = parts(pattern);
        boolean differs = parts.stream()
                .anyMatch(part -> part.kind() == Kind.MAC || part.kind() == Kind.IP || part.kind() == Kind.IP_LAST);
        if (!differs) {
            throw new IllegalArgumentException(
                    "every system would have the same name; one of {mac}, {mac:last3}, {ip}, {ip:last}"
                            + " must be in it");
        }
        return new HostNamePattern(pattern, checkPrefix(prefix), parts);
    }

    /**
     * Checks what {@code {prefix}} is to stand for.
     *
     * @return the same
     * @throws IllegalArgumentException if it cannot be part of a label, with the reason
     */
    public static String checkPrefix(String prefix) {
        String label = HostNames.label(checked(prefix));
        if (label.isEmpty() || label.length() > MAX_PREFIX || prefix.length() > MAX_PREFIX) {
            throw new IllegalArgumentException(
                    "must have 1 to " + MAX_PREFIX + " letters, digits and hyphens, not '" + prefix + "'");
        }
        return prefix;
    }

    private static List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            int open = pattern.indexOf('{', at);
            String literal = checked(pattern.substring(at, open < 0 ? pattern.length() : open));
            if (!literal.isEmpty()) {
                parts.add(new Part(Kind.TEXT, literal, 0));
            }
            if (open < 0) {
                return parts;
            }
            int close = pattern.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("the brace at character " + (open + 1) + " is never closed");
            }
            parts.add(placeholder(pattern.substring(open + 1, close)));
            at = close + 1;
        }
        return parts;
    }

    private static String checked(String literal) {
        literal.codePoints()
                .filter(character -> character != '-' && !Character.isLetterOrDigit(character))
                .findFirst()
                .ifPresent(character -> {
                    throw new IllegalArgumentException("'" + Character.toString(character)
                            + "' cannot stand in a host name: letters, digits and hyphens can");
                });
        return literal;
    }

    private static Part placeholder(String name) {
        return switch (name) {
            case "prefix" -> new Part(Kind.PREFIX);
            case "mac" -> new Part(Kind.MAC);
            case "vendor" -> new Part(Kind.VENDOR);
            case "type" -> new Part(Kind.TYPE);
            case "ip" -> new Part(Kind.IP);
            case "ip:last" -> new Part(Kind.IP_LAST);
            case "subnet" -> new Part(Kind.SUBNET);
            default -> {
                if (name.matches("mac:last[1-" + MAX_LAST + "]")) {
                    yield new Part(Kind.MAC, "", name.charAt(name.length() - 1) - '0');
                }
                throw new IllegalArgumentException(
                        "{" + name + "} is unknown; there are {prefix}, {mac}, {mac:last1} to {mac:last" + MAX_LAST
                                + "}, {vendor}, {type}, {ip}, {ip:last}, {subnet}");
            }
        };
    }

    /** True where a name needs an address that is not known. */
    public boolean lacks(Traits traits) {
        return traits.address() == null && parts.stream().anyMatch(part -> OF_ADDRESS.contains(part.kind()));
    }

    /** True where the name of a system says where it is. */
    public boolean usesAddress() {
        return parts.stream().anyMatch(part -> OF_ADDRESS.contains(part.kind()));
    }

    /** The name of a system that nobody else has a claim to; the fallback where the pattern needs what is not known. */
    public String name(Traits traits) {
        return candidates(traits).next();
    }

    /**
     * The names that a system may have, the one to be taken first first; without end, each another one. After the pattern come
     * names with more and more of the hardware address, then the prefix with all of it, and at last numbers behind that.
     */
    public Iterator<String> candidates(Traits traits) {
        Set<String> first = new LinkedHashSet<>();
        if (!lacks(traits)) {
            int octets = parts.stream()
                    .mapToInt(part -> length(part, traits.mac()))
                    .max()
                    .orElse(0);
            first.add(render(traits, 0));
            for (int more = octets + 1; more <= traits.mac().length(); more++) {
                first.add(render(traits, more));
            }
        }
        String whole = named(HostNames.with(prefix, hex(traits.mac(), 0)));
        first.add(whole);
        return new Candidates(first, whole);
    }

    /** The names that differ by the hardware address, then the last of them with numbers. */
    private static final class Candidates implements Iterator<String> {
        private final Iterator<String> first;
        private final Set<String> told;
        private final String whole;
        private int number = 2;

        Candidates(Set<String> first, String whole) {
            this.first = List.copyOf(first).iterator();
            this.told = first;
            this.whole = whole;
        }

        @Override
        public boolean hasNext() {
            return number < Integer.MAX_VALUE;
        }

        @Override
        public String next() {
            if (first.hasNext()) {
                return first.next();
            }
            while (hasNext()) {
                String next = HostNames.numbered(whole, number++);
                if (!told.contains(next)) {
                    return next;
                }
            }
            throw new NoSuchElementException();
        }
    }

    private static int length(Part part, MacAddress mac) {
        return part.kind() != Kind.MAC ? 0 : part.octets() == 0 ? mac.length() : part.octets();
    }

    /** @param octets of the hardware address at least; behind the rest where the pattern has none of it */
    private String render(Traits traits, int octets) {
        StringBuilder rendered = new StringBuilder();
        boolean hasMac = false;
        for (Part part : parts) {
            hasMac |= part.kind() == Kind.MAC;
            rendered.append(render(part, traits, octets));
        }
        return named(
                octets > 0 && !hasMac
                        ? HostNames.with(rendered.toString(), hex(traits.mac(), octets))
                        : HostNames.label(rendered.toString()));
    }

    /** A number alone and what is everybody's name get the prefix before them. */
    private String named(String label) {
        if (HostNames.isName(label)) {
            return label;
        }
        String longer = HostNames.label(prefix + "-" + label);
        return HostNames.isName(longer) ? longer : "host-" + label;
    }

    private String render(Part part, Traits traits, int octets) {
        return switch (part.kind()) {
            case TEXT -> part.text();
            case PREFIX -> prefix;
            case MAC -> hex(traits.mac(), part.octets() == 0 ? 0 : Math.max(part.octets(), octets));
            case VENDOR -> orPrefix(traits.vendor());
            case TYPE -> orPrefix(traits.type());
            case IP ->
                traits.address() == null ? "" : traits.address().toString().replaceAll("[.:]+", "-");
            case IP_LAST -> traits.address() == null ? "" : last(traits.address());
            case SUBNET -> traits.address() == null ? "" : subnet(traits.address(), traits.subnet());
        };
    }

    /** The last octets, all for 0 or where there are fewer. */
    private static String hex(MacAddress mac, int octets) {
        int length = mac.length();
        int count = octets == 0 ? length : Math.min(octets, length);
        return HexFormat.of().formatHex(mac.octets(), length - count, length);
    }

    private String orPrefix(@Nullable String words) {
        String label = words == null ? "" : shortened(words);
        return label.isEmpty() ? prefix : label;
    }

    /** The first words of what is said, without the legal form of a company. */
    private static String shortened(String words) {
        List<String> all = List.of(words.toLowerCase(Locale.ROOT).split("[\\s,.;()/&_]+"));
        String label = all.stream()
                .filter(word -> !word.isEmpty())
                .takeWhile(word -> !LEGAL_FORMS.contains(word))
                .limit(VENDOR_WORDS)
                .collect(Collectors.joining("-"));
        return HostNames.cut(HostNames.label(label), MAX_PREFIX);
    }

    private static String last(IpAddress address) {
        return address.v6() ? Long.toHexString(address.low() & 0xffff) : String.valueOf(address.low() & 0xff);
    }

    /** As many octets (IPv6: groups) as the length of the network reaches into. */
    private static String subnet(IpAddress address, @Nullable Prefix known) {
        boolean fits = known != null && known.contains(address) && known.length() > 0;
        Prefix subnet = fits && known != null ? known : new Prefix(address, address.v6() ? 64 : 24);
        byte[] octets = subnet.network().octets();
        int step = address.v6() ? 2 : 1;
        int count = Math.ceilDiv(subnet.length(), 8 * step);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int value = octets[i * step] & 0xff;
            groups.add(
                    step == 1 ? String.valueOf(value) : Integer.toHexString(value << 8 | (octets[i * 2 + 1] & 0xff)));
        }
        return String.join("-", groups);
    }

    /** What {@code {prefix}} stands for, as it was written. */
    public String prefix() {
        return prefix;
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
