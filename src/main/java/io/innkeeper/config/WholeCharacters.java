package io.innkeeper.config;

import java.io.Reader;

/**
 * A text that is never handed out with a character cut in two. The YAML parser of Jackson 3.2 (snakeyaml-engine's
 * {@code StreamReader}) reads as much as its buffer holds, and one more where that ends within a character: behind its buffer.
 */
final class WholeCharacters extends Reader {
    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] into, int from, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, text.length() - at);
        if (count <= 0) {
            return -1;
        }
        if (count > 1 && Character.isHighSurrogate(text.charAt(at + count - 1))) {
            count--;
        }
        text.getChars(at, at + count, into, from);
        at += count;
        return count;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
