package io.innkeeper.scenario;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Octets;
import io.innkeeper.wire.net.Prefix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A line: words, some of them {@code key=value}; quotes keep blanks together. */
final class Words {
    final String where;
    final List<String> words;

    private Words(String where, List<String> words) {
        this.where = where;
        this.words = words;
    }

    /** The words of a line without its comment. */
    static Words of(String where, String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '#' && !quoted) {
                break;
            } else if (c == '"') {
                quoted = !quoted;
                word.append(c);
            } else if (c == ' ' && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return new Words(where, words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    String at(int place) {
        if (place >= words.size()) {
            throw new IllegalArgumentException(where + ": a word is missing");
        }
        return words.get(place);
    }

    boolean has(String word) {
        return words.contains(word);
    }

    /** The values of a key, in order. */
    List<String> all(String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .toList();
    }

    @Nullable
    String get(String key) {
        List<String> all = all(key);
        return all.isEmpty() ? null : all.getFirst();
    }

    String get(String key, String otherwise) {
        String value = get(key);
        return value == null ? otherwise : value;
    }

    /** The same with its words changed. */
    Words map(UnaryOperator<String> change) {
        return new Words(where, words.stream().map(change).toList());
    }

    /** An address as 32 bits. */
    static int address(String text) {
        return (int) IpAddress.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no address: " + text))
                .low();
    }

    static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow(() -> new IllegalArgumentException("no prefix: " + text));
    }

    /** {@code 90s 5m 12h 7d infinite} in seconds. */
    static long seconds(String text) {
        if (text.equals("infinite")) {
            return 0xffff_ffffL;
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> number;
            case 'm' -> number * 60;
            case 'h' -> number * 3_600;
            case 'd' -> number * 86_400;
            default -> throw new IllegalArgumentException("no duration: " + text);
        };
    }

    /** {@code "text"}, {@code hex:0102}, {@code u8:1,2}, {@code u32:3600}, {@code empty}, or addresses with commas between. */
    static byte[] octets(String text) {
        if (text.startsWith("\"")) {
            return text.replace("\"", "").getBytes(StandardCharsets.UTF_8);
        }
        if (text.equals("empty")) {
            return new byte[0];
        }
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        return switch (kind) {
            case "hex" -> HexFormat.of().parseHex(rest);
            case "u8" -> numbers(rest, 1);
            case "u16" -> numbers(rest, 2);
            case "u32" -> numbers(rest, 4);
            default -> addresses(text);
        };
    }

    static Octets value(String text) {
        return Octets.of(octets(text));
    }

    private static byte[] numbers(String list, int size) {
        String[] parts = list.split(",");
        ByteBuffer octets = ByteBuffer.allocate(size * parts.length);
        for (String part : parts) {
            long number = Long.parseLong(part);
            for (int i = size - 1; i >= 0; i--) {
                octets.put((byte) (number >>> (8 * i)));
            }
        }
        return octets.array();
    }

    private static byte[] addresses(String list) {
        String[] parts = list.split(",");
        ByteBuffer octets = ByteBuffer.allocate(4 * parts.length);
        for (String part : parts) {
            octets.putInt(address(part));
        }
        return octets.array();
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
