package io.innkeeper.desk;

/**
 * How long {@link JournalFollower} rests between two transactions. The database syncs the disk that clients wait for, and takes
 * far longer for a lease than the journal does: where both work at the same time, clients come first, as long as the journal has
 * room for what waits.
 *
 * <p>Nobody waits: no rest beyond {@link #SHORTEST_MS}. What comes in can be followed in a quarter of the time: twice the share
 * that it needs, so that a backlog shrinks. More than that is a flood, which no share would keep up with: a fiftieth, until the
 * journal is half full; then as much rest as work; without rest once it is nearly full.
 *
 * <p>Not safe for several threads.
 */
final class FollowPace {
    /** No more transactions than one in this time: what comes in together is told together. */
    static final long SHORTEST_MS = 20;

    /** Nor is anything told later than this because of a rest. */
    static final long LONGEST_MS = 2_000;

    /** Of the follower's time, the most that it takes while clients wait and the journal has room. */
    private static final double MODEST_SHARE = 0.25;

    private static final double FLOOD_SHARE = 0.02;
    private static final double HURRIED_SHARE = 0.5;
    private static final double HALF_FULL = 0.5;
    private static final double NEARLY_FULL = 0.8;

    private long cameBy;
    private long atNanos;
    private boolean begun;

    /**
     * After a transaction.
     *
     * @param nowNanos a clock that only goes on, as {@link System#nanoTime}
     * @param tookNanos how long the transaction took, reading included
     * @param done the changes in it, at least 1
     * @param committed the number of the newest change in the journal
     * @param busy whether changes came in while it ran
     * @param fill how full the journal is: 0 to 1, and above while it is refused
     * @return how long to rest, in milliseconds: 0 to {@link #LONGEST_MS}
     */
    long restMs(long nowNanos, long tookNanos, int done, long committed, boolean busy, double fill) {
        double came = begun ? committed - cameBy : done;
        double sinceNanos = begun ? Math.max(nowNanos - atNanos, 1) : Math.max(tookNanos, 1);
        cameBy = committed;
        atNanos = nowNanos;
        begun = true;
        long shortest = Math.max(0, SHORTEST_MS - tookNanos / 1_000_000);
        if (!busy) {
            return shortest;
        }
        // How much of the time it would take to follow all that comes in.
        double needed = came / sinceNanos * (tookNanos / (double) done);
        double share = share(2 * needed, fill);
        return Math.clamp((long) (tookNanos * (1 - share) / share / 1e6), shortest, LONGEST_MS);
    }

    private static double share(double wanted, double fill) {
        if (fill >= HALF_FULL) {
            return fill >= NEARLY_FULL ? 1 : HURRIED_SHARE;
        }
        return wanted > 2 * MODEST_SHARE ? FLOOD_SHARE : Math.max(wanted, FLOOD_SHARE);
    }
}
