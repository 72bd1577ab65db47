package io.innkeeper.device;

import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * Tells two devices from one that uses two hardware addresses. One device may change to the other address and back, but is never
 * heard under both by turns, again and again. Belongs to one thread.
 */
public final class Turns {
    /** So long after the last turn a vanished address may seem to be there: as long as the kernel believes in an old answer. */
    private static final Duration APART = Duration.ofMinutes(1);

    /** Heard by turns so often, they are two. */
    private static final int TWO = 4;

    /**
     * Who speaks.
     *
     * @param speaker one of the two
     * @param at since when
     * @param count turns up to now, neither of them having been silent in between
     */
    private record Turn(MacAddress speaker, Instant at, int count) {}

    private final LinkedHashMap<MacAddress, Turn> turns = new LinkedHashMap<>();

    /**
     * One of two that are thought to be one device was heard.
     *
     * @param link what is thought
     * @param speaker who was heard
     * @param otherIsThere whether the other one was heard a short while ago
     * @return true where they are two: both are there at the same time
     */
    public boolean areTwo(DeviceLink link, MacAddress speaker, boolean otherIsThere, Instant at) {
        Turn last = turns.get(link.mac());
        Turn before = last == null ? new Turn(link.mac(), link.at(), 0) : last;
        if (before.speaker().equals(speaker) || at.isBefore(before.at().plus(APART))) {
            return false;
        }
        Turn turn = new Turn(speaker, at, otherIsThere ? before.count() + 1 : 0);
        if (turn.count() >= TWO) {
            turns.remove(link.mac());
            return true;
        }
        turns.put(link.mac(), turn);
        if (turns.size() > LinkBook.MOST) {
            turns.pollFirstEntry();
        }
        return false;
    }
}
