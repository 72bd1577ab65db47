package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Kind;
import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * INI into nodes. {@code [section]} (dots nest), {@code key = value} (dots nest), comments after {@code #} or {@code ;} at
 * the start of a line or after a space, values in single or double quotes where they hold such characters. A key that is
 * given again makes a list. A line that cannot be read is reported, and the rest is read.
 */
final class IniReader {
    private final String source;
    private final Problems problems;
    private final PathTree tree;
    private String section = "";

    IniReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.tree = new PathTree(new Origin(source, 1), problems);
    }

    /** The tree of all lines. */
    Mapping read(String text) {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && content.charAt(0) != '#' && content.charAt(0) != ';') {
                line(content, new Origin(source, number));
            }
        }
        return tree.build();
    }

    private void line(String content, Origin origin) {
        if (content.charAt(0) == '[') {
            section(content, origin);
            return;
        }
        int equals = content.indexOf('=');
        if (equals < 1) {
            problems.error("", origin, "is neither [section] nor key = value");
            return;
        }
        String key = content.substring(0, equals).strip();
        String path = section.isEmpty() ? key : section + "." + key;
        ConfigNode value = value(content.substring(equals + 1).strip(), origin, path);
        tree.add(path, value);
    }

    private void section(String content, Origin origin) {
        int end = content.indexOf(']');
        String name = end < 0 ? "" : content.substring(1, end).strip();
        String rest = end < 0 ? "" : content.substring(end + 1).strip();
        boolean comment = rest.isEmpty() || rest.charAt(0) == '#' || rest.charAt(0) == ';';
        if (name.isEmpty() || !comment) {
            problems.error("", origin, "is not a section: write [name]");
            return;
        }
        section = name;
        tree.section(name, origin);
    }

    private ConfigNode value(String text, Origin origin, String path) {
        if (text.isEmpty() || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
            return new Scalar(withoutComment(text), Kind.UNTYPED, origin);
        }
        List<ConfigNode> items = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            at = item(text, at, origin, path, items);
        }
        return items.size() == 1 ? items.getFirst() : new Sequence(items, origin);
    }

    /** Reads one item of a list whose first item has quotes; returns where the next begins. */
    private int item(String text, int at, Origin origin, String path, List<ConfigNode> items) {
        char quote = text.charAt(at);
        boolean quoted = quote == '"' || quote == '\'';
        int end = quoted ? text.indexOf(quote, at + 1) : text.indexOf(',', at);
        if (quoted && end < 0) {
            problems.error(path, origin, "has a quote that does not end");
            return text.length();
        }
        String content = quoted ? text.substring(at + 1, end) : text.substring(at, end < 0 ? text.length() : end);
        items.add(
                quoted
                        ? new Scalar(content, Kind.QUOTED, origin)
                        : new Scalar(withoutComment(content.strip()), Kind.UNTYPED, origin));
        String rest = quoted ? withoutComment(" " + text.substring(end + 1)) : end < 0 ? "" : text.substring(end);
        if (rest.isBlank()) {
            return text.length();
        }
        if (rest.strip().charAt(0) != ',') {
            problems.error(path, origin, "has text after the quotes; several values are separated by commas");
            return text.length();
        }
        int next = text.indexOf(',', end) + 1;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next;
    }

    private static String withoutComment(String text) {
        for (int i = 1; i < text.length(); i++) {
            boolean mark = text.charAt(i) == '#' || text.charAt(i) == ';';
            if (mark && Character.isWhitespace(text.charAt(i - 1))) {
                return text.substring(0, i).strip();
            }
        }
        return text.strip();
    }
}
