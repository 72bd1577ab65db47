package io.innkeeper.cli;

import io.innkeeper.tell.spool.Tally;
import java.util.LinkedHashMap;
import java.util.Map;

/** How messages ended, as it is printed. */
final class LeaseTally {
    private LeaseTally() {}

    /** All counts by their names. */
    static Map<String, Long> json(Tally tally) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("stored", tally.stored());
        counts.put("duplicate", tally.duplicate());
        counts.put("rejected", tally.rejected());
        counts.put("told", tally.told());
        counts.put("superseded", tally.superseded());
        counts.put("turnedAway", tally.turnedAway());
        return counts;
    }

    /** Such as {@code 3 stored, 1 rejected, }: those that are not 0, but always the first. */
    static String text(Tally tally) {
        StringBuilder text = new StringBuilder();
        json(tally).forEach((name, count) -> {
            if (count > 0 || name.equals("stored")) {
                text.append(count)
                        .append(' ')
                        .append(name.equals("turnedAway") ? "turned away" : name)
                        .append(", ");
            }
        });
        return text.toString();
    }
}
