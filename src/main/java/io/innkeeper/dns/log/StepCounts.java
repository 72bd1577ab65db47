package io.innkeeper.dns.log;

import java.time.Instant;
import java.util.Map;

/**
 * How many questions each step answered in a minute or an hour.
 *
 * @param from when that began
 * @param counts the steps that answered any
 */
public record StepCounts(Instant from, Map<QueryStep, Long> counts) {
    /** Copies the map. */
    public StepCounts {
        counts = Map.copyOf(counts);
    }
}
