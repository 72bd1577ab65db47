package io.innkeeper.arp;

/**
 * Halves the rate where many hosts that were there a moment ago do not answer, for then it is the network that loses packets;
 * goes back step by step when they do.
 */
final class LossWatch {
    /** After so many questions it decides. */
    private static final int SAMPLE = 32;

    /** More lost ones than this are too many. */
    private static final int TOO_MANY = 10;

    /** Fewer than this are none to speak of. */
    private static final int FEW = 4;

    private static final int SLOWEST = 8;

    private int answered;
    private int lostNow;
    private int slowness = 1;
    private long lost;

    void answered() {
        answered++;
        decide();
    }

    void lost() {
        lostNow++;
        lost++;
        decide();
    }

    private void decide() {
        if (answered + lostNow < SAMPLE) {
            return;
        }
        if (lostNow > TOO_MANY) {
            slowness = Math.min(SLOWEST, slowness * 2);
        } else if (lostNow < FEW) {
            slowness = Math.max(1, slowness / 2);
        }
        answered = 0;
        lostNow = 0;
    }

    /** What is left of a rate. */
    int slowed(int rate) {
        return rate == Pace.UNLIMITED ? rate : Math.max(1, rate / slowness);
    }

    /** How many were lost since the start. */
    long lostSoFar() {
        return lost;
    }
}
