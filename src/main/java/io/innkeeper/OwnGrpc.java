package io.innkeeper;

import io.innkeeper.api.grpc.GrpcService;
import io.innkeeper.api.grpc.GrpcStatistics;
import io.innkeeper.api.grpc.GrpcWorld;
import io.innkeeper.config.ApiConfig;
import io.innkeeper.config.GrpcConfig;
import io.innkeeper.config.RunningConfig;
import io.innkeeper.ops.GrpcMetrics;
import io.innkeeper.ops.Metrics;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceController;
import io.innkeeper.store.Installations;
import io.innkeeper.store.Outbox;
import io.innkeeper.store.SystemNames;
import io.innkeeper.store.TakenKeys;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gRPC server as a part of the program: there unless the configuration says {@code off}, kept in line with it. */
final class OwnGrpc {
    private static final Logger LOG = LoggerFactory.getLogger(OwnGrpc.class);

    private final Heart heart;
    private final ServiceController services;
    private final RunningConfig running;
    private final Metrics metrics;
    private final Supplier<ApiConfig> config;
    private volatile @Nullable GrpcService service;

    /** @param config the section as it is now */
    OwnGrpc(
            Heart heart,
            ServiceController services,
            RunningConfig running,
            Metrics metrics,
            Supplier<ApiConfig> config) {
        this.heart = heart;
        this.services = services;
        this.running = running;
        this.metrics = metrics;
        this.config = config;
        metrics.gauge("innkeeper_grpc_watchers", "Who watches by gRPC", this::watchers);
    }

    private double watchers() {
        GrpcService now = service;
        return now == null ? 0 : now.watchers();
    }

    /** Begins to listen, a moment later, where the configuration says so. */
    void begin() {
        if (config.get().grpc() != null) {
            services.begin(GrpcService.NAME, this::fresh);
        }
    }

    private Service fresh() {
        GrpcConfig section = Objects.requireNonNull(config.get().grpc(), "api.grpc is off");
        GrpcWorld world = new GrpcWorld(
                Version.text(),
                new Outbox(heart.database).identity(),
                heart.devices,
                new SystemNames(heart.database),
                new Installations(heart.database),
                heart.events,
                heart.log,
                heart.desk,
                new TakenKeys(heart.database),
                heart.audit,
                running,
                services,
                heart.clock);
        GrpcService made = new GrpcService(section, world, () -> config.get().sseBuffer(), new Counted(metrics.grpc()));
        service = made;
        return made;
    }

    /** Starts, stops or restarts it where its configuration changed. */
    void apply(ApiConfig old) {
        GrpcConfig before = old.grpc();
        GrpcConfig now = config.get().grpc();
        if (Objects.equals(before, now)) {
            return;
        }
        if (now == null) {
            services.end(GrpcService.NAME);
        } else if (before == null) {
            services.begin(GrpcService.NAME, this::fresh);
        } else {
            services.restart(GrpcService.NAME, reason -> LOG.error("The service grpc does not start: {}", reason));
        }
    }

    /** Carries what the server counts into the metrics. */
    private record Counted(GrpcMetrics metrics) implements GrpcStatistics {
        @Override
        public void called(String method, String status) {
            metrics.called(method, status);
        }

        @Override
        public void sent(int steps) {
            metrics.sent(steps);
        }

        @Override
        public void cut() {
            metrics.cut();
        }
    }
}
