package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.PrintableText;
import org.jspecify.annotations.Nullable;

/** Domain names in the form of DNS (RFC 1035 §3.1), read with compression (RFC 3397 §2), written without. */
final class DomainNames {
    private static final int MAX_NAME = 255;
    private static final int MAX_LABEL = 63;

    /** More pointers than any writer needs for one name. */
    private static final int MAX_POINTERS = 16;

    private DomainNames() {}

    /** A name of ASCII labels, a dot at its end or none; null for anything else. */
    static byte @Nullable [] encode(String name) {
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (relative.isEmpty() || relative.length() > MAX_NAME - 2) {
            return null;
        }
        byte[] encoded = new byte[relative.length() + 2];
        int length = 0;
        for (int i = relative.length() - 1; i >= 0; i--) {
            char c = relative.charAt(i);
            if (c == '.') {
                if (length == 0) {
                    return null;
                }
                encoded[i + 1] = (byte) length;
                length = 0;
            } else if (c <= ' ' || c >= 0x7f || c == '\\' || ++length > MAX_LABEL) {
                return null;
            } else {
                encoded[i + 1] = (byte) c;
            }
        }
        encoded[0] = (byte) length;
        return length == 0 ? null : encoded;
    }

    /** How many octets the name takes where it stands, its pointer included; -1 where it is cut off. */
    static int length(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length) {
            int label = bytes[at] & 0xff;
            if (label >= 0xc0) {
                return at + 2 <= bytes.length ? at + 2 - from : -1;
            }
            if (label > MAX_LABEL) {
                return -1;
            }
            at += 1 + label;
            if (label == 0) {
                return at - from;
            }
        }
        return -1;
    }

    /** The name as text that can be shown, without a dot at its end; null where it is none. Pointers lead back only. */
    static @Nullable String decode(byte[] bytes, int from) {
        StringBuilder name = new StringBuilder();
        int at = from;
        int octets = 1;
        int pointers = 0;
        while (at < bytes.length) {
            int label = bytes[at] & 0xff;
            if (label == 0) {
                return name.isEmpty() ? "." : name.toString();
            }
            if (label >= 0xc0) {
                int target = at + 1 < bytes.length ? (label & 0x3f) << 8 | (bytes[at + 1] & 0xff) : at;
                if (target >= at || ++pointers > MAX_POINTERS) {
                    return null;
                }
                at = target;
                continue;
            }
            octets += 1 + label;
            if (label > MAX_LABEL || octets > MAX_NAME || at + 1 + label > bytes.length) {
                return null;
            }
            name.append(name.isEmpty() ? "" : ".").append(label(bytes, at + 1, label));
            at += 1 + label;
        }
        return null;
    }

    private static String label(byte[] bytes, int from, int length) {
        return PrintableText.of(bytes, from, from + length)
                .replace("\\", "\\\\")
                .replace(".", "\\.");
    }
}
