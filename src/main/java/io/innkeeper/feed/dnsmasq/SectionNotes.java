package io.innkeeper.feed.dnsmasq;

import java.util.ArrayList;
import java.util.List;

/** Gathers what could not be translated, and what was guessed. */
final class SectionNotes {
    /** The most notes: more help nobody. */
    private static final int MAX = 1_000;

    private final List<String> notes = new ArrayList<>();

    /** @param where {@code file:line: text} */
    void add(String where, String reason) {
        add(where + " (" + reason + ")");
    }

    void add(String note) {
        String printable = note.replaceAll("\\p{Cntrl}", "?");
        if (notes.size() < MAX && !notes.contains(printable)) {
            notes.add(printable);
        }
    }

    List<String> all() {
        return notes;
    }
}
