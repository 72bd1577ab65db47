package io.innkeeper.wire.dns;

import io.innkeeper.wire.net.Octets;

/** Octets as zone files show them (RFC 1035 §5.1). */
final class PresentationText {
    private PresentationText() {}

    /** Appends {@code \DDD}. */
    static void decimal(StringBuilder text, int octet) {
        text.append('\\').append((char) ('0' + octet / 100));
        text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
    }

    /** Appends a character string in quotes. */
    static void quoted(StringBuilder text, Octets octets) {
        text.append('"');
        for (int i = 0; i < octets.length(); i++) {
            int octet = octets.at(i);
            if (octet < ' ' || octet >= 0x7f) {
                decimal(text, octet);
            } else {
                if (octet == '"' || octet == '\\') {
                    text.append('\\');
                }
                text.append((char) octet);
            }
        }
        text.append('"');
    }
}
