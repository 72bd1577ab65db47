package io.innkeeper.config;

import io.innkeeper.config.ConfigNode.Mapping;
import io.innkeeper.config.ConfigNode.Scalar;
import io.innkeeper.config.ConfigNode.Sequence;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of maps, lists, strings, numbers, booleans and null as JSON (RFC 8259). */
public final class JsonText {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonText(boolean pretty) {
        this.pretty = pretty;
    }

    /** On one line. */
    public static String compact(@Nullable Object tree) {
        return new JsonText(false).value(tree, "").out.toString();
    }

    /** Indented by two spaces, with a newline at the end. */
    public static String pretty(@Nullable Object tree) {
        return new JsonText(true).value(tree, "").out.append('\n').toString();
    }

    private JsonText value(@Nullable Object tree, String indent) {
        switch (tree) {
            case null -> out.append("null");
            case Scalar scalar -> scalar(scalar);
            case Mapping mapping -> object(mapping.entries(), indent);
            case Sequence sequence -> array(sequence.items(), indent);
            case Map<?, ?> map -> object(map, indent);
            case Iterable<?> items -> array(items, indent);
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> string(tree.toString());
        }
        return this;
    }

    private void scalar(Scalar scalar) {
        switch (scalar.kind()) {
            case NULL, NUMBER, BOOLEAN -> out.append(scalar.text());
            case TEXT, UNTYPED, QUOTED -> string(scalar.text());
        }
    }

    private void object(Map<?, ?> map, String indent) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newline(indent + INDENT);
            string(String.valueOf(entry.getKey()));
            out.append(pretty ? ": " : ":");
            value(entry.getValue(), indent + INDENT);
            out.append(entries.hasNext() ? "," : "");
        }
        if (!map.isEmpty()) {
            newline(indent);
        }
        out.append('}');
    }

    private void array(Iterable<?> values, String indent) {
        out.append('[');
        Iterator<?> items = values.iterator();
        boolean any = items.hasNext();
        while (items.hasNext()) {
            newline(indent + INDENT);
            value(items.next(), indent + INDENT);
            out.append(items.hasNext() ? "," : "");
        }
        if (any) {
            newline(indent);
        }
        out.append(']');
    }

    private void newline(String indent) {
        if (pretty) {
            out.append('\n').append(indent);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < 0x20 || Character.isSurrogate(c) ? escape(text, i) : String.valueOf(c));
            }
        }
        out.append('"');
    }

    /** A pair of surrogates stays as it is; half a pair is no character and is written as its number. */
    private static String escape(String text, int at) {
        char c = text.charAt(at);
        boolean high =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        boolean low = Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        return high || low ? String.valueOf(c) : "\\u%04x".formatted((int) c);
    }
}
