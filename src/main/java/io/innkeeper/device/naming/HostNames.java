package io.innkeeper.device.naming;

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
        String label = ascii(hyphened(dot < 0 ? first : first.substring(0, dot)));
        return isName(label) ? Optional.of(label) : Optional.empty();
    }

    /** IDNA knows four dots (RFC 3490 §3.1); the forms of Unicode have made one of them of the two others. */
    private static int indexOfDot(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.' || text.charAt(i) == '\u3002') {
                return i;
            }
        }
        return -1;
    }

    /** Letters and digits of all scripts, everything else one hyphen between them. */
    private static String hyphened(String text) {
        StringBuilder label = new StringBuilder(text.length());
        boolean gap = false;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isPartOfName(character)) {
                if (gap && !label.isEmpty()) {
                    label.append('-');
                }
                gap = false;
                label.appendCodePoint(character);
            } else if (character != '\'' && character != '\u2019') {
                gap = true;
            }
        }
        return label.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isPartOfName(int character) {
        return character < 0x80
                ? (character >= 'a' && character <= 'z')
                        || (character >= 'A' && character <= 'Z')
                        || (character >= '0' && character <= '9')
                : Character.isLetterOrDigit(character)
                        || Character.getType(character) == Character.NON_SPACING_MARK
                        || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    /** By IDNA; what that does not take, without the letters that it does not know, cut to a label. */
    private static String ascii(String label) {
        String converted = label;
        if (!isAscii(label)) {
            try {
                converted = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                converted = "";
            }
            if (converted.isEmpty() || converted.length() > MAX_LABEL || !isName(converted)) {
                converted = hyphened(label.replaceAll("[^\\x00-\\x7f]", " "));
            }
        }
        return cut(converted, MAX_LABEL);
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
        boolean letters = false;
        for (int i = 0; i < label.length(); i++) {
            char character = label.charAt(i);
            boolean letter = character >= 'a' && character <= 'z';
            boolean inside = i > 0 && i < label.length() - 1;
            if (!letter && !(character >= '0' && character <= '9') && !(character == '-' && inside)) {
                return false;
            }
            letters |= letter || character == '-';
        }
        return letters;
    }
}
