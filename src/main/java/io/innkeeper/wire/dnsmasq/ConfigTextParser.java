package io.innkeeper.wire.dnsmasq;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one file into a {@link ConfigText}; used once, by one thread. */
final class ConfigTextParser {
    private final String file;
    private final byte[] octets;
    private final Predicate<String> wanted;
    private final @Nullable String onlyKey;
    private final List<ConfigLine> lines = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final StringBuilder clean = new StringBuilder();

    ConfigTextParser(String file, byte[] octets, Predicate<String> wanted, @Nullable String onlyKey) {
        this.file = file;
        this.octets = octets;
        this.wanted = wanted;
        this.onlyKey = onlyKey;
    }

    ConfigText parse() {
        TextLines.each(octets, this::line);
        return new ConfigText(lines, problems);
    }

    private void line(int number, int from, int to) {
        boolean tooLong = to - from > ConfigText.MAX_LINE_OCTETS;
        boolean closed = strip(from, tooLong ? from + ConfigText.MAX_LINE_OCTETS : to);
        if (clean.isEmpty()) {
            return;
        }
        int equals = onlyKey == null ? clean.indexOf("=") : -1;
        String key = onlyKey != null ? onlyKey : clean.substring(0, keyEnd(equals));
        if (!wanted.test(key)) {
            return;
        }
        String shown = TextLines.shown(octets, from, to);
        if (tooLong || !closed) {
            problem(number, shown, tooLong ? "the line is too long" : "a closing \" is missing");
        } else if (lines.size() >= ConfigText.MAX_LINES) {
            problem(number, shown, "more than " + ConfigText.MAX_LINES + " directives in one file");
        } else {
            lines.add(new ConfigLine(number, key, value(equals), shown));
        }
    }

    private int keyEnd(int equals) {
        int end = equals < 0 ? clean.length() : equals;
        while (end > 0 && clean.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private @Nullable String value(int equals) {
        if (onlyKey != null) {
            return clean.toString();
        }
        if (equals < 0) {
            return null;
        }
        int start = equals + 1;
        while (start < clean.length() && clean.charAt(start) == ' ') {
            start++;
        }
        return clean.substring(start);
    }

    private void problem(int number, String shown, String reason) {
        if (problems.size() < ConfigText.MAX_PROBLEMS) {
            problems.add(new ConfigProblem(file, number, shown, reason));
        }
    }

    /** Fills {@link #clean} with the line without comment, quotes and outer blanks; false where a quote is left open. */
    private boolean strip(int from, int to) {
        clean.setLength(0);
        boolean afterBlank = true;
        int i = from;
        while (i < to && octets[i] != 0) {
            int octet = octets[i] & 0xff;
            if (octet == '#' && afterBlank) {
                break;
            }
            if (octet == '"') {
                i = quoted(i + 1, to);
                if (i < 0) {
                    return false;
                }
                afterBlank = false;
                continue;
            }
            afterBlank = TextLines.isSpace(octet);
            if (!afterBlank || !clean.isEmpty()) {
                clean.append(afterBlank ? ' ' : (char) octet);
            }
            i++;
        }
        while (!clean.isEmpty() && clean.charAt(clean.length() - 1) == ' ') {
            clean.setLength(clean.length() - 1);
        }
        return true;
    }

    /** Takes what stands in quotes; where the text goes on after them, or -1 where they do not close. */
    private int quoted(int from, int to) {
        int i = from;
        while (i < to && octets[i] != 0 && octets[i] != '"') {
            int escaped = octets[i] == '\\' && i + 1 < to ? escape(octets[i + 1]) : -1;
            clean.append(ConfigFields.quoted(escaped >= 0 ? escaped : octets[i]));
            i += escaped >= 0 ? 2 : 1;
        }
        return i < to && octets[i] == '"' ? i + 1 : -1;
    }

    /** What an escaped character stands for, or -1 where the backslash is just a backslash. */
    private static int escape(int octet) {
        return switch (octet) {
            case '"', '\\' -> octet;
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'e' -> 0x1b;
            default -> -1;
        };
    }
}
