package io.innkeeper.api.control;

import io.innkeeper.config.ControlConfig;
import io.innkeeper.service.CommandResponse;
import io.innkeeper.service.Health;
import io.innkeeper.service.Service;
import io.innkeeper.service.ServiceController;
import io.innkeeper.service.ServiceException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code control}: commands through a UNIX socket. One virtual thread accepts, one serves each connection, one
 * looks for idle ones. What is held for a connection is bounded by {@link ControlConfig#line}, how many there are by
 * {@link ControlConfig#connections}.
 */
public final class ControlService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);

    /** How soon an idle connection is noticed, at the latest. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** How long to rest when the system gives no more connections (no more file descriptors). */
    private static final Duration REST = Duration.ofMillis(100);

    private final ControlConfig config;
    private final ControlDesk desk;
    private final Semaphore places;
    private final Set<ControlConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong idle = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable SocketFile socket;
    private volatile @Nullable String trouble;

    /** Not listening yet. */
    public ControlService(ControlConfig config, ServiceController services) {
        this.config = config;
        this.desk = new ControlDesk(services);
        this.places = new Semaphore(config.connections());
    }

    @Override
    public void start(FailureListener listener) throws ServiceException {
        SocketFile opened = SocketFile.open(config.file(), Integer.parseInt(config.mode(), 8));
        socket = opened;
        Thread.ofVirtual().name("control-accept").start(() -> accept(opened, listener));
        Thread.ofVirtual().name("control-idle").start(this::lookForIdle);
        LOG.info("Commands are taken at {}", opened.path());
    }

    private void accept(SocketFile opened, FailureListener listener) {
        try {
            while (closed.getCount() > 0) {
                try {
                    serve(opened.accept());
                    trouble = null;
                } catch (AsynchronousCloseException e) {
                    return;
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    trouble = "no more connections can be had: " + e.getMessage();
                    boolean _ = closed.await(REST.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            listener.failed(e);
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (!places.tryAcquire()) {
            turnAway(channel);
            return;
        }
        ControlConnection connection =
                new ControlConnection(channel, desk, (int) config.line().bytes(), config.rate(), answered);
        open.add(connection);
        Thread.ofVirtual().name("control").start(() -> {
            try {
                connection.run();
            } finally {
                open.remove(connection);
                places.release();
            }
        });
        if (closed.getCount() == 0) {
            connection.close();
        }
    }

    /** A new socket takes a line at once, so this does not block. */
    private void turnAway(SocketChannel channel) throws IOException {
        turnedAway.incrementAndGet();
        try (channel) {
            ControlConnection.write(
                    channel,
                    CommandResponse.serviceError("there are " + config.connections()
                            + " connections already; api.control.connections of the configuration is the limit"));
        } catch (IOException e) {
            LOG.debug("Gone before it was told: {}", e.toString());
        }
    }

    private void lookForIdle() {
        long everyMs = Math.min(LOOK_EVERY.toMillis(), Math.max(1, config.idle().toMillis() / 4));
        try {
            while (!closed.await(everyMs, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                for (ControlConnection connection : open) {
                    if (connection.isIdle(now, config.idle().toNanos())) {
                        idle.incrementAndGet();
                        connection.close();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many bytes of input are held for all connections. */
    long held() {
        return open.stream().mapToLong(ControlConnection::held).sum();
    }

    /** How many are connected. */
    int connections() {
        return open.size();
    }

    @Override
    public Health health() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("file", config.file().toString());
        detail.put("mode", config.mode());
        detail.put("connections", connections());
        detail.put("answered", answered.get());
        detail.put("turnedAway", turnedAway.get());
        detail.put("closedIdle", idle.get());
        String problem = trouble;
        return problem == null
                ? new Health(Health.Level.OK, "listening on " + config.file(), detail)
                : new Health(Health.Level.DEGRADED, problem, detail);
    }

    @Override
    public void close() {
        closed.countDown();
        SocketFile opened = socket;
        if (opened != null) {
            opened.close();
        }
        open.forEach(ControlConnection::close);
    }
}
