package io.innkeeper.dns.block;

import java.util.ArrayList;
import java.util.List;

/** Values between separators, which may stand in quotes or behind a backslash. */
final class AdblockText {
    private AdblockText() {}

    /** The parts between the separators that are neither in quotes nor escaped. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (opensQuote(text, i)) {
                quote = c;
            } else if (c == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** A quote at the beginning of a value; others are letters of it, as in {@code Mary's}. */
    private static boolean opensQuote(String text, int at) {
        char c = text.charAt(at);
        return (c == '\'' || c == '"') && (at == 0 || "=|~,".indexOf(text.charAt(at - 1)) >= 0);
    }

    /** Without the quotes around it and the backslashes in it. */
    static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(text.length() - 1) == text.charAt(0);
        String inner = quoted ? text.substring(1, text.length() - 1) : text;
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder plain = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) == '\\' && i + 1 < inner.length()) {
                i++;
            }
            plain.append(inner.charAt(i));
        }
        return plain.toString();
    }
}
