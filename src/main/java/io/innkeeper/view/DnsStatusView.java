package io.innkeeper.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the DNS server is, as JSON. All counts are since it started.
 *
 * @param summary one sentence
 * @param mode what is done with questions where no listener or group says otherwise
 * @param answered answers by step
 * @param dropped what got no answer
 * @param clients addresses that asked lately
 * @param localNames names of leases that are known
 * @param blockedNames names and rules on all lists that count
 * @param rebinds private addresses that were taken out of answers
 * @param cache answers that are kept
 * @param forwarding what was forwarded
 * @param upstreams where to, in the order of the configuration
 * @param log the query log
 */
public record DnsStatusView(
        String summary,
        String mode,
        Map<String, Long> answered,
        long dropped,
        int clients,
        int localNames,
        long blockedNames,
        long rebinds,
        DnsCacheView cache,
        DnsForwardingView forwarding,
        List<DnsUpstream> upstreams,
        DnsLogView log) {
    /** Copies the collections. */
    public DnsStatusView {
        answered = Map.copyOf(answered);
        upstreams = List.copyOf(upstreams);
    }

    /**
     * The cache.
     *
     * @param entries answers that are kept
     * @param bytes the memory they take
     * @param evicted answers that had to go for want of room
     * @param prefetched answers that were renewed before their time
     */
    public record DnsCacheView(int entries, long bytes, long evicted, long prefetched) {}

    /**
     * What was forwarded.
     *
     * @param asked questions that were taken
     * @param shared of them, those that joined an open one
     * @param refused questions that were not taken, because too many were open
     * @param loops questions that were our own, come back
     * @param late answers to which no question was open any more
     * @param open questions now
     */
    public record DnsForwardingView(long asked, long shared, long refused, long loops, long late, int open) {}

    /**
     * An upstream.
     *
     * @param address which
     * @param healthy false where the last things asked of it went wrong
     * @param sent messages to it
     * @param answered answers that were of use
     * @param failed failures that it reported, and messages that could not be brought to it
     * @param timedOut messages without an answer in time
     * @param mismatched messages of it that matched no question
     * @param roundTripMicros how long an answer takes, smoothed; null where it is not known
     */
    public record DnsUpstream(
            String address,
            boolean healthy,
            long sent,
            long answered,
            long failed,
            long timedOut,
            long mismatched,
            @Nullable Long roundTripMicros) {}

    /**
     * The query log.
     *
     * @param mode off, anonymous or full
     * @param rows how many it has
     * @param bytes how much disk space they take
     * @param oldestAt when the oldest was; null where there is none
     * @param dropped rows that were lost since the log could not keep up
     * @param lost rows that were lost since they could not be written
     * @param damaged blocks that could not be read
     * @param problem why it cannot write; null where it can
     */
    public record DnsLogView(
            String mode,
            long rows,
            long bytes,
            @Nullable Instant oldestAt,
            long dropped,
            long lost,
            long damaged,
            @Nullable String problem) {}
}
