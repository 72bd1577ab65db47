package io.innkeeper.dns.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of each step for the last so many minutes or hours; the newest takes the place of the oldest. */
final class StepSeries {
    private static final int STEPS = QueryStep.values().length;
    private static final long EMPTY = Long.MIN_VALUE;

    private final long widthMs;

    /** When each place began. */
    private final long[] starts;

    private final int[][] counts;

    StepSeries(int places, long widthMs) {
        this.widthMs = widthMs;
        starts = new long[places];
        Arrays.fill(starts, EMPTY);
        counts = new int[places][STEPS];
    }

    void add(long atMs, QueryStep step, int more) {
        long number = Math.floorDiv(atMs, widthMs);
        int place = Math.floorMod(number, starts.length);
        long start = number * widthMs;
        if (starts[place] > start) {
            return; // Older than what is kept.
        }
        if (starts[place] < start) {
            starts[place] = start;
            Arrays.fill(counts[place], 0);
        }
        counts[place][step.number()] += more;
    }

    /** Those that ended not before this time, in order, without those that nothing came in. */
    List<StepCounts> since(long fromMs) {
        List<StepCounts> found = new ArrayList<>();
        for (int place = 0; place < starts.length; place++) {
            if (starts[place] != EMPTY && starts[place] + widthMs > fromMs) {
                found.add(new StepCounts(Instant.ofEpochMilli(starts[place]), byStep(counts[place])));
            }
        }
        found.sort((one, other) -> one.from().compareTo(other.from()));
        return found;
    }

    private static Map<QueryStep, Long> byStep(int[] counts) {
        Map<QueryStep, Long> found = new EnumMap<>(QueryStep.class);
        for (int i = 0; i < STEPS; i++) {
            if (counts[i] != 0) {
                found.put(RowColumns.step(i), (long) counts[i]);
            }
        }
        return found;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(starts, EMPTY);
    }
}
