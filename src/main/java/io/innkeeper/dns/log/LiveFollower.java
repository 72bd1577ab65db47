package io.innkeeper.dns.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** One who looks at queries as they come. Who is slow loses the oldest rows, and is told how many. */
public final class LiveFollower implements AutoCloseable {
    /** The most rows that wait. */
    public static final int BUFFER = 1000;

    /**
     * Rows that came since the last time.
     *
     * @param rows in order; none where nothing came in time
     * @param lost how many before them were lost
     * @param ended nothing will come any more
     */
    public record Batch(List<QueryRow> rows, long lost, boolean ended) {
        /** Copies the list. */
        public Batch {
            rows = List.copyOf(rows);
        }
    }

    private final QueryFilter filter;
    private final Consumer<LiveFollower> leave;
    private final Deque<QueryRow> waiting = new ArrayDeque<>();
    private long lost;
    private boolean ended;

    LiveFollower(QueryFilter filter, Consumer<LiveFollower> leave) {
        this.filter = filter;
        this.leave = leave;
    }

    void tell(QueryRow row) {
        if (!filter.matches(row)) {
            return;
        }
        synchronized (this) {
            if (waiting.size() == BUFFER) {
                waiting.removeFirst();
                lost++;
            }
            waiting.addLast(row);
            notifyAll();
        }
    }

    /**
     * What came; waits for it, but not for longer than this.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public synchronized Batch take(Duration longest) throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        while (waiting.isEmpty() && !ended) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        Batch batch = new Batch(new ArrayList<>(waiting), lost, ended);
        waiting.clear();
        lost = 0;
        return batch;
    }

    /** Follows no longer; who waits is told. */
    @Override
    public void close() {
        leave.accept(this);
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }
}
