package io.innkeeper.wire.dnsmasq;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One directive of a dnsmasq configuration: {@code key=value} or {@code key} (dnsmasq(8), CONFIG FILE).
 *
 * @param number the line in its file, from 1
 * @param key the long option without {@code --}
 * @param value what stands right of {@code =}, one character an octet; octets that stood in quotes are at U+E000 to U+E0FF,
 *     so that a quoted comma is no separator. Null where there is no {@code =}
 * @param text the line as a person would read it, shortened where very long
 */
public record ConfigLine(int number, String key, @Nullable String value, String text) {
    /** The comma-separated fields of the value, each without the marks of quoting and read as UTF-8. */
    public List<String> plainFields() {
        return ConfigFields.split(value == null ? "" : value).stream()
                .map(field -> new String(ConfigFields.octets(field), StandardCharsets.UTF_8))
                .toList();
    }

    /** The value without the marks of quoting, read as UTF-8: a path or a name. Empty where there is no value. */
    public String plainValue() {
        return value == null ? "" : new String(ConfigFields.octets(value), StandardCharsets.UTF_8);
    }
}
