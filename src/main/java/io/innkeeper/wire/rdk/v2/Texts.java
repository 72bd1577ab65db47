package io.innkeeper.wire.rdk.v2;

import io.innkeeper.wire.net.PrintableText;
import java.util.List;

/** Texts of one report, made showable, and whether one of them is too long. */
final class Texts {
    /** Characters of a text. */
    static final int LONGEST = 1_024;

    private boolean tooLong;

    String of(String text) {
        if (text.length() > LONGEST) {
            tooLong = true;
            return "";
        }
        return PrintableText.escape(text);
    }

    /** One of a list; empty where the list is shorter. */
    String of(List<String> texts, int index) {
        return index < texts.size() ? of(texts.get(index)) : "";
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** Two texts as a list: without the empty ones at its end. */
    static List<String> list(String first, String second) {
        return !second.isEmpty() ? List.of(first, second) : !first.isEmpty() ? List.of(first) : List.of();
    }
}
