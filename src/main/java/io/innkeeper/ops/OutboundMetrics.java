package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;

/** What is counted of targets that are told of events. */
public final class OutboundMetrics {
    private final Counter delivered;
    private final Counter failures;
    private final Counter refused;
    private final Counter lost;

    OutboundMetrics(Metrics metrics) {
        delivered = metrics.counter("innkeeper_outbound_delivered", "Events that a target acknowledged", "target");
        failures = metrics.counter("innkeeper_outbound_failures", "Tries that failed", "target");
        refused = metrics.counter("innkeeper_outbound_refused", "Events given up because they were refused", "target");
        lost = metrics.counter("innkeeper_outbound_lost", "Events removed before they could be delivered", "target");
    }

    /** A target acknowledged so many events. */
    public void delivered(String target, int events) {
        delivered.labelValues(target).inc(events);
    }

    /** A try failed. */
    public void failed(String target) {
        failures.labelValues(target).inc();
    }

    /** An event was given up. */
    public void refused(String target) {
        refused.labelValues(target).inc();
    }

    /** So many events were lost. */
    public void lost(String target, long events) {
        lost.labelValues(target).inc(events);
    }
}
