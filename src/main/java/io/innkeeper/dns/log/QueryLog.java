package io.innkeeper.dns.log;

import io.innkeeper.config.DnsLog;
import io.innkeeper.config.DnsLogMode;
import io.innkeeper.io.ThreadNice;
import io.innkeeper.wire.net.MacAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query log of the DNS server: a thread of its own, which yields to others, reads the {@link QueryTape}, keeps rows in files,
 * counts, tells live followers, and reports who asked. Searches run on the threads of those who ask.
 *
 * <p>Where the log is off, nothing is kept but counts of steps; where it is anonymous, not who asked. What was kept before the
 * mode changed remains until it is too old or {@link #forgetEverything}.
 */
public final class QueryLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryLog.class);

    private static final long LOOK_MS = 200;
    private static final long FLUSH_MS = 2_000;
    private static final long REPORT_MS = 5_000;
    private static final long TIDY_MS = 60_000;
    private static final long SAVE_MS = 300_000;
    private static final long MAX_CLOSE_MS = 10_000;
    private static final int MAX_WISHES = 16;

    /** Chunks that are read before the log looks at the clock again. */
    private static final int CHUNKS_A_TURN = 16;

    /** What others want of the log's thread. */
    private record Wish(QueryFilter what, boolean all, CompletableFuture<Long> done) {}

    private final QueryTape tape;
    private final LogWorld world;
    private final QueryStore store;
    private final QueryStatistics statistics;
    private final StatisticsFile statisticsFile;
    private final LiveQueries live = new LiveQueries();
    private final ArrayBlockingQueue<Wish> wishes = new ArrayBlockingQueue<>(MAX_WISHES);
    private final Thread thread;
    private volatile DnsLog settings;
    private volatile DetailNames names = new DetailNames(List.of(), List.of());
    private volatile boolean closing;

    /** Of the log's thread from here on. */
    private final RowMaker rows;

    private long flushedMs;
    private long reportedMs;
    private long tidiedMs;
    private long savedMs;

    /**
     * A log that does nothing before {@link #start}.
     *
     * @param folder for its files only; made where it does not exist
     * @param tape what the server writes
     */
    public QueryLog(Path folder, QueryTape tape, LogWorld world, DnsLog settings) {
        this.tape = tape;
        this.world = world;
        this.settings = settings;
        store = new QueryStore(folder);
        statistics = new QueryStatistics(world.clock());
        statisticsFile = new StatisticsFile(folder);
        rows = new RowMaker(world.devices());
        thread = Thread.ofPlatform().name("dns-log").daemon().unstarted(this::loop);
    }

    /**
     * Reads what there is in the folder, and begins.
     *
     * @throws IOException if the folder cannot be read or written
     */
    public void start() throws IOException {
        open();
        begin();
    }

    /** Starts the thread. */
    void begin() {
        thread.start();
    }

    /** Reads what there is in the folder. */
    void open() throws IOException {
        store.open(settings, world.clock().millis());
        statisticsFile.read(statistics);
        savedMs = world.clock().millis();
        tidiedMs = savedMs;
    }

    /** What is kept, how long and how much, from now on. */
    public void configure(DnsLog next) {
        settings = next;
    }

    /**
     * What the numbers of lists and upstreams mean from now on; what was written before keeps its names.
     *
     * @param lists list 0, 1 and so on
     * @param upstreams upstream 0, 1 and so on
     */
    public void names(List<String> lists, List<String> upstreams) {
        names = new DetailNames(lists, upstreams);
    }

    /** The newest rows that match; those of the last moment may not be in it yet. */
    public QueryPage search(QueryFilter filter) {
        return store.search(filter, world.clock().millis());
    }

    /** Counts and top lists. */
    public QueryStatistics statistics() {
        return statistics;
    }

    /** Queries as they come. */
    public LiveQueries live() {
        return live;
    }

    /** How it stands. */
    public LogState state() {
        return store.state(settings.mode(), tape.dropped());
    }

    /** Removes all rows and statistics; done, with the number of rows, when they are gone from the disk. */
    public CompletableFuture<Long> forgetEverything() {
        return wish(QueryFilter.newest(1), true);
    }

    /**
     * Removes all rows of a device, and takes it out of the top list; done, with the number of rows, when they are gone from
     * the disk. Rows from before it was known whose address that is are not among them.
     */
    public CompletableFuture<Long> forget(MacAddress device) {
        return wish(QueryFilter.newest(1).ofDevice(device), false);
    }

    private CompletableFuture<Long> wish(QueryFilter what, boolean all) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        if (closing || !wishes.offer(new Wish(what, all, done))) {
            done.completeExceptionally(new IOException("the query log is busy or closed"));
        }
        return done;
    }

    private void loop() {
        ThreadNice.lower();
        try {
            while (!closing) {
                turn();
                Wish wish = wishes.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (wish != null) {
                    fulfil(wish);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The query log ends", e);
            world.fault().accept(e);
        }
    }

    /** One look at everything. */
    void turn() {
        boolean more = true;
        while (more && !closing) {
            more = read();
            look();
        }
    }

    /** True if there may be more. */
    private boolean read() {
        for (int i = 0; i < CHUNKS_A_TURN; i++) {
            TapeChunk chunk = tape.next();
            if (chunk == null) {
                return false;
            }
            take(chunk);
            tape.giveBack(chunk);
        }
        return true;
    }

    private void take(TapeChunk chunk) {
        DnsLogMode mode = settings.mode();
        List<QueryRow> made = rows.read(chunk, mode, names, store.nextSequence(), statistics);
        store.add(made);
        if (live.followers() > 0) {
            made.forEach(live::tell);
        }
    }

    private void look() {
        long nowMs = world.clock().millis();
        if (isTime(nowMs, flushedMs, FLUSH_MS)) {
            flushedMs = nowMs;
            store.flush(settings, nowMs);
        }
        if (isTime(nowMs, reportedMs, REPORT_MS)) {
            reportedMs = nowMs;
            report();
        }
        if (isTime(nowMs, tidiedMs, TIDY_MS)) {
            tidiedMs = nowMs;
            store.tidy(settings, nowMs);
        }
        if (isTime(nowMs, savedMs, SAVE_MS)) {
            savedMs = nowMs;
            statisticsFile.write(statistics);
        }
    }

    /** A clock that goes back counts as time that went by. */
    private static boolean isTime(long nowMs, long lastMs, long everyMs) {
        return Math.abs(nowMs - lastMs) >= everyMs;
    }

    private void report() {
        List<QuerySighting> sightings = rows.visits().report();
        if (!sightings.isEmpty()) {
            world.sightings().accept(sightings);
        }
    }

    private void fulfil(Wish wish) {
        try {
            read();
            MacAddress device = wish.what().device();
            if (wish.all()) {
                statistics.clear();
            } else if (device != null) {
                statistics.forget(device);
            }
            statisticsFile.write(statistics);
            wish.done().complete(wish.all() ? store.forgetAll() : store.forget(wish.what()));
        } catch (IOException e) {
            wish.done().completeExceptionally(e);
        }
    }

    /** Ends when all that the server wrote is on disk; the server's thread has to have ended. */
    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive()) {
                thread.join(MAX_CLOSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            finish();
        }
        live.end();
        refuseWishes();
    }

    private void finish() {
        while (read()) {
            // All that there is.
        }
        TapeChunk rest = tape.rest();
        if (rest != null) {
            take(rest);
        }
        store.close(settings, world.clock().millis());
        statisticsFile.write(statistics);
        report();
    }

    private void refuseWishes() {
        @Nullable Wish wish = wishes.poll();
        while (wish != null) {
            wish.done().completeExceptionally(new IOException("the query log is closed"));
            wish = wishes.poll();
        }
    }
}
