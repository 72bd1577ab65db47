package io.innkeeper;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in a thread of its own what takes its time, for those who must never wait. What there is no room for is dropped, and counted. */
final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** Something that takes its time. */
    interface Work {
        void run() throws InterruptedException;
    }

    private final Runnable dropped;
    private final BlockingQueue<Work> waiting;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to carry.
     *
     * @param name of its thread
     * @param most how much may wait
     * @param dropped called for each piece for which there was no room
     */
    Courier(String name, int most, Runnable dropped) {
        this.dropped = dropped;
        waiting = new ArrayBlockingQueue<>(most);
        thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    /** Has something done, after all that waits. Never waits itself. */
    void put(Work work) {
        if (!waiting.offer(work)) {
            dropped.run();
        }
    }

    private void loop() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Work work = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (work != null) {
                    attempt(work);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("News could not be told ({})", thread.getName(), e);
        }
    }

    /** Finishes what waits, two seconds at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
