package io.innkeeper.dns.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The slices of a window, the newest first; empty ones are left out. */
final class SliceRing {
    private final int slices;
    private final long widthMs;
    private final Deque<StatisticsSlice> ring = new ArrayDeque<>();

    SliceRing(StatisticsWindow window) {
        slices = window.slices;
        widthMs = window.widthMs;
    }

    /** The slice of now. A clock that goes back changes nothing: what comes is counted to the newest slice. */
    StatisticsSlice current(long atMs) {
        long start = Math.floorDiv(atMs, widthMs) * widthMs;
        StatisticsSlice newest = ring.peekFirst();
        if (newest != null && newest.startMs >= start) {
            return newest;
        }
        StatisticsSlice slice = new StatisticsSlice(start);
        enter(slice);
        return slice;
    }

    /** A slice that is newer than all. */
    void enter(StatisticsSlice slice) {
        ring.addFirst(slice);
        dropOlderThan(slice.startMs);
    }

    private void dropOlderThan(long newestMs) {
        while (!ring.isEmpty() && ring.getLast().startMs <= newestMs - slices * widthMs) {
            ring.removeLast();
        }
    }

    /** The slices that are in the window now, the newest first. */
    List<StatisticsSlice> at(long nowMs) {
        dropOlderThan(Math.floorDiv(nowMs, widthMs) * widthMs);
        return new ArrayList<>(ring);
    }

    void clear() {
        ring.clear();
    }
}
