package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/** What is measured of the lease monitor. */
public final class LeaseMonitorMetrics {
    private static final double[] BOUNDS = {0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 10};

    private final Counter told;
    private final Histogram seconds;
    private final Histogram storedSeconds;
    private final Histogram together;

    LeaseMonitorMetrics(Metrics metrics) {
        told = metrics.counter(
                "innkeeper_lease_monitor_told", "What the manager would publish of clients", "family", "type");
        seconds = metrics.histogram(
                "innkeeper_lease_monitor_seconds", "From a message's last octet to the desk, which stores it", BOUNDS);
        storedSeconds = metrics.histogram(
                "innkeeper_lease_monitor_stored_seconds",
                "From a message's last octet until what it changed is stored and published",
                BOUNDS);
        together = metrics.histogram(
                "innkeeper_lease_monitor_commit_messages",
                "Messages that were stored together in one commit",
                1,
                2,
                5,
                10,
                25,
                50,
                100,
                250,
                500,
                1_000);
    }

    /** The manager would publish this of a client of this family. */
    public void told(String family, String type) {
        told.labelValues(family, type).inc();
    }

    /** A message was handed to the desk, so long after it was heard. */
    public void processed(long nanos) {
        seconds.observe(Metrics.seconds(nanos));
    }

    /** What a message changed is stored, so long after it was heard. */
    public void stored(long nanos) {
        storedSeconds.observe(Metrics.seconds(nanos));
    }

    /** So many messages were stored in one commit. */
    public void together(int messages) {
        together.observe(messages);
    }
}
