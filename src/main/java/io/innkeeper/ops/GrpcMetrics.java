package io.innkeeper.ops;

import io.prometheus.metrics.core.metrics.Counter;

/** What is counted of the gRPC server. */
public final class GrpcMetrics {
    private final Counter calls;
    private final Counter sent;
    private final Counter cut;

    GrpcMetrics(Metrics metrics) {
        calls = metrics.counter("innkeeper_grpc_calls", "gRPC calls that ended", "method", "status");
        sent = metrics.counter("innkeeper_grpc_steps_sent", "Steps sent to those who watch by gRPC");
        cut = metrics.counter("innkeeper_grpc_watchers_cut", "Watchers by gRPC that were cut because they were slow");
    }

    /** A call ended. */
    public void called(String method, String status) {
        calls.labelValues(method, status).inc();
    }

    /** So many steps were sent. */
    public void sent(int steps) {
        sent.inc(steps);
    }

    /** A watcher was cut. */
    public void cut() {
        cut.inc();
    }
}
