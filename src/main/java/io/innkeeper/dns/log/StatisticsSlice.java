package io.innkeeper.dns.log;

import org.jspecify.annotations.Nullable;

/** What was asked most, by whom, and how long it took, for ten minutes or an hour. */
final class StatisticsSlice {
    private static final int NAMES = 200;
    private static final int OTHERS = 100;
    private static final int STEPS = QueryStep.values().length;

    /** When it began; a multiple of its width. */
    final long startMs;

    final TopSketch<LoggedName> names = new TopSketch<>(NAMES);
    final TopSketch<LoggedName> blocked = new TopSketch<>(OTHERS);
    final TopSketch<QueryClient> clients = new TopSketch<>(OTHERS);
    private final @Nullable MicrosHistogram[] times = new @Nullable MicrosHistogram[STEPS];

    StatisticsSlice(long startMs) {
        this.startMs = startMs;
    }

    /** The times of a step; null where it answered nothing. */
    @Nullable
    MicrosHistogram times(QueryStep step) {
        return times[step.number()];
    }

    /** The times of a step, to be added to. */
    MicrosHistogram timesOf(QueryStep step) {
        MicrosHistogram histogram = times[step.number()];
        if (histogram == null) {
            histogram = new MicrosHistogram();
            times[step.number()] = histogram;
        }
        return histogram;
    }
}
