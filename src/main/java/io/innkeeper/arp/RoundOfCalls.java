package io.innkeeper.arp;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the known hosts one by one, each alone once in the interval: with so many hosts, one in each so-many-th part of the
 * interval, whichever addresses they have. Who was heard in the last half of the interval is not called. Who does not answer
 * is asked again after one second, two, four; the last time everybody is asked.
 */
final class RoundOfCalls {
    private final KnownHosts known;
    /** By how often they were asked. */
    private final DueQueue[] open = new DueQueue[Questions.MOST_TRIES];

    private int cursor;
    private int round;
    private final Ticks ticks = new Ticks();

    RoundOfCalls(KnownHosts known) {
        this.known = known;
        for (int i = 0; i < open.length; i++) {
            open[i] = new DueQueue();
        }
    }

    /** When the next host has its turn; {@link Long#MAX_VALUE} where there is none. */
    long nextAt(long interval) {
        return known.count() == 0 ? Long.MAX_VALUE : ticks.nextAt(interval / known.count());
    }

    /** The next host whose turn it is; null where it is nobody's, or who has it needs not be called. */
    @Nullable
    Asking next(long interval, long now) {
        for (int most = known.count(); most > 0 && nextAt(interval) <= now; most--) {
            ticks.take(interval / known.count(), now);
            int slot = nextSlot();
            boolean heardLately = now - known.heardAt(slot) < interval / 2;
            boolean notThisRound = (round & ((1 << Math.min(known.misses(slot), ScanPlan.MOST_MISSES)) - 1)) != 0;
            if (!heardLately && !notThisRound && known.tries(slot) == 0) {
                return ask(slot, 1, now, false);
            }
        }
        return null;
    }

    /** There is at least one host. */
    private int nextSlot() {
        do {
            if (++cursor >= known.top()) {
                cursor = 0;
                round++;
            }
        } while (known.isFree(cursor));
        return cursor;
    }

    private Asking ask(int slot, int tries, long now, boolean everybody) {
        long due = now + (ScanPlan.FIRST_WAIT << (tries - 1));
        known.asked(slot, tries, due);
        open[tries - 1].put(slot, due);
        return new Asking(known.link(slot), known.address(slot), everybody ? null : known.mac(slot));
    }

    /**
     * The next host to be asked again; null where there is none.
     *
     * @param gone told of a host that was silent for too many rounds
     */
    @Nullable
    Asking again(int tries, long now, IntConsumer gone, LossWatch losses) {
        for (int i = 0; i < open.length; i++) {
            DueQueue queue = open[i];
            while (queue.firstDue() <= now) {
                int slot = queue.first();
                long due = queue.firstDue();
                queue.removeFirst();
                if (known.tries(slot) != i + 1 || known.dueAt(slot) != due) {
                    continue; // answered meanwhile
                }
                if (i == 0 && known.misses(slot) == 0) {
                    losses.lost();
                }
                if (i + 1 < tries) {
                    boolean last = i + 2 >= tries;
                    return ask(slot, i + 2, now, last && !known.address(slot).v6());
                }
                known.missed(slot);
                if (known.misses(slot) >= ScanPlan.MOST_MISSES) {
                    gone.accept(slot);
                }
            }
        }
        return null;
    }

    /** When there may be somebody to ask again; {@link Long#MAX_VALUE} for nobody. */
    long againAt() {
        long first = Long.MAX_VALUE;
        for (DueQueue queue : open) {
            first = Math.min(first, queue.firstDue());
        }
        return first;
    }
}
