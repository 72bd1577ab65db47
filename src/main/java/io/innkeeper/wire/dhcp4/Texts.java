package io.innkeeper.wire.dhcp4;

import java.util.ArrayList;
import java.util.List;

/** Takes the texts of option values apart. */
final class Texts {
    private Texts() {}

    /** What stands between commas, without the blanks around it; nothing for what is empty. */
    static List<String> atCommas(List<String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }

    /** What stands between blanks and commas, without the word {@code via}. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[\\s,]+", -1)) {
            if (!word.isEmpty() && !word.equals("via")) {
                words.add(word);
            }
        }
        return words;
    }

    /** Two words a value, however they are spread over texts: {@code a via b}, {@code a b}, {@code a,b} or {@code a} and {@code b}. */
    static List<String> inPairs(List<String> texts) {
        List<String> words = new ArrayList<>();
        texts.forEach(text -> words.addAll(words(text)));
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            pairs.add(String.join(" ", words.subList(i, Math.min(i + 2, words.size()))));
        }
        return pairs;
    }

    static byte[] join(List<byte[]> parts) {
        byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
