package io.innkeeper;

import io.innkeeper.config.DnsCacheConfig;
import io.innkeeper.dns.CacheFile;
import io.innkeeper.dns.DnsServer;
import io.innkeeper.dns.KeptAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the cache of the DNS server outlast a restart. What was written is given back piece by piece, between batches of
 * questions, so that nobody waits for it.
 */
final class DnsMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsMemory.class);
    private static final long EVERY_MINUTES = 15;
    private static final long PATIENCE_S = 5;

    private final CacheFile file;
    private final DnsServer server;
    private final Supplier<DnsCacheConfig> config;
    private final ScheduledExecutorService housekeeping;
    private final Thread reader = Thread.ofPlatform().name("dns-cache").daemon().unstarted(this::read);
    private volatile boolean closed;

    /** Does nothing yet. */
    DnsMemory(
            CacheFile file, DnsServer server, Supplier<DnsCacheConfig> config, ScheduledExecutorService housekeeping) {
        this.file = file;
        this.server = server;
        this.config = config;
        this.housekeeping = housekeeping;
    }

    /** Begins to read. */
    void start() {
        reader.start();
        Future<?> _ = housekeeping.scheduleWithFixedDelay(this::write, EVERY_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    private void read() {
        if (!config.get().save()) {
            return;
        }
        try {
            int[] taken = new int[1];
            CacheFile.End end = file.read(block -> taken[0] += restore(block));
            switch (end) {
                case NONE -> {}
                case WHOLE -> LOG.info("{} answers are still known from before", taken[0]);
                case TORN ->
                    LOG.warn(
                            "The file of the DNS cache is damaged: {} answers could be read, the rest is left out",
                            taken[0]);
            }
        } catch (IOException e) {
            LOG.warn("The file of the DNS cache cannot be read: {}", e.toString());
        }
    }

    private int restore(List<KeptAnswer> block) {
        return closed
                ? 0
                : of(server.ask((engine, nowMs) -> engine.cache().restore(block, nowMs)))
                        .orElse(0);
    }

    private static <T> Optional<T> of(CompletableFuture<T> future) {
        try {
            return Optional.of(future.get(PATIENCE_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The DNS server did not answer: {}", e.toString());
        }
        return Optional.empty();
    }

    /** Not while it is still being read: what was not taken back yet would be lost. */
    private synchronized void write() {
        if (reader.isAlive()) {
            return;
        }
        try {
            if (config.get().save()) {
                // A server that does not answer any more leaves what was written before.
                Optional<List<KeptAnswer>> answers =
                        of(server.ask((engine, nowMs) -> engine.cache().written(nowMs)));
                if (answers.isPresent()) {
                    file.write(answers.get());
                }
            } else {
                file.delete();
            }
        } catch (IOException e) {
            LOG.warn("The DNS cache cannot be written: {}", e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
