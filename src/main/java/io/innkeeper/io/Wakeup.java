package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the waiting of a thread that polls: an {@code eventfd} beside its sockets. Calls that come before it has been noticed
 * count as one.
 */
final class Wakeup implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
    private final MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
    private final Libc libc = new Libc();
    private final AtomicBoolean called = new AtomicBoolean();
    private final int fd;
    private boolean closed;

    /** @throws IOException if the process has no file descriptors left */
    Wakeup() throws IOException {
        fd = libc.eventfd();
        if (fd < 0) {
            arena.close();
            throw new IOException("cannot make an eventfd: " + libc.describe(-fd));
        }
    }

    /** What to poll, for reading. */
    int fd() {
        return fd;
    }

    /** Wakes the thread that polls, or lets its next poll end at once. From any thread; nothing after {@link #close}. */
    void call() {
        if (called.compareAndSet(false, true)) {
            synchronized (this) {
                if (!closed) {
                    libc.write(fd, one);
                }
            }
        }
    }

    /** Takes note; to be called when the descriptor is ready. */
    synchronized void noticed() {
        // In this order: a call between the two writes nothing, and what it is about is seen by whoever was woken just
        // now.
        libc.read(fd, count);
        called.set(false);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            libc.close(fd);
            arena.close();
        }
    }
}
