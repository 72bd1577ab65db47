package io.innkeeper.wire.net;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Host names as labels of the DNS: what people, clients and patterns say, and what may stand in a zone. */
public final class HostNames {
    /** Octets a label has at most (RFC 1035 §2.3.4). */
    public static final int MAX_LABEL = 63;

    /** More of a name is not looked at. */
    private static final int MAX_READ = 253;

    /** How a label begins that IDNA made (RFC 5890 §2.3.2.1). */
    private static final String IDNA = "xn--";

    /** What clients without a name say, and what must not be anybody's name. */
    private static final Set<String> NO_NAMES = Set.of(
            "localhost", "ip6-localhost", "ip6-loopback", "broadcasthost", "none", "null", "unknown", "undefined");

    private HostNames() {}

    /**
     * What is said as a label: its first label, in lower case, blanks and underscores as hyphens, apostrophes left out, letters
     * beyond ASCII by IDNA ({@code müller} is {@code xn--mller-kva}). Empty for what names nobody: nothing left, a number alone,
     * {@code localhost}.
     */
    public static Optional<String> clean(@Nullable String said) {
        if (said == null) {
            return Optional.empty();
        }
        String text = said.length() > MAX_READ ? said.substring(0, MAX_READ) : said;
        String first = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        int dot = indexOfDot(first);
        String label = label(dot < 0 ? first : first.substring(0, dot));
        return isName(label) ? Optional.of(label) : Optional.empty();
    }

    /** IDNA knows four dots (RFC 3490 §3.1); NFKC has made one of them of two others. */
    private static int indexOfDot(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.' || text.charAt(i) == '\u3002') {
                return i;
            }
        }
        return -1;
    }

    /** A text without dots as a label: by IDNA, else without the letters that are not ASCII; empty where nothing is left. */
    static String label(String text) {
        String label = hyphened(text);
        if (isAscii(label)) {
            return cut(label, MAX_LABEL);
        }
        try {
            String converted = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (isName(converted)) {
                return converted;
            }
        } catch (IllegalArgumentException e) {
            // Too long, or with characters that no name may have: what is ASCII of it is left.
        }
        return cut(hyphened(label.replaceAll("[^\\x00-\\x7f]", " ")), MAX_LABEL);
    }

    /** Letters, digits and hyphens in lower case; what else is between them is one hyphen, and there is none at the ends. */
    private static String hyphened(String text) {
        StringBuilder label = new StringBuilder(text.length());
        boolean gap = false;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isPartOfName(character)) {
                if (gap && !endsWithHyphen(label) && character != '-') {
                    label.append('-');
                }
                gap = false;
                label.appendCodePoint(character);
            } else if (character != '\'' && character != '\u2019') {
                gap = true;
            }
        }
        String joined = label.toString().toLowerCase(Locale.ROOT);
        int from = 0;
        while (from < joined.length() && joined.charAt(from) == '-') {
            from++;
        }
        return cut(joined.substring(from), joined.length());
    }

    private static boolean endsWithHyphen(StringBuilder label) {
        return label.isEmpty() || label.charAt(label.length() - 1) == '-';
    }

    private static boolean isPartOfName(int character) {
        if (character < 0x80) {
            return character == '-'
                    || (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
        }
        int type = Character.getType(character);
        return Character.isLetterOrDigit(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** The first characters of a label, not ending with a hyphen. */
    static String cut(String label, int length) {
        int end = Math.min(label.length(), length);
        while (end > 0 && label.charAt(end - 1) == '-') {
            end--;
        }
        return label.substring(0, end);
    }

    /** True for what may be a name: a label in lower case that is more than a number, and not everybody's. */
    public static boolean isName(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL || NO_NAMES.contains(label)) {
            return false;
        }
        boolean isNumber = true;
        for (int i = 0; i < label.length(); i++) {
            char character = label.charAt(i);
            boolean letter = character >= 'a' && character <= 'z';
            boolean inside = i > 0 && i < label.length() - 1;
            if (!letter && !(character >= '0' && character <= '9') && !(character == '-' && inside)) {
                return false;
            }
            isNumber &= !letter && character != '-';
        }
        return !isNumber;
    }

    /** The label with a number behind it, shortened where it would be too long. */
    public static String numbered(String label, int number) {
        return with(label.startsWith(IDNA) ? IDN.toUnicode(label) : label, String.valueOf(number));
    }

    /**
     * A text without dots and what is to stand behind it, with a hyphen between, as a label; the text is shortened where both are
     * too long together.
     *
     * @param tail letters and digits of ASCII, much fewer than 63
     */
    static String with(String text, String tail) {
        String label = label(text + "-" + tail);
        if (label.startsWith(IDNA) || label.endsWith("-" + tail)) {
            return label;
        }
        return cut(cut(label(text), MAX_LABEL - 1 - tail.length()) + "-" + tail, MAX_LABEL);
    }
}
