package io.innkeeper.wire.dhcp4;

import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Option 81 (RFC 4702): the name of the client, and who tells DNS of it.
 *
 * @param flags see the constants; other bits are 0
 * @param name as text that can be shown, without a dot at its end; empty where the client gives none
 */
public record ClientFqdn(int flags, String name) {
    /** S: the server is to enter the address of the name. */
    public static final int SERVER_UPDATES = 1;

    /** O: the server did otherwise than the client wished. */
    public static final int OVERRIDDEN = 2;

    /** E: the name is in the form of DNS; without it, the deprecated ASCII. */
    public static final int DNS_FORM = 4;

    /** N: the server is to enter nothing. */
    public static final int NO_UPDATES = 8;

    /** Reads the option; empty where it is too short or its name is no name. */
    public static Optional<ClientFqdn> parse(byte[] option) {
        if (option.length < 3) {
            return Optional.empty();
        }
        int flags = option[0] & 0x0f;
        byte[] rest = Arrays.copyOfRange(option, 3, option.length);
        if ((flags & DNS_FORM) == 0 || rest.length == 0) {
            int end = rest.length;
            while (end > 0 && (rest[end - 1] == 0 || rest[end - 1] == '.')) {
                end--;
            }
            return Optional.of(new ClientFqdn(flags, PrintableText.of(rest, 0, end)));
        }
        // A partial name has no empty label at its end (RFC 4702 §2.3.1).
        String name = DomainNames.decode(Arrays.copyOf(rest, rest.length + 1), 0);
        return name == null ? Optional.empty() : Optional.of(new ClientFqdn(flags, name.equals(".") ? "" : name));
    }

    /** The option in the form that its flags name, the two deprecated codes 255 (RFC 4702 §2.2). A name that cannot stand there is left out. */
    public byte[] write() {
        byte[] encoded = (flags & DNS_FORM) == 0
                ? name.getBytes(StandardCharsets.US_ASCII)
                : Optional.ofNullable(DomainNames.encode(name)).orElse(new byte[0]);
        byte[] option = new byte[3 + encoded.length];
        option[0] = (byte) flags;
        option[1] = (byte) 255;
        option[2] = (byte) 255;
        System.arraycopy(encoded, 0, option, 3, encoded.length);
        return option;
    }
}
