package io.innkeeper.feed.rdk;

import io.innkeeper.wire.rdk.Rejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that were not taken: counted, logged now and then, and kept in hex while somebody wants to see them. */
public final class RefusedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedMessages.class);

    /** How many are kept. */
    static final int KEPT = 50;

    /** How many octets of each are kept. */
    static final int OCTETS = 2_048;

    /** How long the log is silent about a reason after it told of it. */
    private static final long SILENT_NANOS = 10_000_000_000L;

    /**
     * A message that was not taken, as JSON.
     *
     * @param at when
     * @param ifname the interface it names, or empty
     * @param reason why
     * @param detail what is wrong with it
     * @param length octets
     * @param hex its first {@value RefusedMessages#OCTETS} octets
     */
    public record Dump(Instant at, String ifname, String reason, String detail, int length, String hex) {}

    private final MonitorCounts counts;
    private final MessageLog log;
    private final InstantSource clock;
    private final Deque<Dump> dumps = new ArrayDeque<>();
    private final Map<Rejected.Reason, Long> loggedNanos = new EnumMap<>(Rejected.Reason.class);
    private boolean keeping;

    /** Keeps none yet. */
    public RefusedMessages(MonitorCounts counts, MessageLog log, InstantSource clock) {
        this.counts = counts;
        this.log = log;
        this.clock = clock;
    }

    /** Begins or ends to keep them; what is kept goes with the end. */
    public synchronized void keep(boolean wanted) {
        keeping = wanted;
        if (!wanted) {
            dumps.clear();
        }
    }

    /** Whether they are kept. */
    public synchronized boolean isKeeping() {
        return keeping;
    }

    /** Those that are kept, the newest first. */
    public synchronized List<Dump> kept() {
        return List.copyOf(dumps.reversed());
    }

    /** A message was not taken. */
    public synchronized void refused(Rejected rejected, byte[] octets) {
        counts.message(rejected.ifname(), rejected.reason().text());
        log.add(rejected, rejected.reason().text(), 1, clock.instant());
        long nanos = System.nanoTime();
        Long before = loggedNanos.get(rejected.reason());
        if (before == null || nanos - before >= SILENT_NANOS) {
            loggedNanos.put(rejected.reason(), nanos);
            LOG.warn(
                    "A message of {} octets about interface '{}' is not taken ({}): {}",
                    rejected.length(),
                    rejected.ifname(),
                    rejected.reason().text(),
                    rejected.detail());
        }
        if (keeping) {
            if (dumps.size() == KEPT) {
                dumps.removeFirst();
            }
            String hex = HexFormat.of().formatHex(Arrays.copyOf(octets, Math.min(octets.length, OCTETS)));
            dumps.addLast(new Dump(
                    clock.instant(),
                    rejected.ifname(),
                    rejected.reason().text(),
                    rejected.detail(),
                    octets.length,
                    hex));
        }
    }
}
