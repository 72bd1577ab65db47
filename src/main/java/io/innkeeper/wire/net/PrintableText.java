package io.innkeeper.wire.net;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names come off the network as arbitrary octets. Here they become text that can be shown, logged and stored: UTF-8 where
 * it is UTF-8, {@code \xNN} for what is not and for control characters.
 */
public final class PrintableText {
    private PrintableText() {}

    /** The octets {@code from} (inclusive) to {@code to} (exclusive) as text. */
    public static String of(byte[] octets, int from, int to) {
        boolean plain = true;
        for (int i = from; i < to && plain; i++) {
            plain = octets[i] >= 0x20 && octets[i] != 0x7f;
        }
        if (plain) {
            return new String(octets, from, to - from, StandardCharsets.US_ASCII);
        }
        try {
            CharSequence decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from));
            return escape(decoded);
        } catch (CharacterCodingException notUtf8) {
            return escape(new String(octets, from, to - from, StandardCharsets.ISO_8859_1), 0x7e);
        }
    }

    /** Control characters of a text as {@code \xNN}; the rest as it is. */
    public static String escape(CharSequence text) {
        return escape(text, Character.MAX_VALUE);
    }

    private static String escape(CharSequence text, int lastPlain) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            if (control || c > lastPlain) {
                shown.append(c < 256 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
