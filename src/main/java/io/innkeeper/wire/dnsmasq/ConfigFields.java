package io.innkeeper.wire.dnsmasq;

import io.innkeeper.wire.net.PrintableText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The comma-separated fields of a value, and the marks that keep quoted characters from being taken for syntax. dnsmasq
 * does the same by hiding quoted characters behind control codes.
 */
final class ConfigFields {
    private static final char QUOTED = 0xe000;

    private ConfigFields() {}

    /** An octet that stood in quotes. */
    static char quoted(int octet) {
        return (char) (QUOTED | (octet & 0xff));
    }

    /** The fields, blanks around each removed. A text without comma is one field. */
    static List<String> split(String value) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            fields.add(trim(value, from, to));
            from = to + 1;
        }
        return fields;
    }

    private static String trim(String value, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && value.charAt(start) == ' ') {
            start++;
        }
        while (end > start && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(start, end);
    }

    /** The octets, quoted or not. */
    static byte[] octets(String field) {
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            plain.append((char) (field.charAt(i) & 0xff));
        }
        return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The field as printable text without the marks. */
    static String printable(String field) {
        byte[] octets = octets(field);
        return PrintableText.of(octets, 0, octets.length);
    }

    /** True where every character is an unquoted decimal digit and there is one. */
    static boolean digits(String field) {
        return !field.isEmpty() && field.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
