package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block list, as JSON.
 *
 * @param name what it is called; {@code rules} for those by hand
 * @param source its file or URL
 * @param form how it is written
 * @param enabled whether it counts
 * @param allow true where its names are not to be blocked
 * @param groups the groups of devices for which it counts; empty for all
 * @param when the times when it counts; empty for always
 * @param rules how many rules were taken
 * @param lines how many lines it has
 * @param rejectedLines how many of them were not taken
 * @param rejected the same by reason
 * @param bytes the size of the copy that counts
 * @param fetchedAt when its source last answered; null for never
 * @param changedAt when its content last was another one; null for never
 * @param nextAt when its source is looked at again; null for never
 * @param error why the source cannot be had now; null where it can. What was read before still counts
 */
public record DnsListView(
        String name,
        String source,
        String form,
        boolean enabled,
        boolean allow,
        List<String> groups,
        List<String> when,
        long rules,
        long lines,
        long rejectedLines,
        List<DnsRejected> rejected,
        long bytes,
        @Nullable Instant fetchedAt,
        @Nullable Instant changedAt,
        @Nullable Instant nextAt,
        @Nullable String error) {
    /** Copies the lists. */
    public DnsListView {
        groups = List.copyOf(groups);
        when = List.copyOf(when);
        rejected = List.copyOf(rejected);
    }

    /**
     * Lines that were not taken for one reason.
     *
     * @param reason why, for people
     * @param count how many
     * @param examples the first of them
     */
    public record DnsRejected(String reason, long count, List<DnsLine> examples) {
        /** Copies the list. */
        public DnsRejected {
            examples = List.copyOf(examples);
        }
    }

    /**
     * A line of a list.
     *
     * @param number from 1
     * @param text its beginning
     */
    public record DnsLine(long number, String text) {}
}
