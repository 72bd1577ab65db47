package io.innkeeper.api.grpc;

/** What the gRPC server counts; the wiring decides where the numbers go. Called by any thread. */
public interface GrpcStatistics {
    /** A call ended, with the name of its status such as {@code OK}. */
    void called(String method, String status);

    /** So many steps were sent to watchers. */
    void sent(int steps);

    /** A watcher was cut because it was too slow. */
    void cut();
}
