package io.innkeeper.wire.dns;

import io.innkeeper.wire.dns.Rdata.Svcb.Parameter;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Parameters of SVCB and HTTPS records as zone files show them (RFC 9460 §2.1, §7). */
final class SvcbText {
    private SvcbText() {}

    /** Appends one; a value that is not what its key says is shown as that of an unknown key. */
    static void append(StringBuilder text, Parameter parameter) {
        Octets value = parameter.value();
        String known = known(parameter.key(), value);
        if (known != null) {
            text.append(SvcbKey.text(parameter.key()))
                    .append(known.isEmpty() ? "" : "=")
                    .append(known);
        } else {
            text.append("key").append(parameter.key());
            if (value.length() > 0) {
                PresentationText.quoted(text.append('='), value);
            }
        }
    }

    private static @Nullable String known(int key, Octets value) {
        return switch (key) {
            case SvcbKey.MANDATORY -> keys(value);
            case SvcbKey.ALPN -> protocols(value);
            case SvcbKey.NO_DEFAULT_ALPN, SvcbKey.OHTTP -> value.length() == 0 ? "" : null;
            case SvcbKey.PORT -> value.length() == 2 ? Integer.toString(u16(value, 0)) : null;
            case SvcbKey.IPV4HINT -> addresses(value, 4);
            case SvcbKey.IPV6HINT -> addresses(value, 16);
            case SvcbKey.ECH -> value.length() > 0 ? Base64.getEncoder().encodeToString(value.toArray()) : null;
            case SvcbKey.DOHPATH -> value.length() > 0 ? quoted(value) : null;
            default -> null;
        };
    }

    private static int u16(Octets value, int at) {
        return value.at(at) << 8 | value.at(at + 1);
    }

    private static @Nullable String keys(Octets value) {
        if (value.length() == 0 || value.length() % 2 != 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < value.length(); at += 2) {
            text.append(at == 0 ? "" : ",").append(SvcbKey.text(u16(value, at)));
        }
        return text.toString();
    }

    private static @Nullable String addresses(Octets value, int size) {
        if (value.length() == 0 || value.length() % size != 0) {
            return null;
        }
        byte[] octets = value.toArray();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < octets.length; at += size) {
            text.append(at == 0 ? "" : ",").append(IpAddress.of(Arrays.copyOfRange(octets, at, at + size)));
        }
        return text.toString();
    }

    /** Names of protocols; null where one of them would need escapes of its own. */
    private static @Nullable String protocols(Octets value) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int length = value.at(at);
            if (length == 0 || at + 1 + length > value.length()) {
                return null;
            }
            text.append(at == 0 ? "" : ",");
            for (int i = at + 1; i <= at + length; i++) {
                int octet = value.at(i);
                if (octet <= ' ' || octet >= 0x7f || "\",;()\\".indexOf(octet) >= 0) {
                    return null;
                }
                text.append((char) octet);
            }
            at += 1 + length;
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static String quoted(Octets value) {
        StringBuilder text = new StringBuilder();
        PresentationText.quoted(text, value);
        return text.toString();
    }
}
