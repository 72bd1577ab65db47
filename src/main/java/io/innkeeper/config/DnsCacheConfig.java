package io.innkeeper.config;

import java.time.Duration;

/**
 * Answers that are kept.
 *
 * @param size the most memory for them; 0 for no cache
 * @param minTtl answers are kept at least so long
 * @param maxTtl and at most so long
 * @param negativeTtl the most for "there is no such name"
 * @param serveStale how long after its time an answer may still be given where no upstream answers
 * @param prefetch whether names that are asked for often are renewed before their time
 * @param save whether the cache is kept over a restart
 */
@Doc("Answers that are kept.")
public record DnsCacheConfig(
        @Doc("The most memory for them; `0` for no cache.") @Default("16MiB") @Range(min = "0", max = "16GiB")
        ByteSize size,

        @Doc("Answers are kept at least so long, whatever they say.") @Default("0s") @Range(min = "0s", max = "1h")
        Duration minTtl,

        @Doc("And at most so long.") @Default("1d") @Range(min = "1s", max = "7d")
        Duration maxTtl,

        @Doc("The most for \"there is no such name\" (RFC 2308).") @Default("1h") @Range(min = "0s", max = "1d")
        Duration negativeTtl,

        @Doc(
                "How long after its time an answer may still be given where no upstream answers (RFC 8767); `0s` for never.")
        @Default("1d")
        @Range(min = "0s", max = "30d")
        Duration serveStale,

        @Doc("Whether names that are asked for often are renewed before their time.") @Default("true")
        boolean prefetch,

        @Doc("Whether the cache is kept over a restart, in a file beside the database.") @Default("true")
        boolean save) {}
