package io.innkeeper.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The text of a configuration file.
 *
 * @param source what messages call it: the path as the user gave it
 * @param text all of it
 */
public record ConfigDocument(String source, String text) {
    /** Characters of the largest document that is read. */
    public static final int MAX_LENGTH = 1_000_000;

    private static final Pattern INI_LINE = Pattern.compile("\\[[A-Za-z0-9_.-]+]|[A-Za-z0-9_.-]+\\s*=.*");

    /** The forms a document may have. */
    public enum Syntax {
        YAML,
        JSON,
        INI
    }

    /** By the ending of the name ({@code .yaml .yml .json .ini .conf}); where that says nothing, by the first line. */
    public Syntax syntax() {
        String name = source.toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "yaml", "yml" -> Syntax.YAML;
            case "json" -> Syntax.JSON;
            case "ini", "conf" -> Syntax.INI;
            default -> sniff();
        };
    }

    private Syntax sniff() {
        String first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                .findFirst()
                .orElse("");
        if (first.startsWith("{")) {
            return Syntax.JSON;
        }
        return INI_LINE.matcher(first).matches() ? Syntax.INI : Syntax.YAML;
    }

    /** The tree of the document; where it cannot be read at all, an empty one and a problem. */
    ConfigNode.Mapping read(Problems problems) {
        Origin start = new Origin(source, 1);
        if (text.length() > MAX_LENGTH) {
            problems.unreadable(start, "is longer than " + MAX_LENGTH + " characters");
            return ConfigNode.Mapping.empty(start);
        }
        return switch (syntax()) {
            case YAML -> TokenReader.yaml(source, text, problems);
            case JSON -> TokenReader.json(source, text, problems);
            case INI -> new IniReader(source, problems).read(text);
        };
    }
}
