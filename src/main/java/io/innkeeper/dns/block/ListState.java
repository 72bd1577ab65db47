package io.innkeeper.dns.block;

import io.innkeeper.config.DnsListForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a list stands.
 *
 * @param number its bit in rule sets; 0 for the rules by hand
 * @param name what it is called
 * @param source its file or URL
 * @param form how it is written, found out where it was to be
 * @param counts what was read of it
 * @param octets the size of the copy that counts
 * @param fetchedAt when its source last answered or could be read, null for never
 * @param changedAt when its content last was another one, null for never
 * @param nextAt when its source is looked at again
 * @param error why the source cannot be had now, for people; null where it can. What was read before still counts
 */
public record ListState(
        int number,
        String name,
        String source,
        DnsListForm form,
        ReadCounts counts,
        long octets,
        @Nullable Instant fetchedAt,
        @Nullable Instant changedAt,
        @Nullable Instant nextAt,
        @Nullable String error) {}
