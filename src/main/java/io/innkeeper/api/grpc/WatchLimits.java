package io.innkeeper.api.grpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** What all watchers share: how slow they may be, and who they are. Safe for any thread. */
final class WatchLimits {
    /** How often a watcher that takes nothing is looked at. */
    private static final long LOOK_MS = 250;

    private static final long JOIN_MS = 500;

    private final IntSupplier buffer;
    private final Duration heartbeat;
    private final Duration patience;
    private final GrpcStatistics statistics;
    private final Set<Watch<?>> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Limits.
     *
     * @param buffer how many events a slow watcher may lag behind
     * @param heartbeat how long a stream may be quiet
     * @param patience how long a watcher may take nothing
     */
    WatchLimits(IntSupplier buffer, Duration heartbeat, Duration patience, GrpcStatistics statistics) {
        this.buffer = buffer;
        this.heartbeat = heartbeat;
        this.patience = patience;
        this.statistics = statistics;
    }

    int buffer() {
        return buffer.getAsInt();
    }

    long heartbeatMs() {
        return heartbeat.toMillis();
    }

    long patienceMs() {
        return patience.toMillis();
    }

    long lookMs() {
        return Math.min(LOOK_MS, Math.max(1, patience.toMillis() / 4));
    }

    void sent() {
        statistics.sent(1);
    }

    void cut() {
        statistics.cut();
    }

    void entered(Watch<?> watch) {
        watches.add(watch);
        if (closed) {
            watch.stop();
        }
    }

    void left(Watch<?> watch) {
        watches.remove(watch);
    }

    /** How many watch. */
    int count() {
        return watches.size();
    }

    /** Lets all go; returns when they were told, or after half a second. */
    void close() {
        closed = true;
        watches.forEach(Watch::stop);
        long deadline = System.nanoTime() + Duration.ofMillis(JOIN_MS).toNanos();
        try {
            for (Watch<?> watch : watches) {
                watch.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
