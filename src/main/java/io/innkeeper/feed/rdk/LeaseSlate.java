package io.innkeeper.feed.rdk;

import io.innkeeper.feed.MsgType;
import io.innkeeper.lease.Details;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What one client has told the lease table so far. Pure; belongs to its client. */
final class LeaseSlate {
    private final Map<IpAddress, LeaseFact> told = new LinkedHashMap<>();

    /** What the store holds. */
    void restore(LeaseFact fact) {
        told.put(fact.address(), fact);
    }

    /** These leases are there and no others: what to tell the table. */
    Outcome now(List<MsgType> types, Collection<LeaseFact> leases) {
        Set<IpAddress> gone = new HashSet<>(told.keySet());
        Map<IpAddress, LeaseFact> next = new LinkedHashMap<>();
        for (LeaseFact fact : leases) {
            LeaseFact before = told.get(fact.address());
            if (before != null && isSameNetwork(before, fact)) {
                gone.remove(fact.address());
                next.put(fact.address(), withBlanks(before, fact));
            } else {
                next.put(fact.address(), fact);
            }
        }
        List<LeaseFact> seen = new ArrayList<>(next.values());
        seen.removeIf(fact -> fact.equals(told.get(fact.address())));
        told.clear();
        told.putAll(next);
        return new Outcome(types, seen, gone, null);
    }

    /** A prefix that is longer or shorter than before is another lease. */
    private static boolean isSameNetwork(LeaseFact before, LeaseFact now) {
        return Objects.equals(before.subnet(), now.subnet()) || now.details().get(LeaseDetails.PREFIX) == null;
    }

    /** The table keeps what a later word does not mention; what is no more must be said. */
    private static LeaseFact withBlanks(LeaseFact before, LeaseFact now) {
        if (Details.of(now.details()).covers(Details.of(before.details()))) {
            return now;
        }
        Map<String, String> details = new HashMap<>(now.details());
        before.details().keySet().forEach(key -> details.putIfAbsent(key, ""));
        return new LeaseFact(
                now.address(),
                now.mac(),
                now.clientId(),
                now.hostname(),
                now.expiry(),
                now.iaid(),
                now.temporary(),
                now.allocation(),
                now.allocationReason(),
                now.subnet(),
                details);
    }

    /** Those whose time is up, which are then forgotten. */
    Set<IpAddress> over(Instant now) {
        if (!isAnyOver(now)) {
            return Set.of();
        }
        Set<IpAddress> over = new HashSet<>();
        told.values().stream().filter(fact -> fact.expiry().isPast(now)).forEach(fact -> over.add(fact.address()));
        told.keySet().removeAll(over);
        return over;
    }

    /** Asked at each message, and mostly not so. */
    private boolean isAnyOver(Instant now) {
        for (LeaseFact fact : told.values()) {
            if (fact.expiry().isPast(now)) {
                return true;
            }
        }
        return false;
    }

    /** When the first of them ends. */
    Optional<Instant> nextEnd() {
        return told.values().stream()
                .map(fact -> fact.expiry().at())
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    int size() {
        return told.size();
    }
}
