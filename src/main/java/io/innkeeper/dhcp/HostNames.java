package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Host names that clients send (options 12 and 81) and are sent. What a client says is a wish, never more than a label. */
final class HostNames {
    private static final int MAX_LABEL = 63;

    /** RFC 4702 §2.1: flags, two octets of result codes, then the name. */
    private static final int FQDN_HEADER = 3;

    private static final int FQDN_SERVER_UPDATES = 1;
    private static final int FQDN_OVERRIDDEN = 2;
    private static final int FQDN_ENCODED = 4;
    private static final int FQDN_NO_UPDATES = 8;

    private HostNames() {}

    /** The name that a client gives itself, made a valid label (RFC 1123 §2.1); null where nothing of it is left. */
    static @Nullable String of(Options options) {
        byte[] name = options.get(OptionCode.HOST_NAME);
        if (name != null) {
            return label(name, 0, name.length);
        }
        byte[] fqdn = options.get(OptionCode.CLIENT_FQDN);
        if (fqdn == null || fqdn.length <= FQDN_HEADER) {
            return null;
        }
        if ((fqdn[0] & FQDN_ENCODED) == 0) {
            return label(fqdn, FQDN_HEADER, fqdn.length);
        }
        int length = fqdn[FQDN_HEADER] & 0xff;
        int from = FQDN_HEADER + 1;
        return label(fqdn, from, Math.min(fqdn.length, from + length));
    }

    /** Letters, digits and hyphens up to the first dot or NUL; anything else becomes a hyphen; none at the ends. */
    private static @Nullable String label(byte[] octets, int from, int to) {
        StringBuilder label = new StringBuilder(Math.min(MAX_LABEL, Math.max(0, to - from)));
        for (int i = from; i < to && octets[i] != '.' && octets[i] != 0 && label.length() < MAX_LABEL; i++) {
            char c = (char) (octets[i] & 0xff);
            boolean valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (valid || !label.isEmpty()) {
                label.append(valid ? c : '-');
            }
        }
        while (!label.isEmpty() && label.charAt(label.length() - 1) == '-') {
            label.setLength(label.length() - 1);
        }
        return label.isEmpty() ? null : label.toString();
    }

    /**
     * Option 81 for a client that sent it (RFC 4702 §4): its name with us, and that we update no DNS for it.
     *
     * @param sent what the client sent
     * @param name host name and domain, with dots
     */
    static byte[] fqdn(byte[] sent, String name) {
        int asked = sent.length == 0 ? 0 : sent[0];
        boolean encoded = (asked & FQDN_ENCODED) != 0;
        int overridden = (asked & FQDN_SERVER_UPDATES) != 0 ? FQDN_OVERRIDDEN : 0;
        // Each character is an octet; the two result codes are 255 where the server follows RFC 4702.
        StringBuilder value = new StringBuilder(FQDN_HEADER + 2 + name.length());
        value.append((char) ((asked & FQDN_ENCODED) | overridden | FQDN_NO_UPDATES));
        value.append((char) 255).append((char) 255);
        if (!encoded) {
            value.append(name);
        } else {
            for (String label : name.split("\\.")) {
                int length = Math.min(label.length(), MAX_LABEL);
                value.append((char) length).append(label, 0, length);
            }
            value.append((char) 0);
        }
        return value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
