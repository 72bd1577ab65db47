package io.innkeeper.lease;

import io.innkeeper.wire.net.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a source noticed in one look: the leases that are there or differ from the look before, and the addresses that are
 * certainly no longer leased. Addresses that it does not mention stay as they are.
 *
 * @param source who says so
 * @param seen leases that are there
 * @param gone addresses whose lease has ended
 * @param via through what it was noticed first, for the event: {@code file}, {@code script}, …
 * @param sources all that noticed it, sorted; empty for what nobody saw, such as a time that is up
 */
public record LeaseReport(
        LeaseSource source, List<LeaseFact> seen, Set<IpAddress> gone, String via, SortedSet<String> sources) {
    /** Copies the collections. */
    public LeaseReport {
        seen = List.copyOf(seen);
        gone = Set.copyOf(gone);
        sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
    }

    /** What one witness alone noticed. */
    public LeaseReport(LeaseSource source, List<LeaseFact> seen, Set<IpAddress> gone, String via) {
        this(source, seen, gone, via, new TreeSet<>(Set.of(via)));
    }

    /** True where there is nothing to say. */
    public boolean isEmpty() {
        return seen.isEmpty() && gone.isEmpty();
    }
}
