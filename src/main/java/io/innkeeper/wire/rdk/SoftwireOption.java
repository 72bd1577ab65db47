package io.innkeeper.wire.rdk;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How IPv4 goes over IPv6, as DHCPv6 says it (RFC 7598): what is in option 95 (MAP-T) and option 94 (MAP-E). A plugin hands them on
 * as dibbler prints them, in hex, and cut where they are longer than their field: what cannot be read is then missing.
 *
 * @param border the border relay: its prefix for MAP-T (RFC 7598 §4.3), its address with 128 bits for MAP-E (§4.2); null where not
 *     told
 * @param rule the first rule; null where not told
 */
public record SoftwireOption(
        @Nullable Prefix border, @Nullable Rule rule) {
    private static final int RULE = 89;
    private static final int BORDER_RELAY = 90;
    private static final int DEFAULT_MAPPING = 91;
    private static final int PORT_PARAMETERS = 93;

    /** The first ports are left alone where nothing else is told (RFC 7598 §4.5, RFC 7597 §5.1). */
    private static final int USUAL_OFFSET = 6;

    private static final int PORT_BITS = 16;

    /**
     * A mapping rule (RFC 7598 §4.1).
     *
     * @param isForwarding whether it also counts for forwarding
     * @param eaLength bits of the embedded address, 0 to 48
     * @param v4 its IPv4 prefix
     * @param v6 its IPv6 prefix
     * @param ports which ports are ours; null where not told
     */
    public record Rule(
            boolean isForwarding,
            int eaLength,
            Prefix v4,
            Prefix v6,
            @Nullable Ports ports) {
        /** Bits of the number of the set of ports, 0 where the address is not shared. */
        public int psidLength() {
            int embedded = Math.clamp(eaLength - (32 - v4.length()), 0, PORT_BITS);
            return ports == null || ports.length == 0 ? embedded : ports.length;
        }

        /** Bits of a port before the number of the set. */
        public int psidOffset() {
            return ports == null ? USUAL_OFFSET : ports.offset;
        }

        /** The number of the set of ports: as told, otherwise from the delegated prefix, whose embedded address ends with it. */
        public int psid(@Nullable Prefix delegated) {
            if (ports != null && ports.length > 0) {
                return ports.psid;
            }
            int end = Math.min(v6.length() + eaLength, 128);
            return delegated == null || !delegated.network().v6()
                    ? 0
                    : bits(delegated.network().octets(), end - Math.min(psidLength(), end), end);
        }

        /** How many share the address. */
        public int ratio() {
            return 1 << psidLength();
        }

        private static int bits(byte[] octets, int from, int to) {
            int value = 0;
            for (int i = from; i < to; i++) {
                value = value << 1 | (octets[i / 8] >> (7 - i % 8) & 1);
            }
            return value;
        }
    }

    /**
     * Which ports are ours (RFC 7598 §4.5).
     *
     * @param offset bits before the number of the set
     * @param length bits of that number, 0 to 16
     * @param psid that number
     */
    public record Ports(int offset, int length, int psid) {}

    /** Reads what is inside of option 94 or 95; empty where nothing of it is known. */
    public static Optional<SoftwireOption> parse(String printed) {
        ByteBuffer in = ByteBuffer.wrap(octets(printed));
        Prefix border = null;
        Rule rule = null;
        while (in.remaining() >= 4) {
            int code = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (length > in.remaining()) {
                break;
            }
            ByteBuffer value = in.slice(in.position(), length);
            in.position(in.position() + length);
            switch (code) {
                case RULE -> rule = rule == null ? rule(value) : rule;
                case BORDER_RELAY -> border = border == null ? prefix(value, 128) : border;
                case DEFAULT_MAPPING -> border = border == null && value.hasRemaining() ? sized(value) : border;
                default -> {}
            }
        }
        return border == null && rule == null ? Optional.empty() : Optional.of(new SoftwireOption(border, rule));
    }

    /** Whatever stands between the digits; a half octet at the end was cut. */
    private static byte[] octets(String printed) {
        StringBuilder digits = new StringBuilder();
        printed.chars().filter(HexFormat::isHexDigit).forEach(digit -> digits.append((char) digit));
        digits.setLength(digits.length() & ~1);
        return HexFormat.of().parseHex(digits);
    }

    private static @Nullable Rule rule(ByteBuffer in) {
        if (in.remaining() < 8) {
            return null;
        }
        boolean forwarding = (in.get() & 1) != 0;
        int eaLength = in.get() & 0xff;
        int v4Length = in.get() & 0xff;
        byte[] v4 = new byte[4];
        in.get(v4);
        Prefix v6 = in.hasRemaining() ? sized(in) : null;
        if (v6 == null || v4Length > 32 || eaLength > 48) {
            return null;
        }
        return new Rule(forwarding, eaLength, new Prefix(IpAddress.of(v4), v4Length), v6, ports(in));
    }

    /** A length in bits, and as many octets of a prefix as that takes. */
    private static @Nullable Prefix sized(ByteBuffer in) {
        int length = in.get() & 0xff;
        return length > 128 ? null : prefix(in, length);
    }

    private static @Nullable Prefix prefix(ByteBuffer in, int length) {
        int octets = (length + 7) / 8;
        if (in.remaining() < octets) {
            return null;
        }
        byte[] all = new byte[16];
        in.get(all, 0, octets);
        IpAddress network = IpAddress.of(all);
        return network.v6() ? new Prefix(network, length) : null;
    }

    private static @Nullable Ports ports(ByteBuffer in) {
        // Some write more octets of the prefix than it has; no option has the code 0.
        while (in.remaining() >= 2 && in.getShort(in.position()) == 0) {
            in.get();
        }
        while (in.remaining() >= 4) {
            int code = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (code == PORT_PARAMETERS && length == 4 && in.remaining() >= 4) {
                int offset = in.get() & 0xff;
                int bits = in.get() & 0xff;
                int psid = in.getShort() & 0xffff;
                return offset > PORT_BITS || bits > PORT_BITS
                        ? null
                        : new Ports(offset, bits, psid >> (PORT_BITS - bits));
            }
            if (length > in.remaining()) {
                return null;
            }
            in.position(in.position() + length);
        }
        return null;
    }
}
