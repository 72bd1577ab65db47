package io.innkeeper.api.grpc;

import innkeeper.v1.ConfigurationServiceGrpc;
import innkeeper.v1.DatabaseServiceGrpc;
import innkeeper.v1.WatcherServiceGrpc;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.buffer.PooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.innkeeper.desk.Desk;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The server itself, on a socket that listens already. One thread of Netty moves the octets; calls run on virtual threads. Small
 * buffers, since a household's messages are small.
 */
final class GrpcServer implements AutoCloseable {
    /** Octets of the largest request. */
    static final int MAX_MESSAGE = 256 << 10;

    private static final int MAX_METADATA = 16 << 10;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_CALLS_A_CONNECTION = 200;
    private static final int WINDOW = 256 << 10;

    /** Streams that a client opens and drops at once, in so many seconds (CVE-2023-44487). */
    private static final int MAX_RESETS = 500;

    private static final int RESET_SECONDS = 30;

    private static final int PAGE = 8 << 10;

    /** Memory is taken from the system in pieces of 2^5 pages. */
    private static final int PAGES_LOG = 5;

    /** Buffers kept for the next use, by size. */
    private static final int SMALL_KEPT = 64;

    private static final int NORMAL_KEPT = 16;

    private static final long STOP_MS = 500;
    private static final long LOOK_MS = 1_000;

    private final Server server;
    private final EventLoopGroup loop;
    private final ExecutorService executor;
    private final ReadyChannel channel;
    private final CallGuard guard;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Desk desk;
    private final CountDownLatch closed = new CountDownLatch(1);

    private GrpcServer(
            ServerSocketChannel listening,
            int calls,
            GrpcWorld world,
            WatchLimits limits,
            GrpcStatistics statistics,
            Instant since)
            throws IOException {
        desk = world.desk();
        channel = new ReadyChannel(listening, MAX_CONNECTIONS);
        guard = new CallGuard(calls, statistics);
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-", 0).factory());
        loop = new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().name("grpc").daemon().factory(), NioIoHandler.newFactory());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        listening.getLocalAddress(), InsecureServerCredentials.create())
                .channelFactory(() -> channel)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .withChildOption(
                        ChannelOption.ALLOCATOR,
                        new PooledByteBufAllocator(true, 0, 1, PAGE, PAGES_LOG, SMALL_KEPT, NORMAL_KEPT, false))
                .executor(executor);
        limit(builder);
        SystemRecords records = new SystemRecords(world.devices(), world.installations());
        Registry registry = new Registry(world, records);
        builder.intercept(guard)
                .addService(new WatcherCalls(world, records, registry, limits, since))
                .addService(new ConfigurationCalls(world, registry))
                .addService(new DatabaseCalls(world, records, registry))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(olderReflection());
        server = builder.build();
    }

    private static void limit(NettyServerBuilder builder) {
        builder.maxInboundMessageSize(MAX_MESSAGE)
                .maxInboundMetadataSize(MAX_METADATA)
                .maxConcurrentCallsPerConnection(MAX_CALLS_A_CONNECTION)
                .maxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .flowControlWindow(WINDOW)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .keepAliveTime(1, TimeUnit.MINUTES)
                .keepAliveTimeout(20, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxConnectionIdle(10, TimeUnit.MINUTES);
    }

    /** Clients of last year know the service by its older name alone. */
    @SuppressWarnings("deprecation")
    private static BindableService olderReflection() {
        return ProtoReflectionService.newInstance();
    }

    /** Serves those who come to the socket. */
    static GrpcServer start(
            ServerSocketChannel listening,
            int calls,
            GrpcWorld world,
            WatchLimits limits,
            GrpcStatistics statistics,
            Instant since)
            throws IOException {
        GrpcServer made = new GrpcServer(listening, calls, world, limits, statistics, since);
        made.health.setStatus(WatcherServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
        made.server.start();
        Thread.ofVirtual().name("grpc-health").start(made::lookAfterHealth);
        return made;
    }

    /** The neighbours write: they serve where the store does. */
    private void lookAfterHealth() {
        try {
            do {
                ServingStatus writing = desk.trouble() == null ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
                health.setStatus(ConfigurationServiceGrpc.SERVICE_NAME, writing);
                health.setStatus(DatabaseServiceGrpc.SERVICE_NAME, writing);
            } while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int connections() {
        return channel.connections();
    }

    /** How many calls run. */
    int calls() {
        return guard.running();
    }

    /** Takes no more calls; those that run have half a second to end. */
    @Override
    public void close() {
        closed.countDown();
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
        loop.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP_MS);
    }
}
