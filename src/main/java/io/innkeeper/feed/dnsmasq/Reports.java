package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is to be reported: one report for what the same witnesses noticed, one after the other. In a report the ends
 * count before the beginnings, and each address once. Belongs to the thread of its source.
 */
final class Reports {
    /** What nobody noticed: the time of a lease is up. */
    private static final String TIME = "time";

    private final LeaseSource source;
    private final List<LeaseReport> done = new ArrayList<>();
    private final List<LeaseFact> seen = new ArrayList<>();
    private final Set<IpAddress> gone = new HashSet<>();
    private final Set<IpAddress> mentioned = new HashSet<>();
    private Set<Witness> by = Set.of();
    private @Nullable Witness first;

    Reports(LeaseSource source) {
        this.source = source;
    }

    void seen(LeaseFact lease, Gathering.Fact fact) {
        next(fact.first, fact.by, mentioned.contains(lease.address()));
        seen.add(lease);
        mentioned.add(lease.address());
    }

    void seen(LeaseFact lease, Witness witness) {
        next(witness, EnumSet.of(witness), mentioned.contains(lease.address()));
        seen.add(lease);
        mentioned.add(lease.address());
    }

    void gone(Gathering.Fact fact) {
        next(fact.first, fact.by, !seen.isEmpty() || mentioned.contains(fact.address));
        gone.add(fact.address);
        mentioned.add(fact.address);
    }

    void over(IpAddress address) {
        next(null, Set.of(), !seen.isEmpty() || mentioned.contains(address));
        gone.add(address);
        mentioned.add(address);
    }

    private void next(@Nullable Witness nowFirst, Collection<Witness> nowBy, boolean anew) {
        Set<Witness> witnesses = Set.copyOf(nowBy);
        if (anew || nowFirst != first || !witnesses.equals(by)) {
            finish();
            first = nowFirst;
            by = witnesses;
        }
    }

    private void finish() {
        if (mentioned.isEmpty()) {
            return;
        }
        TreeSet<String> sources = new TreeSet<>();
        by.forEach(witness -> sources.add(witness.text()));
        done.add(new LeaseReport(source, seen, gone, first == null ? TIME : first.text(), sources));
        seen.clear();
        gone.clear();
        mentioned.clear();
    }

    /** All of it, in order; begins anew. */
    List<LeaseReport> take() {
        finish();
        List<LeaseReport> taken = List.copyOf(done);
        done.clear();
        return taken;
    }
}
