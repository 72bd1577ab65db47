package io.innkeeper.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many connections may be open, all in all and for one client. For all threads. */
public final class StreamSlots {
    private final Map<InetAddress, Integer> perClient = new HashMap<>();
    private int open;
    private int most;
    private int mostOfOne;
    private int idleMs;
    private long refused;

    /** None is open. */
    public StreamSlots(int most, int mostOfOne, int idleMs) {
        limits(most, mostOfOne, idleMs);
    }

    /** Other limits; what is open stays. */
    public synchronized void limits(int all, int one, int idle) {
        most = all;
        mostOfOne = one;
        idleMs = idle;
    }

    synchronized boolean take(InetAddress client) {
        int of = perClient.getOrDefault(client, 0);
        if (open >= most || of >= mostOfOne) {
            refused++;
            return false;
        }
        open++;
        perClient.put(client, of + 1);
        return true;
    }

    synchronized void free(InetAddress client) {
        open--;
        perClient.computeIfPresent(client, (_, of) -> of > 1 ? of - 1 : null);
    }

    /** How long a connection may be silent. */
    synchronized int idleMs() {
        return idleMs;
    }

    /** How many are open. */
    public synchronized int open() {
        return open;
    }

    /** How many were turned away since the start. */
    public synchronized long refused() {
        return refused;
    }
}
