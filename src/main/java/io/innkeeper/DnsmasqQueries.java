package io.innkeeper;

import io.innkeeper.api.http.DnsQueryLogs;
import io.innkeeper.config.ByteSize;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsLog;
import io.innkeeper.config.DnsLogMode;
import io.innkeeper.dns.log.LogWorld;
import io.innkeeper.dns.log.QueryLog;
import io.innkeeper.dns.log.QuerySighting;
import io.innkeeper.dns.log.QueryTape;
import io.innkeeper.feed.dnsmasq.QueryLineSink;
import io.innkeeper.wire.dnsmasq.log.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query logs of the watched dnsmasq, a folder each beside the database. One is opened when the first line about a question
 * comes, or where there is one from before.
 */
final class DnsmasqQueries implements DnsQueryLogs, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsmasqQueries.class);

    /** Beside the database: {@code innkeeper.db-dnsmasq-queries/NAME}. */
    private static final String FOLDER = "-dnsmasq-queries";

    /** Before the name of a dnsmasq, where servers are told apart. */
    private static final String ORIGIN = "dnsmasq/";

    /** Who asked longer ago, as lines of the past tell, is not there because of it. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    /** How long to wait where the disk does not let us open one. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** What counts where our own DNS server is not configured: what its section says by itself. */
    private static final DnsLog USUAL = new DnsLog(DnsLogMode.FULL, Duration.ofDays(30), new ByteSize(256L << 20));

    private final Heart heart;
    private final Supplier<@Nullable DnsConfig> config;
    private final Path folder;
    private final AddressHolders holders;
    private final DnsNames names;
    private final Map<String, DnsmasqQueryLog> open = new TreeMap<>();

    /** When those that could not be opened are tried again. */
    private final Map<String, Long> againNanos = new TreeMap<>();

    private final ScheduledExecutorService everySecond = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("dnsmasq-queries").daemon().unstarted(work));
    private @Nullable DnsLog told;
    private boolean following;
    private boolean closed;

    /** @param config of our own DNS server, whose settings for its log count here too; null for none */
    DnsmasqQueries(Heart heart, Supplier<@Nullable DnsConfig> config) {
        this.heart = heart;
        this.config = config;
        folder = Path.of(heart.database.file() + FOLDER);
        holders = new AddressHolders();
        names = new DnsNames(heart, holders);
        var _ = everySecond.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private DnsLog settings() {
        DnsConfig own = config.get();
        return own == null ? USUAL : own.log();
    }

    /** Who takes the lines about questions of this dnsmasq. */
    QueryLineSink of(String name) {
        if (Files.isDirectory(folder.resolve(name))) {
            var _ = opened(name);
        }
        return (LogEntry entry, long atMs, int pid) -> opened(name).ifPresent(log -> log.heard(entry, atMs, pid));
    }

    @Override
    public synchronized List<String> servers() {
        return open.keySet().stream().map(name -> ORIGIN + name).toList();
    }

    @Override
    public synchronized Optional<QueryLog> log(String server) {
        return server.startsWith(ORIGIN)
                ? Optional.ofNullable(open.get(server.substring(ORIGIN.length())))
                        .map(DnsmasqQueryLog::log)
                : Optional.empty();
    }

    private synchronized Optional<DnsmasqQueryLog> opened(String name) {
        DnsmasqQueryLog log = open.get(name);
        Long again = againNanos.get(name);
        if (log != null || closed || (again != null && System.nanoTime() - again < 0)) {
            return Optional.ofNullable(log);
        }
        try {
            DnsmasqQueryLog made = make(name);
            open.put(name, made);
            return Optional.of(made);
        } catch (IOException e) {
            againNanos.put(name, System.nanoTime() + AGAIN.toNanos());
            LOG.error("The query log of dnsmasq '{}' cannot be kept in {}: {}", name, folder, e.getMessage());
            return Optional.empty();
        }
    }

    private DnsmasqQueryLog make(String name) throws IOException {
        if (!following) {
            following = true;
            names.start();
        }
        QueryTape tape = new QueryTape();
        LogWorld world = new LogWorld(
                heart.clock,
                holders::of,
                this::tell,
                fault -> LOG.error("The query log of dnsmasq '{}' ended", name, fault));
        QueryLog log = new QueryLog(folder.resolve(name), tape, world, settings());
        log.start();
        return new DnsmasqQueryLog(tape, log, heart.clock);
    }

    private void tell(List<QuerySighting> seen) {
        Instant since = heart.clock.instant().minus(RECENT);
        DnsLearning.tell(
                heart.desk, seen.stream().filter(one -> one.at().isAfter(since)).toList());
    }

    private synchronized void look() {
        DnsLog now = settings();
        if (!now.equals(told)) {
            told = now;
            open.values().forEach(log -> log.log().configure(now));
        }
        open.values().forEach(DnsmasqQueryLog::tick);
    }

    @Override
    public void close() {
        everySecond.shutdownNow();
        List<DnsmasqQueryLog> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(DnsmasqQueryLog::close);
        if (following) {
            names.close();
        }
    }
}
