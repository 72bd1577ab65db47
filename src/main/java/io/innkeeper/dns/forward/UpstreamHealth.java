package io.innkeeper.dns.forward;

/** How quick and how reliable an upstream was lately, and what was counted. Pure. */
final class UpstreamHealth {
    /** From so many failures in a row on it is shown as ill. */
    private static final int ILL = 3;

    /** How quick one is thought to be that nobody has asked. */
    private static final double UNKNOWN_MS = 50;

    /** What one failure makes it slower in the choice. */
    private static final double PENALTY_MS = 1_000;

    private static final int MOST_PENALTIES = 8;

    /** One that is not chosen is asked so often all the same, to know how quick it is. */
    private static final long LOOK_MS = 10_000;

    /** One that failed is asked after this time, then after twice the time, and so on. */
    private static final long LOOK_AFTER_FAILURE_MS = 1_000;

    private static final int MOST_DOUBLINGS = 4;

    /** How long one that does not understand EDNS is asked without. */
    private static final long PLAIN_MS = 600_000;

    private static final double NEW_PART = 1 / 8.0;

    private final UpstreamAddress address;
    private double roundTripMs;
    private int failuresInRow;
    private boolean asked;
    private long askedAtMs;
    private boolean keepsCase = true;
    private boolean plain;
    private long plainUntilMs;
    private long sent;
    private long answered;
    private long failed;
    private long timedOut;
    private long mismatched;

    UpstreamHealth(UpstreamAddress address) {
        this.address = address;
    }

    UpstreamAddress address() {
        return address;
    }

    /** The smaller the better. */
    double score() {
        double known = answered == 0 ? UNKNOWN_MS : roundTripMs;
        return known + Math.min(failuresInRow, MOST_PENALTIES) * PENALTY_MS;
    }

    /** True if it was not asked for a while, and should be, beside one that is better. */
    boolean wantsLook(long nowMs) {
        long pause =
                failuresInRow == 0 ? LOOK_MS : LOOK_AFTER_FAILURE_MS << Math.min(failuresInRow - 1, MOST_DOUBLINGS);
        return !asked || nowMs - askedAtMs >= pause;
    }

    void sent(long nowMs) {
        sent++;
        asked = true;
        askedAtMs = nowMs;
    }

    /** It said something that matches, after this time: it is there. */
    void spoke(long afterMs) {
        roundTripMs = answered == 0 ? afterMs : roundTripMs + (afterMs - roundTripMs) * NEW_PART;
        answered++;
    }

    /** What it said was of use. */
    void helped() {
        failuresInRow = 0;
    }

    /** It said SERVFAIL or the like. That is no fault of its own, unless another one knows better. */
    void refused() {
        failed++;
    }

    /** Another one knew better. */
    void outdone() {
        failuresInRow++;
    }

    /** It could not be reached. */
    void unreachable() {
        failed++;
        failuresInRow++;
    }

    void timedOut() {
        timedOut++;
        failuresInRow++;
    }

    void mismatched() {
        mismatched++;
    }

    /** False where it changes the case of letters in the question. */
    boolean keepsCase() {
        return keepsCase;
    }

    void changesCase() {
        keepsCase = false;
    }

    boolean knowsEdns(long nowMs) {
        return !plain || nowMs >= plainUntilMs;
    }

    void knowsNoEdns(long nowMs) {
        plain = true;
        plainUntilMs = nowMs + PLAIN_MS;
    }

    UpstreamState state() {
        return new UpstreamState(
                address, sent, answered, failed, timedOut, mismatched, roundTripMs, failuresInRow < ILL);
    }
}
