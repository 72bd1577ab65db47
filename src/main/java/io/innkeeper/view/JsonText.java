package io.innkeeper.view;

import io.innkeeper.wire.net.UtcText;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON piece by piece, as {@link Json} would, for what is told many thousand times a second. Whoever uses it sees to it that
 * names and values come in turn. For one thread.
 */
final class JsonText {
    private final StringBuilder text;

    /** @param room how long it will be, about */
    JsonText(int room) {
        text = new StringBuilder(room);
    }

    JsonText open() {
        text.append('{');
        return this;
    }

    JsonText close() {
        text.append('}');
        return this;
    }

    /** The name of the next value. */
    JsonText name(String name) {
        comma();
        text.append('"').append(name).append("\":");
        return this;
    }

    /** A value that is JSON already. */
    JsonText whole(String json) {
        text.append(json);
        return this;
    }

    private void comma() {
        char last = text.charAt(text.length() - 1);
        if (last != '{' && last != '[') {
            text.append(',');
        }
    }

    JsonText field(String name, @Nullable String value) {
        name(name);
        value(value);
        return this;
    }

    JsonText field(String name, @Nullable Long value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText field(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText field(String name, @Nullable Instant value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            UtcText.append(text, value);
            text.append('"');
        }
        return this;
    }

    JsonText field(String name, Map<String, String> values) {
        name(name);
        text.append('{');
        values.forEach((key, value) -> {
            comma();
            value(key);
            text.append(':');
            value(value);
        });
        text.append('}');
        return this;
    }

    JsonText field(String name, Collection<String> values) {
        name(name);
        text.append('[');
        for (String value : values) {
            comma();
            value(value);
        }
        text.append(']');
        return this;
    }

    private void value(@Nullable String value) {
        if (value == null) {
            text.append("null");
            return;
        }
        text.append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            escape(value);
        }
        text.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** RFC 8259 §7: what must be escaped, and nothing else. */
    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u00").append(c < 0x10 ? '0' : '1').append("0123456789ABCDEF".charAt(c & 15));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
