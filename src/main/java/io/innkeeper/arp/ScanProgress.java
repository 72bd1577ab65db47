package io.innkeeper.arp;

/**
 * How a scan goes.
 *
 * @param running false where it has ended
 * @param addresses how many addresses it is about
 * @param asked how many questions were asked
 * @param found how many addresses answered
 * @param done 0 to 1
 * @param nanos how long it takes so far
 */
public record ScanProgress(boolean running, int addresses, long asked, int found, double done, long nanos) {
    /** There was none. */
    public static final ScanProgress NONE = new ScanProgress(false, 0, 0, 0, 1, 0);
}
