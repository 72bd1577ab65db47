package io.innkeeper.feed.dnsmasq;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Ends a thread's wait before its time. Calls that come while it works are not lost: the next wait ends at once. */
final class Wake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private boolean pending;

    void raise() {
        lock.lock();
        try {
            pending = true;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #raise} was called since the last wait, or the time is over. */
    void await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!pending && left > 0) {
                left = raised.awaitNanos(left);
            }
            pending = false;
        } finally {
            lock.unlock();
        }
    }
}
