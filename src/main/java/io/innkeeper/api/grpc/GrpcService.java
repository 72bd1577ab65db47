package io.innkeeper.api.grpc;

import io.innkeeper.config.GrpcConfig;
import io.innkeeper.config.ListenAddress;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code grpc}. It listens from the start; the libraries of gRPC are taken into use when the first client connects
 * ({@link Door}).
 */
public final class GrpcService implements Service {
    /** The name of the service. */
    public static final String NAME = "grpc";

    /** A stream may be quiet for so long. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(12);

    /** A watcher may take nothing for so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(GrpcService.class);

    private final GrpcConfig config;
    private final GrpcWorld world;
    private final GrpcStatistics statistics;
    private final WatchLimits limits;
    private @Nullable Door door;
    private volatile @Nullable GrpcServer server;
    private volatile @Nullable SocketAddress address;
    private boolean closed;

    /**
     * Not listening yet.
     *
     * @param buffer how many events a slow watcher may lag behind, asked anew now and then
     */
    public GrpcService(GrpcConfig config, GrpcWorld world, IntSupplier buffer, GrpcStatistics statistics) {
        this(config, world, new WatchLimits(buffer, HEARTBEAT, PATIENCE, statistics), statistics);
    }

    GrpcService(GrpcConfig config, GrpcWorld world, WatchLimits limits, GrpcStatistics statistics) {
        this.config = config;
        this.world = world;
        this.statistics = statistics;
        this.limits = limits;
    }

    @Override
    public synchronized void start(FailureListener listener) throws ServiceException {
        ListenAddress listen = config.listen();
        try {
            Door opened = Door.open(
                    listen.host().equals(ListenAddress.ANY)
                            ? new InetSocketAddress(listen.port())
                            : new InetSocketAddress(listen.host(), listen.port()));
            door = opened;
            address = opened.address();
            opened.await(channel -> serve(channel, listener));
        } catch (IOException | UnresolvedAddressException e) {
            String why = e instanceof IOException ? String.valueOf(e.getMessage()) : "there is no such host";
            throw new ServiceException(
                    "cannot listen on " + listen + ": " + why
                            + ". Choose another address with api.grpc, or api.grpc: off for none",
                    e);
        }
        LOG.info("gRPC is at {}", text());
    }

    /** Somebody came. */
    private synchronized void serve(ServerSocketChannel channel, FailureListener listener) {
        if (closed) {
            return;
        }
        try {
            Instant since = world.clock().instant();
            server = GrpcServer.start(channel, config.calls(), world, limits, statistics, since);
        } catch (IOException | RuntimeException | LinkageError e) {
            listener.failed(e);
        }
    }

    private String text() {
        return address instanceof InetSocketAddress at ? at.getHostString() + ":" + at.getPort() : "nowhere";
    }

    /** The port that was really taken; 0 where it does not listen. */
    public int port() {
        return address instanceof InetSocketAddress at ? at.getPort() : 0;
    }

    /** How many watch now. */
    public int watchers() {
        return limits.count();
    }

    @Override
    public synchronized void close() {
        closed = true;
        GrpcServer running = server;
        if (running != null) {
            limits.close();
            running.close();
        }
        Door open = door;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Health health() {
        Map<String, Object> detail = new LinkedHashMap<>();
        GrpcServer running = server;
        detail.put("listen", text());
        detail.put("used", running != null);
        detail.put("connections", running == null ? 0 : running.connections());
        detail.put("calls", running == null ? 0 : running.calls());
        detail.put("watchers", watchers());
        return new Health(Health.Level.OK, "listening on " + text(), detail);
    }
}
