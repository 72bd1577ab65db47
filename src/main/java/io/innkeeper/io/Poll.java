package io.innkeeper.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Waits until one of a few sockets has something to read, or somebody calls {@link Wakeup}. For one thread at a time. */
final class Poll {
    // struct pollfd { int fd; short events; short revents; }
    private static final int ENTRY = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;

    private final Libc libc = new Libc();
    private final MemorySegment entries;
    private final MemorySegment writable;
    private final Wakeup wakeup;
    private final int sockets;

    Poll(Arena arena, Wakeup wakeup, int... sockets) {
        this.wakeup = wakeup;
        this.sockets = sockets.length;
        entries = arena.allocate((long) ENTRY * (sockets.length + 1), ENTRY);
        writable = arena.allocate(ENTRY, ENTRY);
        for (int i = 0; i < sockets.length; i++) {
            enter(i, sockets[i]);
        }
        enter(sockets.length, wakeup.fd());
    }

    private void enter(int index, int fd) {
        entries.set(ValueLayout.JAVA_INT, (long) index * ENTRY, fd);
        entries.set(ValueLayout.JAVA_SHORT, (long) index * ENTRY + EVENTS, Libc.POLLIN);
    }

    /**
     * Waits.
     *
     * @param timeoutMs at most so long; -1 for ever
     * @return true if a socket is ready, see {@link #ready}; false after the time, a wake-up or a signal
     */
    boolean await(int timeoutMs) throws IOException {
        int ready = libc.poll(entries, sockets + 1, timeoutMs);
        if (ready < 0) {
            if (ready != -Errno.EINTR) {
                throw new IOException("cannot wait for packets: " + libc.describe(-ready));
            }
            return false;
        }
        boolean woken = ready > 0 && returned(sockets) != 0;
        if (woken) {
            wakeup.noticed();
        }
        return ready > (woken ? 1 : 0);
    }

    /** Whether the socket with this place in the constructor was ready, or has an error to tell, at the last {@link #await}. */
    boolean ready(int index) {
        return returned(index) != 0;
    }

    private short returned(int index) {
        return entries.get(ValueLayout.JAVA_SHORT, (long) index * ENTRY + RETURNED);
    }

    /** Waits until a socket takes something to send; false after {@code timeoutMs} without. */
    boolean awaitWritable(int fd, int timeoutMs) {
        writable.set(ValueLayout.JAVA_INT, 0, fd);
        writable.set(ValueLayout.JAVA_SHORT, EVENTS, Libc.POLLOUT);
        return libc.poll(writable, 1, timeoutMs) > 0;
    }
}
