package io.innkeeper.config;

import io.innkeeper.wire.net.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or worth a warning.
 *
 * @param path the key, such as {@code api.listen} or {@code dnsmasq[1].leases}; empty for the document as a whole
 * @param origin where it stands
 * @param message what is wrong
 * @param suggestion what was probably meant, or null
 */
public record ConfigProblem(
        String path,
        Origin origin,
        String message,
        @Nullable String suggestion) {
    private static final int MAX_SHOWN = 80;

    /** One line: {@code innkeeper.yaml:7: api.lisen: unknown key; did you mean 'listen'?} */
    public String text() {
        String key = path.isEmpty() ? "" : plain(path) + ": ";
        String hint = suggestion == null ? "" : "; did you mean '" + suggestion + "'?";
        return origin.text() + ": " + key + message + hint;
    }

    /** A user's text in quotes, without control characters and cut to a bearable length. */
    static String quote(String text) {
        return "'" + plain(text) + "'";
    }

    /** As {@link #quote}, without the quotes. */
    static String plain(String text) {
        return PrintableText.escape(text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
    }
}
