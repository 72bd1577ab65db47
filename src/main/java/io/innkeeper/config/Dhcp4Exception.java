package io.innkeeper.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that ends by itself.
 *
 * @param name what it is called; null for nothing
 * @param match whom it names
 * @param allow answered, or refused
 * @param until its end
 */
@Doc("A rule that goes before all others, and ends by itself.")
public record Dhcp4Exception(
        @Doc("What it is for.")
        @Matches(pattern = Dhcp4Config.NAME, words = "a name of 1 to 63 letters, digits, '.', '_' or '-'")
        @Nullable
        String name,

        @Inline Dhcp4Match match,

        @Doc("True to answer these clients, false to refuse them.") @Default("true")
        boolean allow,

        @Doc("When the rule ends, such as `2026-12-01T00:00:00Z`.")
        Instant until) {}
