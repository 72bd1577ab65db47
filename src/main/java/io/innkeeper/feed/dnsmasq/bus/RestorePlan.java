package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.wire.dnsmasq.LeaseLine;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which leases a dnsmasq that lost its memory is given back. One that it gave since is never taken from its holder. Pure.
 */
final class RestorePlan {
    /** What identifies a client: for IPv4 its hardware address, for IPv6 DUID and identity association. */
    private record Client(
            boolean v6,
            @Nullable MacAddress mac,
            @Nullable ClientId id,
            @Nullable Long iaid) {}

    private final Instant now;
    private final Map<IpAddress, LeaseLine> has = new HashMap<>();
    private final Map<Client, IpAddress> where = new HashMap<>();
    private final List<RestoreStep> steps = new ArrayList<>();

    private RestorePlan(List<LeaseLine> lines, Instant now) {
        this.now = now;
        for (LeaseLine line : lines) {
            has.put(line.address(), line);
            clients(line.address(), line.mac(), line.clientId(), line.iaid())
                    .forEach(client -> where.putIfAbsent(client, line.address()));
        }
    }

    /**
     * What is to be done with each lease, by address.
     *
     * @param known what we know; of those of one address the newest counts, and one that stands before those that are lost
     * @param lines what dnsmasq has now; empty where nobody can tell
     */
    static List<RestoreStep> of(List<KnownLease> known, List<LeaseLine> lines, Instant now) {
        RestorePlan plan = new RestorePlan(lines, now);
        newest(known).forEach(plan::decide);
        plan.steps.sort(Comparator.comparing(step -> step.lease().address()));
        return plan.steps;
    }

    /** One for each address, the newest first: of two leases of a client, that one counts. */
    private static List<Lease> newest(List<KnownLease> known) {
        List<KnownLease> byAge = new ArrayList<>(known);
        byAge.sort(Comparator.comparing(
                one -> one.lostAt() == null ? Instant.MAX : one.lostAt(), Comparator.reverseOrder()));
        Map<IpAddress, Lease> one = new LinkedHashMap<>();
        byAge.forEach(next -> one.putIfAbsent(next.lease().address(), next.lease()));
        return List.copyOf(one.values());
    }

    private static List<Client> clients(
            IpAddress address, @Nullable MacAddress mac, @Nullable ClientId id, @Nullable Long iaid) {
        List<Client> clients = new ArrayList<>(2);
        if (address.v6()) {
            if (id != null && iaid != null) {
                clients.add(new Client(true, null, id, iaid));
            }
            return clients;
        }
        if (id != null) {
            clients.add(new Client(false, null, id, null));
        }
        if (mac != null) {
            clients.add(new Client(false, mac, null, null));
        }
        return clients;
    }

    private void decide(Lease lease) {
        LeaseFact fact = lease.fact();
        List<Client> clients = clients(fact.address(), fact.mac(), fact.clientId(), fact.iaid());
        LeaseLine line = has.get(fact.address());
        if (line != null) {
            boolean same = clients(line.address(), line.mac(), line.clientId(), line.iaid()).stream()
                    .anyMatch(clients::contains);
            steps.add(
                    same
                            ? RestoreStep.stands(lease)
                            : RestoreStep.left(lease, "dnsmasq has leased the address to " + holder(line)));
            return;
        }
        IpAddress elsewhere = clients.stream()
                .map(where::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        long seconds = seconds(fact.expiry(), now);
        if (clients.isEmpty()) {
            steps.add(RestoreStep.left(
                    lease, fact.address().v6() ? "its DUID and IAID are not known" : "nobody knows whose it is"));
        } else if (elsewhere != null) {
            steps.add(RestoreStep.left(lease, "its client has " + elsewhere));
        } else if (seconds <= 0) {
            steps.add(RestoreStep.left(
                    lease,
                    fact.expiry().kind() == Expiry.Kind.UNKNOWN ? "nobody knows when it ends" : "its time is over"));
        } else {
            clients.forEach(client -> where.put(client, fact.address()));
            steps.add(RestoreStep.restored(lease, seconds));
        }
    }

    private static String holder(LeaseLine line) {
        return line.mac() != null ? line.mac().toString() : String.valueOf(line.clientId());
    }

    /** How long it lasts from now; 0 where it is over or nobody knows. */
    private static long seconds(Expiry expiry, Instant now) {
        Instant at = expiry.at();
        Duration lifetime = expiry.lifetime();
        return switch (expiry.kind()) {
            case INFINITE -> DnsmasqOnBus.FOR_EVER;
            case AT -> at == null ? 0 : Math.min(Duration.between(now, at).toSeconds(), DnsmasqOnBus.FOR_EVER - 1);
            // A dnsmasq without a clock counts from when it starts, too.
            case UNKNOWN -> lifetime == null ? 0 : Math.min(lifetime.toSeconds(), DnsmasqOnBus.FOR_EVER - 1);
        };
    }
}
