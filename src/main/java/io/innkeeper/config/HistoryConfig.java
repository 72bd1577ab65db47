package io.innkeeper.config;

import java.time.Duration;

/**
 * The section {@code history}.
 *
 * @param keep how long an ended binding is remembered
 */
@Doc("Who had an address when.")
public record HistoryConfig(
        @Doc("How long an ended lease is remembered.") @Default("365d") @Range(min = "1h", max = "36500d")
        Duration keep) {}
