package io.innkeeper.dns.block;

import java.util.List;
import java.util.Map;

/**
 * What was read of a list.
 *
 * @param lines all lines
 * @param rules those that were taken; a line with several names counts as often
 * @param rejected those that were not, by reason; comments are neither
 */
public record ReadCounts(long lines, long rules, Map<RejectReason, Rejected> rejected) {
    /** Nothing. */
    public static final ReadCounts NONE = new ReadCounts(0, 0, Map.of());

    /** How many examples are kept for each reason. */
    public static final int MAX_EXAMPLES = 5;

    /** Copies the map. */
    public ReadCounts {
        rejected = Map.copyOf(rejected);
    }

    /**
     * Lines that were not taken for one reason.
     *
     * @param count how many
     * @param examples the first of them
     */
    public record Rejected(long count, List<Line> examples) {
        /** Copies the list. */
        public Rejected {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A line.
     *
     * @param number from 1
     * @param text its beginning
     */
    public record Line(long number, String text) {}

    /** The lines that were not taken for a reason. */
    public Rejected rejected(RejectReason reason) {
        return rejected.getOrDefault(reason, new Rejected(0, List.of()));
    }

    /** All lines that were not taken. */
    public long rejectedCount() {
        return rejected.values().stream().mapToLong(Rejected::count).sum();
    }
}
