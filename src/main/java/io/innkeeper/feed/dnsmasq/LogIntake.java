package io.innkeeper.feed.dnsmasq;

import org.jspecify.annotations.Nullable;

/** Where those who carry log lines (a file's tail, the syslog listener, the journal) hand them. Safe for any thread. */
public interface LogIntake {
    /**
     * Takes whole lines, each ended by a line feed, in the order in which they were written. Waits while too much waits to be
     * stored; nothing is dropped.
     *
     * @param by who carries them
     * @param bytes belongs to the caller again when this returns
     * @param from the first octet
     * @param to behind the last octet
     * @param place how far the carrier has read once these lines are stored, in its own words; null where it cannot go back
     * @throws InterruptedException if interrupted while waiting; the lines may then not be taken
     */
    void take(Witness by, byte[] bytes, int from, int to, @Nullable String place) throws InterruptedException;
}
