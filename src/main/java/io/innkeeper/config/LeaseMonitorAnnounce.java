package io.innkeeper.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How senders of version 2 find the monitor.
 *
 * @param file where its addresses are written; null for nowhere
 * @param dnsSd whether our own DNS server tells them
 */
@Doc("How senders of version 2 find the monitor.")
public record LeaseMonitorAnnounce(
        @Doc("A file with the addresses at which it listens, one a line; it goes when the monitor stops.") @Nullable
        Path file,

        @Doc("Whether our own DNS server has it as service `_innkeeper-lease._tcp` in the first of `dns.domains`.")
        @Default("false")
        boolean dnsSd) {}
