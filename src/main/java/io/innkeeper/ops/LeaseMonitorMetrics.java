package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;

/** What is measured of the lease monitor. */
public final class LeaseMonitorMetrics {
    private final Counter told;
    private final Histogram seconds;

    LeaseMonitorMetrics(Metrics metrics) {
        told = metrics.counter(
                "innkeeper_lease_monitor_told", "What the manager would publish of clients", "family", "type");
        seconds = metrics.histogram(
                "innkeeper_lease_monitor_seconds",
                "From a message's last octet to the desk, which stores it",
                0.0001,
                0.0005,
                0.001,
                0.005,
                0.025,
                0.1,
                1,
                10);
    }

    /** The manager would publish this of a client of this family. */
    public void told(String family, String type) {
        told.labelValues(family, type).inc();
    }

    /** A message was dealt with, so long after it was heard. */
    public void processed(long nanos) {
        seconds.observe(Metrics.seconds(nanos));
    }
}
