package io.innkeeper.dhcp;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseReport;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leases of another server that passed through us, until they end. A renewal that the client and the server settle between
 * themselves is not seen, so a lease whose end passes counts as expired; where its client is heard again, it is back. Pure;
 * belongs to one thread.
 */
final class LearnedLeases {
    /** The most leases; what is more is not learned, and counted. */
    static final int MAX_LEASES = 200_000;

    /** The most leases that end in one report. */
    static final int MAX_ENDS = 1_000;

    private record End(long atMs, IpAddress address) {}

    /** The end is {@link Long#MAX_VALUE} where none is known. */
    private record Held(LeaseFact fact, Origin origin, long endsAtMs) {}

    /**
     * The server behind a lease or an offer.
     *
     * @param identifier what it calls itself; 0 where that is not known
     * @param upstream where it is reached; 0 where that is not known
     */
    record Origin(int identifier, int upstream) {
        static final Origin UNKNOWN = new Origin(0, 0);
    }

    private final LeaseSource source;
    private final int limit;
    private final Map<IpAddress, Held> leases = new HashMap<>();
    private final TreeSet<End> ends =
            new TreeSet<>(Comparator.comparingLong(End::atMs).thenComparing(End::address));
    private long notLearned;

    LearnedLeases(LeaseSource source, int limit) {
        this.source = source;
        this.limit = limit;
    }

    /** Nothing to say. */
    LeaseReport nothing() {
        return new LeaseReport(source, List.of(), Set.of(), source.name());
    }

    private LeaseReport report(List<LeaseFact> seen, Set<IpAddress> gone) {
        return new LeaseReport(source, seen, gone, source.name());
    }

    /** What the store remembers of an earlier run. */
    void restore(Collection<LeaseFact> facts) {
        facts.forEach(fact -> put(fact, new Origin(serverIn(fact), 0)));
    }

    private static int serverIn(LeaseFact fact) {
        return IpAddress.parse(fact.details().getOrDefault("server", ""))
                .filter(address -> !address.v6())
                .map(address -> (int) address.low())
                .orElse(0);
    }

    /** A lease as the server just told it. */
    LeaseReport learn(LeaseFact fact, Origin origin) {
        return put(fact, origin) ? report(List.of(fact), Set.of()) : nothing();
    }

    private boolean put(LeaseFact fact, Origin origin) {
        Held before = leases.get(fact.address());
        if (before == null && leases.size() >= limit) {
            notLearned++;
            return false;
        }
        if (before != null) {
            forgetEnd(before);
        }
        Instant end = fact.expiry().at();
        hold(fact, origin, end == null ? Long.MAX_VALUE : end.toEpochMilli());
        return true;
    }

    private void hold(LeaseFact fact, Origin origin, long endsAtMs) {
        leases.put(fact.address(), new Held(fact, origin, endsAtMs));
        if (endsAtMs != Long.MAX_VALUE) {
            ends.add(new End(endsAtMs, fact.address()));
        }
    }

    private void forgetEnd(Held held) {
        ends.remove(new End(held.endsAtMs, held.fact.address()));
    }

    /**
     * Leases of these servers end with the next {@link #expire}, whatever was said of their end.
     *
     * @param servers as they are reached; what an earlier run learned is known only by what its server calls itself
     */
    void endOf(Set<Integer> servers) {
        for (Held held : List.copyOf(leases.values())) {
            int server = held.origin.upstream() != 0 ? held.origin.upstream() : held.origin.identifier();
            if (servers.contains(server)) {
                forgetEnd(held);
                hold(held.fact, held.origin, 0);
            }
        }
    }

    /** The client gave the address back, or found it in use: gone where the lease is that client's. */
    LeaseReport givenBack(IpAddress address, Client client) {
        Held held = leases.get(address);
        if (held == null || !client.holds(held.fact)) {
            return nothing();
        }
        leases.remove(address);
        forgetEnd(held);
        return report(List.of(), Set.of(address));
    }

    /** Who speaks: the hardware address and the identifier of a message. */
    record Client(@Nullable MacAddress mac, @Nullable ClientId id) {
        /** The identifier decides where both have one (RFC 2131 §2), else the hardware address. */
        boolean holds(LeaseFact fact) {
            if (id != null && fact.clientId() != null) {
                return id.equals(fact.clientId());
            }
            return mac != null && fact.mac() != null && mac.equals(fact.mac());
        }
    }

    /** The server that granted the address to this client. */
    Origin originOf(int address, Client client) {
        Held held = address == 0 ? null : leases.get(IpAddress.v4(address));
        return held == null || !client.holds(held.fact) ? Origin.UNKNOWN : held.origin;
    }

    /** Leases whose end has come, at most {@link #MAX_ENDS} of them: call again where so many come back. */
    LeaseReport expire(long nowMs) {
        if (ends.isEmpty() || ends.first().atMs > nowMs) {
            return nothing();
        }
        List<IpAddress> over = new ArrayList<>();
        while (!ends.isEmpty() && ends.first().atMs <= nowMs && over.size() < MAX_ENDS) {
            IpAddress address = ends.pollFirst().address;
            leases.remove(address);
            over.add(address);
        }
        return report(List.of(), new HashSet<>(over));
    }

    /** How many leases are known. */
    int size() {
        return leases.size();
    }

    /** How many were not learned because there were too many. */
    long notLearned() {
        return notLearned;
    }
}
