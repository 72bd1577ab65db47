package io.innkeeper.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.innkeeper.wire.net.Octets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Octets as users write them: {@code 0x0102}, {@code 01:02}, or a text, whose UTF-8 octets are meant.
 *
 * @param text as written
 * @param octets 1 to 255
 */
public record OctetText(String text, Octets octets) {
    /** What {@link #parse} takes, for schemas; a little wider. */
    static final String PATTERN = "^[^\\u0000]{1,767}$";

    private static final int MAX_OCTETS = 255;
    private static final Pattern PAIRS = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+");

    /** Reads one of the forms; empty for none, for more than 255 octets and for {@code 0x} with something else behind it. */
    public static Optional<OctetText> parse(String text) {
        if (text.length() > 3 * MAX_OCTETS || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return octets(text)
                .filter(octets -> octets.length > 0 && octets.length <= MAX_OCTETS)
                .map(octets -> new OctetText(text, Octets.of(octets)));
    }

    private static Optional<byte[]> octets(String text) {
        boolean prefixed = text.startsWith("0x");
        if (!prefixed && !PAIRS.matcher(text).matches()) {
            return Optional.of(text.getBytes(UTF_8));
        }
        String digits = prefixed ? text.substring(2) : text.replace(":", "");
        return digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(HexFormat.of().parseHex(digits))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
