package io.innkeeper.desk;

import io.innkeeper.device.Sighting;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Signs of life, and of none, on their way to the desk. They come by the thousand and repeat themselves, so whoever brings them
 * never waits: what does not fit is counted and dropped. Safe for any thread.
 */
final class Signs {
    /** How many are taken at once: bounds a transaction, and how long other work waits. */
    static final int AT_ONCE = 1_000;

    /** Somebody who was asked and did not answer. */
    record Silence(MacAddress mac, IpAddress address) {}

    private final BlockingQueue<Sighting> sightings;
    private final BlockingQueue<Silence> silences;
    private final DeskStatistics statistics;
    private final Runnable wake;

    /** @param waiting how many of each may wait */
    Signs(int waiting, DeskStatistics statistics, Runnable wake) {
        this.sightings = new ArrayBlockingQueue<>(waiting);
        this.silences = new ArrayBlockingQueue<>(waiting);
        this.statistics = statistics;
        this.wake = wake;
    }

    void seen(Collection<Sighting> heard) {
        int dropped = 0;
        for (Sighting sighting : heard) {
            if (!sightings.offer(sighting)) {
                dropped++;
            }
        }
        if (dropped > 0) {
            statistics.sightingsDropped(dropped);
        }
        wake.run();
    }

    void silent(MacAddress mac, IpAddress address) {
        if (!silences.offer(new Silence(mac, address))) {
            statistics.sightingsDropped(1);
        }
    }

    /** The oldest that wait. */
    List<Sighting> take() {
        List<Sighting> taken = new ArrayList<>();
        sightings.drainTo(taken, AT_ONCE);
        return taken;
    }

    /** The oldest that wait. */
    List<Silence> takeSilences() {
        List<Silence> taken = new ArrayList<>();
        silences.drainTo(taken, AT_ONCE);
        return taken;
    }
}
