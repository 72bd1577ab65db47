package io.innkeeper.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The one numbered stream. An event is on disk before anybody sees it: {@link #append} numbers, persists, then publishes,
 * and nothing comes between. The newest {@code capacity} events stay in memory, so that any number of followers reads them
 * without touching the store; a follower further behind reads the store first. Safe for any number of threads.
 */
public final class EventLog {
    /** Writes numbered events, and what belongs to them, in one transaction; throws if it cannot. */
    public interface Persist {
        /** All of it or nothing. */
        void write(List<Event> events);
    }

    /**
     * What a follower gets.
     *
     * @param events events after the number it asked for, in order; empty where none came in time
     * @param behind true where the events that follow are no longer in memory; read them from the store
     */
    public record Batch(List<Event> events, boolean behind) {
        /** Copies the list. */
        public Batch {
            events = List.copyOf(events);
        }
    }

    private static final Batch QUIET = new Batch(List.of(), false);
    private static final Batch BEHIND = new Batch(List.of(), true);

    private final AtomicReferenceArray<Event> ring;
    private final ReentrantLock writing = new ReentrantLock();
    private final long firstHere;
    private volatile long newest;
    private volatile boolean closed;

    /**
     * Opens when the next event is there; then another takes its place. Thousands of followers wait at it and all pass at
     * once: no lock stands between them, as one would with a condition.
     */
    private volatile CountDownLatch next = new CountDownLatch(1);

    /**
     * A log that goes on after the newest event of the store.
     *
     * @param newest the highest number ever given, 0 for a new store
     * @param capacity how many events stay in memory, at least 1
     */
    public EventLog(long newest, int capacity) {
        this.newest = newest;
        this.firstHere = newest + 1;
        this.ring = new AtomicReferenceArray<>(capacity);
    }

    /** The highest number given so far. */
    public long newest() {
        return newest;
    }

    /**
     * Numbers the drafts, persists them and shows them to the followers.
     *
     * @return the events, in order
     * @throws RuntimeException what {@code persist} throws; then no number is used and nothing is shown
     */
    public List<Event> append(List<EventDraft> drafts, Persist persist) {
        writing.lock();
        try {
            List<Event> events = new ArrayList<>(drafts.size());
            long number = newest;
            for (EventDraft draft : drafts) {
                events.add(draft.numbered(++number));
            }
            persist.write(events);
            publish(events);
            return events;
        } finally {
            writing.unlock();
        }
    }

    private void publish(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        for (Event event : events) {
            ring.set(slot(event.number()), event);
        }
        newest = events.getLast().number();
        wake();
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    /** Ends every wait, so that followers can see that something changed. */
    public void wake() {
        CountDownLatch reached;
        synchronized (ring) {
            reached = next;
            next = new CountDownLatch(1);
        }
        reached.countDown();
    }

    /**
     * The events after a number, as soon as there is one.
     *
     * @param after the last number that the follower has
     * @param max at most so many, at least 1
     * @param timeoutMs how long to wait for the first, in milliseconds
     * @param leaving true once the follower should wait no longer; looked at before it waits, which each {@link #wake} ends
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Batch await(long after, int max, long timeoutMs, BooleanSupplier leaving) throws InterruptedException {
        CountDownLatch awaited = next; // before the look at anything, so that nothing comes unseen in between
        boolean nothing = newest <= after && !closed && !leaving.getAsBoolean();
        if (nothing && !awaited.await(timeoutMs, TimeUnit.MILLISECONDS)) {
            return QUIET;
        }
        long last = Math.min(newest, after + max);
        if (last <= after) {
            return QUIET;
        }
        if (after + 1 < firstHere) {
            return BEHIND;
        }
        List<Event> events = new ArrayList<>((int) (last - after));
        for (long number = after + 1; number <= last; number++) {
            Event event = ring.get(slot(number));
            if (event == null || event.number() != number) {
                return BEHIND; // a newer one has taken the place
            }
            events.add(event);
        }
        return new Batch(events, false);
    }

    /** True once {@link #close} was called: followers should leave. */
    public boolean isClosed() {
        return closed;
    }

    /** Wakes all followers, who then find it closed. Events can still be appended. */
    public void close() {
        closed = true;
        wake();
    }
}
