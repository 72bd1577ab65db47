package io.innkeeper.dns.block;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which names a rule fits that does not stand at one name. */
public sealed interface NamePattern {
    /** Longer ones are turned down. */
    int MAX_LENGTH = 512;

    /** A regular expression that fits somewhere in the name; the name has small letters. */
    record Regex(Pattern pattern) implements NamePattern {
        /** All counts of repetitions multiplied; what repeats more often could take long without ever looking at the name. */
        private static final long MAX_REPEATS = 10_000;

        /** Compiles an expression; empty where it is none, or too large. */
        static Optional<NamePattern> parse(String text) {
            if (text.isEmpty() || text.length() > MAX_LENGTH || repeats(text) > MAX_REPEATS) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Regex(Pattern.compile(text, Pattern.CASE_INSENSITIVE)));
            } catch (PatternSyntaxException | StackOverflowError e) {
                return Optional.empty();
            }
        }

        private static long repeats(String text) {
            long product = 1;
            for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
                product = Math.min(MAX_REPEATS + 1, product * Math.max(1, largest(text, i + 1)));
            }
            return product;
        }

        /** The larger of the numbers {@code n,m} that stand here. */
        private static long largest(String text, int from) {
            long largest = 0;
            long number = 0;
            for (int i = from; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    number = Math.min(MAX_REPEATS + 1, number * 10 + (c - '0'));
                    largest = Math.max(largest, number);
                } else if (c == ',') {
                    number = 0;
                } else {
                    break;
                }
            }
            return largest;
        }
    }

    /**
     * A text with {@code *} for any octets, which fits the whole name.
     *
     * @param text small letters
     * @param labelStart whether it may also begin behind any dot
     */
    record Glob(String text, boolean labelStart) implements NamePattern {
        boolean fits(CharSequence name) {
            if (fits(name, 0)) {
                return true;
            }
            for (int i = 0; labelStart && i < name.length(); i++) {
                if (name.charAt(i) == '.' && fits(name, i + 1)) {
                    return true;
                }
            }
            return false;
        }

        /** Goes back to the last star only: no more steps than the lengths multiplied. */
        private boolean fits(CharSequence name, int from) {
            int at = from;
            int in = 0;
            int star = -1;
            int starAt = 0;
            while (at < name.length()) {
                if (in < text.length() && text.charAt(in) == '*') {
                    star = in++;
                    starAt = at;
                } else if (in < text.length() && text.charAt(in) == name.charAt(at)) {
                    in++;
                    at++;
                } else if (star >= 0) {
                    in = star + 1;
                    at = ++starAt;
                } else {
                    return false;
                }
            }
            while (in < text.length() && text.charAt(in) == '*') {
                in++;
            }
            return in == text.length();
        }
    }
}
