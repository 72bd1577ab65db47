package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.log.LogEntry;

/**
 * Takes what a dnsmasq's log tells of names that were asked for. Where its log is read in several ways, the lines of one of them
 * come here, so that nothing comes twice. Called on the thread of who carries the lines, one call at a time for each of them.
 */
public interface QueryLineSink {
    /**
     * A question, or what was done with one. Must not wait for long: the lines behind it wait too.
     *
     * @param entry a {@link LogEntry.QueryLine} or {@link LogEntry.AnswerLine}
     * @param atMs when it was written, in milliseconds since 1970; the time of reading where the line tells none
     * @param pid the number of the process that wrote it; -1 where the line tells none
     */
    void heard(LogEntry entry, long atMs, int pid);
}
