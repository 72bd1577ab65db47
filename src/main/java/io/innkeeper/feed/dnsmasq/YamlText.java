package io.innkeeper.feed.dnsmasq;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML: sections in block style, lists of texts in one line. */
final class YamlText {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final Pattern ADDRESSES = Pattern.compile("[0-9]+(\\.[0-9]+){3}(/[0-9]+|-[0-9]+(\\.[0-9]+){3})?");
    private static final Pattern TIME = Pattern.compile("[0-9]+[smhd]");
    private static final Set<String> RESERVED = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private YamlText() {}

    /** @param map texts, truths, lists of texts or of maps, maps */
    static String of(Map<String, ?> map) {
        StringBuilder out = new StringBuilder();
        section(out, map, "", "");
        return out.toString();
    }

    /** @param first stands before the first line, {@code indent} before the others */
    private static void section(StringBuilder out, Map<?, ?> map, String first, String indent) {
        String before = first;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(before).append(scalar(String.valueOf(entry.getKey()))).append(':');
            value(out, entry.getValue(), indent);
            before = indent;
        }
    }

    private static void value(StringBuilder out, Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('\n');
                section(out, map, indent + "  ", indent + "  ");
            }
            case List<?> list
            when !list.isEmpty() && list.getFirst() instanceof Map -> {
                out.append('\n');
                list.forEach(item -> section(out, (Map<?, ?>) item, indent + "  - ", indent + "    "));
            }
            case List<?> list ->
                out.append(list.stream()
                        .map(item -> scalar(String.valueOf(item)))
                        .collect(Collectors.joining(", ", " [", "]\n")));
            case Boolean truth -> out.append(' ').append(truth).append('\n');
            default -> out.append(' ').append(scalar(value.toString())).append('\n');
        }
    }

    /** In quotes unless it is a text for every reader of YAML without them. */
    private static String scalar(String text) {
        boolean word = WORD.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(java.util.Locale.ROOT));
        if (word || ADDRESSES.matcher(text).matches() || TIME.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
