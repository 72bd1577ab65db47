package io.innkeeper.ops;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is counted of the DHCP server. */
public final class DhcpMetrics {
    /** The upper bounds of histograms of times. */
    private static final double[] SECONDS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1};

    /** Counts one thing: its labels were looked up before. */
    public static final class Tally {
        private final CounterDataPoint point;

        private Tally(CounterDataPoint point) {
            this.point = point;
        }

        /** One more. */
        public void add() {
            point.inc();
        }
    }

    private final Counter packets;
    private final Counter malformed;
    private final Counter replies;
    private final Counter stored;
    private final Counter commitFailures;
    private final Counter foreign;
    private final Counter faults;
    private final Counter newsDropped;
    private final Histogram handling;
    private final Histogram commits;

    DhcpMetrics(Metrics metrics) {
        packets = metrics.counter(
                "innkeeper_dhcp4_packets", "DHCPv4 requests, and what became of them", "type", "outcome");
        malformed = metrics.counter("innkeeper_dhcp4_malformed", "Packets that are no DHCPv4 message", "reason");
        replies = metrics.counter(
                "innkeeper_dhcp4_replies", "DHCPv4 replies, sent or not taken by the kernel", "outcome");
        stored = metrics.counter("innkeeper_dhcp4_lease_changes", "Changes of leases put on stable storage");
        commitFailures = metrics.counter(
                "innkeeper_dhcp4_commit_failures", "Batches that could not be stored and were not answered");
        foreign = metrics.counter("innkeeper_dhcp4_foreign", "Packets of interfaces that are not served");
        faults = metrics.counter("innkeeper_dhcp4_faults", "Packets given up because of a fault of ours");
        newsDropped = metrics.counter(
                "innkeeper_dhcp4_news_dropped", "Events of the DHCP server for which there was no room");
        handling = metrics.histogram(
                "innkeeper_dhcp4_batch_seconds",
                "How long a batch of packets took, from received to answered",
                SECONDS);
        commits = metrics.histogram(
                "innkeeper_dhcp4_commit_seconds",
                "How long it took to put the changes of a batch on stable storage",
                SECONDS);
    }

    /** Requests of this type with this outcome. */
    public Tally packets(String type, String outcome) {
        return new Tally(packets.labelValues(type, outcome));
    }

    /** Packets that could not be read, for this reason. */
    public void malformed(String reason) {
        malformed.labelValues(reason).inc();
    }

    /** Replies that left, and that did not. */
    public void replies(int sent, int failed) {
        replies.labelValues("sent").inc(sent);
        replies.labelValues("failed").inc(failed);
    }

    /** A batch was handled. */
    public void handled(long nanos) {
        handling.observe(seconds(nanos));
    }

    /** Changes were stored. */
    public void committed(int changes, long nanos) {
        stored.inc(changes);
        commits.observe(seconds(nanos));
    }

    /** A batch could not be stored. */
    public void commitFailed() {
        commitFailures.inc();
    }

    /** A packet came by an interface that is not served. */
    public void foreign() {
        foreign.inc();
    }

    /** A packet was given up. */
    public void fault() {
        faults.inc();
    }

    /** An event was lost because too many waited. */
    public void newsDropped() {
        newsDropped.inc();
    }

    /**
     * Requests of one type with one outcome.
     *
     * @param type such as {@code discover}
     * @param outcome such as {@code offered}
     */
    public record PacketCount(String type, String outcome, long count) {}

    /** All counts since the program started; see the names of the metrics. */
    public record Counts(
            List<PacketCount> packets,
            Map<String, Long> malformed,
            long repliesSent,
            long repliesFailed,
            long leaseChanges,
            long commitFailures,
            long foreign,
            long faults) {}

    /** What was counted so far. */
    public Counts counts() {
        List<PacketCount> all = packets.collect().getDataPoints().stream()
                .map(point -> new PacketCount(
                        String.valueOf(point.getLabels().get("type")),
                        String.valueOf(point.getLabels().get("outcome")),
                        (long) point.getValue()))
                .sorted(Comparator.comparing(PacketCount::type).thenComparing(PacketCount::outcome))
                .toList();
        Map<String, Long> unreadable = new TreeMap<>();
        malformed
                .collect()
                .getDataPoints()
                .forEach(point -> unreadable.put(point.getLabels().get("reason"), (long) point.getValue()));
        return new Counts(
                all,
                unreadable,
                (long) replies.labelValues("sent").get(),
                (long) replies.labelValues("failed").get(),
                (long) stored.get(),
                (long) commitFailures.get(),
                (long) foreign.get(),
                (long) faults.get());
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
