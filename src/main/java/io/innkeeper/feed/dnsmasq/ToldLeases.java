package io.innkeeper.feed.dnsmasq;

import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leases that the script, a log or a bus told of alone: their dnsmasq has a lease file that we do not see, or no file is
 * configured. They stand until somebody says that they ended, until their time is up, or until a lease file that was written since, and has kept
 * still, does not have them. Pure; belongs to the thread of its source.
 */
final class ToldLeases {
    /** The most of them; further ones are turned away. */
    static final int MAX = 100_000;

    /** How long a lease outlives its time before it counts as ended: dnsmasq's own word should come first. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private record Told(LeaseFact fact, long atNanos) {}

    private final Map<IpAddress, Told> told = new LinkedHashMap<>();

    int size() {
        return told.size();
    }

    /** What was told of the lease of an address; null where nothing was. */
    @Nullable
    LeaseFact get(IpAddress address) {
        Told lease = told.get(address);
        return lease == null ? null : lease.fact();
    }

    /** The addresses of IPv6 leases of this DUID. */
    List<IpAddress> heldBy(ClientId duid) {
        return told.values().stream()
                .map(Told::fact)
                .filter(fact -> fact.address().v6() && Objects.equals(fact.clientId(), duid))
                .map(LeaseFact::address)
                .toList();
    }

    /** Notes a lease that was told at this time of a clock that only goes forward; false where there are too many. */
    boolean add(LeaseFact fact, long nanos) {
        if (told.size() >= MAX && !told.containsKey(fact.address())) {
            return false;
        }
        told.put(fact.address(), new Told(fact, nanos));
        return true;
    }

    /** The script said that it ended; true where it was one of ours. */
    boolean remove(IpAddress address) {
        return told.remove(address) != null;
    }

    /** The file has these: from now on it speaks for them. Returns what was told of them. */
    Map<IpAddress, LeaseFact> shownByFile(Set<IpAddress> addresses) {
        Map<IpAddress, LeaseFact> shown = new HashMap<>();
        told.values().removeIf(lease -> {
            IpAddress address = lease.fact().address();
            return addresses.contains(address) && shown.put(address, lease.fact()) == null;
        });
        return shown;
    }

    /** Ends the leases that a file, first seen as it is at this time and still since, should have and has not. */
    Set<IpAddress> missingFromFile(long stillSinceNanos) {
        return removeIf(lease -> lease.atNanos() - stillSinceNanos < 0);
    }

    /** Ends the leases whose time is up. */
    Set<IpAddress> onTime(Instant now) {
        return removeIf(lease -> lease.fact().expiry().isPast(now.minus(GRACE)));
    }

    private Set<IpAddress> removeIf(Predicate<Told> over) {
        Set<IpAddress> gone = new HashSet<>();
        told.forEach((address, lease) -> {
            if (over.test(lease)) {
                gone.add(address);
            }
        });
        told.keySet().removeAll(gone);
        return gone;
    }
}
