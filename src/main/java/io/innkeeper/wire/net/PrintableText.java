package io.innkeeper.wire.net;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names come off the network as arbitrary octets. Here they become text that can be shown, logged and stored: UTF-8 where
 * it is UTF-8, {@code \xNN} for what is not and for what acts instead of being seen.
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

    /**
     * What acts instead of being seen (control and format characters, separators of lines and paragraphs, half surrogate
     * pairs) as {@code \xNN}, or a longer form with four or eight digits; the rest as it is.
     */
    public static String escape(CharSequence text) {
        return escape(text, Character.MAX_CODE_POINT);
    }

    private static String escape(CharSequence text, int lastPlain) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c > lastPlain || acts(c)) {
                shown.append((c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean acts(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
