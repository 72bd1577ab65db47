package io.innkeeper.tell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Decides which monitor hears of which interface. A monitor counts as living until it fails; then it is tried again after a while
 * that doubles, and counts as living again once it answers: nothing waits for a trial. Monitors are numbers, in the order of the list.
 */
final class MonitorChoice {
    /** So often all others must have failed in a row before a last resort is used: a monitor that starts anew is waited for. */
    static final int LAST_RESORT_AFTER = 3;

    private static final int MAX_DOUBLINGS = 20;

    /**
     * One monitor.
     *
     * @param name always the same for the same monitor
     * @param lastResort whether it is used only where none of the others lives
     */
    record Candidate(String name, boolean lastResort) {}

    /**
     * How long a monitor that failed is left alone.
     *
     * @param firstMs after the first failure
     * @param mostMs at most
     */
    record Patience(long firstMs, long mostMs) {
        /** For a command that somebody waits for. */
        static final Patience SHORT = new Patience(100, 2_000);

        /** For a process that stays. */
        static final Patience LONG = new Patience(250, 30_000);

        /** @param chance from 0 to below 1: between half of the while and all of it */
        long afterMs(int failures, double chance) {
            long whole = Math.min(firstMs << Math.clamp(failures - 1, 0, MAX_DOUBLINGS), mostMs);
            return whole / 2 + (long) (chance * (whole - whole / 2));
        }
    }

    private final List<Candidate> candidates;
    private final Balance balance;
    private final Patience patience;
    private final int[] failures;
    private final boolean[] living;
    private final long[] retryAtMs;
    private final boolean[] trial;

    MonitorChoice(List<Candidate> candidates, Balance balance, Patience patience) {
        this.candidates = List.copyOf(candidates);
        this.balance = balance;
        this.patience = patience;
        this.failures = new int[candidates.size()];
        this.living = new boolean[candidates.size()];
        Arrays.fill(living, true);
        this.retryAtMs = new long[candidates.size()];
        this.trial = new boolean[candidates.size()];
    }

    /** Who is to hear of an interface now; empty where nobody lives. */
    OptionalInt of(String interfaceName) {
        List<Integer> usable = usable();
        if (usable.isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(balance == Balance.FIRST ? usable.getFirst() : heaviest(usable, interfaceName));
    }

    private List<Integer> usable() {
        List<Integer> regular = living(false);
        boolean patienceIsOver = IntStream.range(0, failures.length)
                .filter(monitor -> !candidates.get(monitor).lastResort())
                .allMatch(monitor -> failures[monitor] >= LAST_RESORT_AFTER);
        return regular.isEmpty() && patienceIsOver ? living(true) : regular;
    }

    private List<Integer> living(boolean lastResort) {
        return IntStream.range(0, failures.length)
                .filter(monitor -> living[monitor])
                .filter(monitor -> candidates.get(monitor).lastResort() == lastResort)
                .boxed()
                .toList();
    }

    /**
     * Rendezvous hashing: each monitor has a weight for the interface, and the heaviest wins. Where one dies, only its interfaces move;
     * where it comes back, only they come back.
     */
    private int heaviest(List<Integer> monitors, String interfaceName) {
        int best = monitors.getFirst();
        for (int monitor : monitors) {
            if (Long.compareUnsigned(weight(monitor, interfaceName), weight(best, interfaceName)) > 0) {
                best = monitor;
            }
        }
        return best;
    }

    private long weight(int monitor, String interfaceName) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : (candidates.get(monitor).name() + '\n' + interfaceName).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        // FNV alone leaves names that differ at their end alike in their upper bits.
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** It could not be reached, or its connection broke. */
    void failed(int monitor, long nowMs, double chance) {
        failures[monitor]++;
        living[monitor] = false;
        trial[monitor] = false;
        retryAtMs[monitor] = nowMs + patience.afterMs(failures[monitor], chance);
    }

    /** It answered, and is used from now on. */
    void answered(int monitor) {
        living[monitor] = true;
        trial[monitor] = false;
    }

    /** It took a message: only that ends a row of failures, as one with another key answers too. */
    void took(int monitor) {
        failures[monitor] = 0;
    }

    /** Those that failed and are to be tried now; each is named once, until it failed or answered. */
    List<Integer> trials(long nowMs) {
        List<Integer> due = new ArrayList<>();
        for (int monitor = 0; monitor < failures.length; monitor++) {
            if (!living[monitor] && !trial[monitor] && retryAtMs[monitor] <= nowMs) {
                trial[monitor] = true;
                due.add(monitor);
            }
        }
        return due;
    }

    /** When the next trial is due, milliseconds; {@link Long#MAX_VALUE} for never. */
    long nextTrialAtMs() {
        return IntStream.range(0, failures.length)
                .filter(monitor -> !living[monitor] && !trial[monitor])
                .mapToLong(monitor -> retryAtMs[monitor])
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
