package io.innkeeper.lease;

import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which address. {@link #decide} compares what a source says with what the book holds and returns the changes;
 * {@link #apply} enters them, after they are on disk. Pure: no clock, no I/O. Belongs to one thread.
 */
public final class LeaseBook {
    /**
     * How early before its end a vanished lease still counts as expired: dnsmasq's file has whole seconds, and its clock
     * may run a little ahead of ours.
     */
    private static final Duration EXPIRY_SLACK = Duration.ofSeconds(2);

    private final Map<Lease.Key, Lease> leases = new HashMap<>();

    /** A book that holds what the store held. */
    public LeaseBook(Collection<Lease> stored) {
        stored.forEach(lease -> leases.put(lease.key(), lease));
    }

    /** How many leases it holds. */
    public int size() {
        return leases.size();
    }

    /** The lease under this key, or null. */
    public @Nullable Lease get(Lease.Key key) {
        return leases.get(key);
    }

    /** All leases of a source, in no order. */
    public List<Lease> of(LeaseSource source) {
        return leases.values().stream()
                .filter(lease -> lease.source().equals(source))
                .toList();
    }

    /** What the report changes, in the order in which it is to be told. Changes nothing. */
    public List<LeaseChange> decide(LeaseReport report, Instant now) {
        List<LeaseChange> changes = new ArrayList<>();
        for (IpAddress address : sorted(report.gone())) {
            Lease lease = leases.get(new Lease.Key(report.source(), address));
            if (lease != null) {
                changes.add(new LeaseChange.Ended(lease.in(endState(lease, now))));
            }
        }
        Map<IpAddress, LeaseFact> seen = new LinkedHashMap<>();
        report.seen().forEach(fact -> seen.put(fact.address(), fact));
        for (LeaseFact fact : seen.values()) {
            boolean ended = report.gone().contains(fact.address());
            decide(report.source(), fact, ended, now, changes);
        }
        return changes;
    }

    /**
     * What it changes that a source of our own, which knows when a binding began, says that this client holds this address.
     * A binding of the same client that began at another time is another binding.
     */
    public List<LeaseChange> decideHeld(LeaseSource source, LeaseFact fact, Instant startedAt, Instant now) {
        List<LeaseChange> changes = new ArrayList<>();
        Lease before = leases.get(new Lease.Key(source, fact.address()));
        if (before != null && before.startedAt().equals(startedAt) && before.heldBy(fact)) {
            compare(before, before.with(merged(before.fact(), fact)), changes);
            return changes;
        }
        if (before != null) {
            changes.add(new LeaseChange.Ended(before.in(endState(before, now)), now));
        }
        changes.add(new LeaseChange.Added(new Lease(source, fact, LeaseState.ACTIVE, startedAt)));
        return changes;
    }

    /** What it changes that a source knows how and when a binding ended; empty where there is none. */
    public List<LeaseChange> decideEnded(Lease.Key key, LeaseState how, Instant endedAt) {
        Lease lease = leases.get(key);
        return lease == null ? List.of() : List.of(new LeaseChange.Ended(lease.in(how), endedAt));
    }

    /** What it changes that a source no longer knows of a binding; how it ended is told by its times. */
    public List<LeaseChange> decideGone(Lease.Key key, Instant now) {
        Lease lease = leases.get(key);
        return lease == null ? List.of() : List.of(new LeaseChange.Ended(lease.in(endState(lease, now)), now));
    }

    private static Set<IpAddress> sorted(Set<IpAddress> addresses) {
        return new TreeSet<>(addresses);
    }

    private void decide(LeaseSource source, LeaseFact fact, boolean ended, Instant now, List<LeaseChange> changes) {
        Lease before = ended ? null : leases.get(new Lease.Key(source, fact.address()));
        if (before == null) {
            changes.add(new LeaseChange.Added(new Lease(source, fact, LeaseState.ACTIVE, now)));
        } else if (!before.heldBy(fact)) {
            changes.add(new LeaseChange.Ended(before.in(endState(before, now))));
            changes.add(new LeaseChange.Added(new Lease(source, fact, LeaseState.ACTIVE, now)));
        } else {
            compare(before, before.with(merged(before.fact(), fact)), changes);
        }
    }

    private static void compare(Lease before, Lease after, List<LeaseChange> changes) {
        if (before.fact().equals(after.fact())) {
            return;
        }
        Set<String> fields = differences(before.fact(), after.fact());
        if (fields.isEmpty()) {
            changes.add(new LeaseChange.Completed(before, after));
        } else if (fields.equals(Set.of("expiresAt"))) {
            changes.add(new LeaseChange.Renewed(before, after));
        } else {
            changes.add(new LeaseChange.Changed(before, after, fields));
        }
    }

    /** What the file says, plus what only another witness knew: details, a client-id, an expiry the new fact lacks. */
    private static LeaseFact merged(LeaseFact before, LeaseFact now) {
        return new LeaseFact(
                now.address(),
                now.mac() == null ? before.mac() : now.mac(),
                now.clientId() == null ? before.clientId() : now.clientId(),
                now.hostname(),
                before.expiry().told(now.expiry()),
                now.iaid() == null ? before.iaid() : now.iaid(),
                now.temporary(),
                now.allocation(),
                now.allocationReason(),
                now.subnet() == null ? before.subnet() : now.subnet(),
                merged(Details.of(before.details()), Details.of(now.details())));
    }

    private static Map<String, String> merged(Details before, Details now) {
        if (now.covers(before)) {
            return now;
        }
        Map<String, String> details = new HashMap<>(before);
        now.forEach((name, text) -> {
            if (details.size() < LeaseFact.MAX_DETAILS || details.containsKey(name)) {
                details.put(name, text);
            }
        });
        return details;
    }

    /** The API names of what a user would call a change. Learning what was unknown is none. */
    private static Set<String> differences(LeaseFact before, LeaseFact after) {
        Set<String> fields = new TreeSet<>();
        if (before.expiry().movedTo(after.expiry())) {
            fields.add("expiresAt");
        }
        if (!Objects.equals(before.hostname(), after.hostname())) {
            fields.add("hostname");
        }
        if (before.clientId() != null && !Objects.equals(before.clientId(), after.clientId())) {
            fields.add("clientId");
        }
        if (before.allocation() != after.allocation()) {
            fields.add("allocation");
        }
        return fields;
    }

    private static LeaseState endState(Lease lease, Instant now) {
        Expiry expiry = lease.fact().expiry();
        Instant soon = now.plus(EXPIRY_SLACK);
        boolean over = expiry.at() != null
                ? !soon.isBefore(expiry.at())
                : expiry.lifetime() != null
                        // A script may tell any number: adding it to a time could leave the calendar.
                        && Duration.between(lease.startedAt(), soon).compareTo(expiry.lifetime()) >= 0;
        return over ? LeaseState.EXPIRED : LeaseState.RELEASED;
    }

    /** Enters what was decided and committed. */
    public void apply(List<LeaseChange> changes) {
        for (LeaseChange change : changes) {
            Lease lease = change.lease();
            if (change instanceof LeaseChange.Ended) {
                leases.remove(lease.key());
            } else {
                leases.put(lease.key(), lease);
            }
        }
    }
}
