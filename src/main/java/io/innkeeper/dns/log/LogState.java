package io.innkeeper.dns.log;

import io.innkeeper.config.DnsLogMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the query log stands.
 *
 * @param mode what is kept now
 * @param rows how many rows it has
 * @param bytes how much disk space they take
 * @param oldestAt when the oldest was; null where there is none
 * @param dropped rows that were lost since the log could not keep up
 * @param lost rows that were lost since they could not be written
 * @param damaged blocks that could not be read
 * @param problem why it cannot write; null where it can
 */
public record LogState(
        DnsLogMode mode,
        long rows,
        long bytes,
        @Nullable Instant oldestAt,
        long dropped,
        long lost,
        long damaged,
        @Nullable String problem) {}
