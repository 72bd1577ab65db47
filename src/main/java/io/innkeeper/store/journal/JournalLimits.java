package io.innkeeper.store.journal;

/**
 * The sizes of a journal.
 *
 * @param segmentOctets of a segment, which is made at this size; also bounds what one commit may write
 * @param maxOctets what all segments may take; a commit that needs more is refused until the database has caught up
 * @param compactAtOctets how much of segments gathers before they are folded into a new snapshot; bounds the time a start takes
 */
public record JournalLimits(int segmentOctets, long maxOctets, long compactAtOctets) {
    /** Segments of 16 MB, a gigabyte at most, a snapshot every 64 MB. */
    public static final JournalLimits DEFAULT = new JournalLimits(16 << 20, 1L << 30, 64L << 20);

    /** @throws IllegalArgumentException if the parts do not fit each other */
    public JournalLimits {
        if (segmentOctets < 4_096 || compactAtOctets < segmentOctets || maxOctets < compactAtOctets + segmentOctets) {
            throw new IllegalArgumentException("a journal needs room for a segment and what is folded at once");
        }
    }
}
