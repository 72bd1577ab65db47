package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.PluginMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages of one interface that wait, in the order in which they came; a bounded number of them. */
final class LaneQueue {
    /** A message, whom to tell that it is stored, and when it was heard by a clock that only goes forward. */
    record Heard(PluginMessage message, @Nullable Receipt receipt, long nanos) {}

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Heard> waiting = new ArrayDeque<>();
    private boolean turnedAway;
    private boolean closed;

    LaneQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a message; false where it is full. */
    boolean offer(Heard heard) {
        lock.lock();
        try {
            if (waiting.size() >= capacity) {
                turnedAway = true;
                return false;
            }
            waiting.addLast(heard);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What waits, at most so many; empty where the time went by, or it was closed and nothing waits any more. */
    List<Heard> take(int most, long waitNanos) throws InterruptedException {
        long left = waitNanos;
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Heard> run = new ArrayList<>();
            while (run.size() < most && !waiting.isEmpty()) {
                run.add(waiting.removeFirst());
            }
            return run;
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody was turned away since this was last asked. */
    boolean turnedAway() {
        lock.lock();
        try {
            boolean was = turnedAway;
            turnedAway = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was closed and nothing waits any more. */
    boolean isDone() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How long a lane waits at most before it looks at the clock again, which may have been set. */
    static long atMostNanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(Math.clamp(millis, 1, 30_000));
    }
}
