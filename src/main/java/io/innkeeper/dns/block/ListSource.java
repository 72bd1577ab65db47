package io.innkeeper.dns.block;

import io.innkeeper.config.DnsBlockList;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A list of the configuration, with its number.
 *
 * @param number 1 to 63
 */
record ListSource(int number, DnsBlockList config) {
    /** True where it is fetched. */
    boolean isUrl() {
        String lower = config.list().toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** @throws IllegalArgumentException where it is none */
    URI uri() {
        return URI.create(config.list());
    }

    /** Whether the text can be a path at all. */
    boolean isPath() {
        try {
            return !file().toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException where it is none */
    Path file() {
        return Path.of(config.list());
    }

    /** What it is called: by configuration, or the last part of its file or URL. */
    String name() {
        return config.called();
    }
}
