package io.innkeeper.tell.spool;

/**
 * How many messages ended how, since the spool began.
 *
 * @param turnedAway not taken, because the spool was full
 */
public record Tally(long stored, long duplicate, long rejected, long told, long superseded, long turnedAway) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    /** One more that ended so. */
    Tally plus(End end) {
        return switch (end) {
            case STORED -> new Tally(stored + 1, duplicate, rejected, told, superseded, turnedAway);
            case DUPLICATE -> new Tally(stored, duplicate + 1, rejected, told, superseded, turnedAway);
            case REJECTED -> new Tally(stored, duplicate, rejected + 1, told, superseded, turnedAway);
            case TOLD -> new Tally(stored, duplicate, rejected, told + 1, superseded, turnedAway);
            case SUPERSEDED -> new Tally(stored, duplicate, rejected, told, superseded + 1, turnedAway);
        };
    }

    Tally plusTurnedAway(long count) {
        return new Tally(stored, duplicate, rejected, told, superseded, turnedAway + count);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                stored + other.stored,
                duplicate + other.duplicate,
                rejected + other.rejected,
                told + other.told,
                superseded + other.superseded,
                turnedAway + other.turnedAway);
    }

    /** What came since an earlier tally. */
    public Tally minus(Tally earlier) {
        return new Tally(
                stored - earlier.stored,
                duplicate - earlier.duplicate,
                rejected - earlier.rejected,
                told - earlier.told,
                superseded - earlier.superseded,
                turnedAway - earlier.turnedAway);
    }
}
