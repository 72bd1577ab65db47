package io.innkeeper.config;

import java.time.Duration;

/**
 * The query log.
 *
 * @param mode what is kept
 * @param keep for how long
 * @param size the most disk space
 */
@Doc("The query log, in files of its own beside the database.")
public record DnsLog(
        @Doc("What is kept of each question: `off`, `anonymous` (not who asked) or `full`.") @Default("full") @Shorthand
        DnsLogMode mode,

        @Doc("For how long.") @Default("30d") @Range(min = "1h", max = "3650d")
        Duration keep,

        @Doc("The most disk space; the oldest goes first.") @Default("256MiB") @Range(min = "1MiB", max = "1000GiB")
        ByteSize size) {}
