package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message, or time that went by, makes of the leases of an interface.
 *
 * @param told what the manager would publish, in this order
 * @param seen leases that are there
 * @param gone addresses whose lease is over
 * @param ignored why the message changes nothing, as a name for counters; null where it was heeded
 */
public record Outcome(
        List<MsgType> told,
        List<LeaseFact> seen,
        Set<IpAddress> gone,
        @Nullable String ignored) {
    /** Nothing happened. */
    public static final Outcome NOTHING = new Outcome(List.of(), List.of(), Set.of(), null);

    /** Copies the collections. */
    public Outcome {
        told = List.copyOf(told);
        seen = List.copyOf(seen);
        gone = Set.copyOf(gone);
    }

    /** The message changes nothing, for this reason. */
    static Outcome ignored(String why) {
        return new Outcome(List.of(), List.of(), Set.of(), why);
    }

    /** This one, and after it another. */
    Outcome and(Outcome next) {
        if (equals(NOTHING)) {
            return next;
        }
        List<MsgType> both = new ArrayList<>(told);
        both.addAll(next.told);
        Set<IpAddress> all = new HashSet<>(gone);
        all.addAll(next.gone);
        return new Outcome(both, next.seen, all, next.ignored);
    }
}
