package io.innkeeper;

import io.innkeeper.event.Event;
import io.innkeeper.event.EventType;
import io.innkeeper.feed.dnsmasq.Witness;
import io.innkeeper.feed.dnsmasq.bus.KnownLease;
import io.innkeeper.feed.dnsmasq.bus.Restore;
import io.innkeeper.lease.Allocation;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.Lease;
import io.innkeeper.lease.LeaseFact;
import io.innkeeper.lease.LeaseSource;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.view.Json;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the store knows of the leases of a dnsmasq: those that stand, and those of which its lease file alone told the end. A
 * client that released its lease is seen by the other ways of watching too, where there are any.
 */
record DnsmasqMemory(Heart heart) implements Restore.Memory {
    /** How many ends of leases are looked through, the newest. */
    private static final int ENDS = 20_000;

    @Override
    public List<KnownLease> of(String source, Instant since) {
        LeaseSource wanted = LeaseSource.dnsmasq(source);
        List<KnownLease> known = new ArrayList<>();
        heart.leases.all(wanted).forEach(lease -> known.add(new KnownLease(lease, null)));
        for (Event event : heart.events.recent(EnumSet.of(EventType.LEASE_RELEASED), ENDS)) {
            if (!event.at().isBefore(since)) {
                lost(wanted, event).ifPresent(known::add);
            }
        }
        return known;
    }

    private static Optional<KnownLease> lost(LeaseSource wanted, Event event) {
        JsonNode body = Json.MAPPER.readTree(event.json());
        JsonNode lease = body.path("lease");
        boolean ours = lease.path("origin").asString("").equals(wanted.origin())
                && lease.path("source").asString("").equals(wanted.name());
        if (!ours || !onlyFile(body)) {
            return Optional.empty();
        }
        return fact(lease)
                .map(fact -> new Lease(wanted, fact, LeaseState.RELEASED, startedAt(lease, event)))
                .map(found -> new KnownLease(found, event.at()));
    }

    private static boolean onlyFile(JsonNode body) {
        JsonNode sources = body.path("sources");
        String file = Witness.FILE.text();
        if (sources.isEmpty()) {
            return body.path("via").asString("").equals(file);
        }
        return sources.size() == 1 && sources.get(0).asString("").equals(file);
    }

    private static Instant startedAt(JsonNode lease, Event event) {
        String told = text(lease, "startedAt");
        return told == null ? event.at() : Instant.parse(told);
    }

    private static Optional<LeaseFact> fact(JsonNode lease) {
        String mac = text(lease, "mac");
        String id = text(lease, "clientId");
        JsonNode iaid = lease.path("iaid");
        return IpAddress.parse(lease.path("address").asString(""))
                .map(address -> new LeaseFact(
                        address,
                        mac == null ? null : MacAddress.parse(mac).orElse(null),
                        id == null ? null : ClientId.parse(id).orElse(null),
                        text(lease, "hostname"),
                        expiry(lease),
                        iaid.isNumber() ? iaid.asLong() : null,
                        lease.path("temporary").asBoolean(false),
                        Allocation.DYNAMIC,
                        null,
                        null,
                        Map.of()));
    }

    private static Expiry expiry(JsonNode lease) {
        String at = text(lease, "expiresAt");
        if (at != null) {
            return Expiry.at(Instant.parse(at));
        }
        if (lease.path("expiry").asString("").equals("infinite")) {
            return Expiry.INFINITE;
        }
        JsonNode lifetime = lease.path("lifetimeSeconds");
        return lifetime.isNumber() ? Expiry.ofLifetime(Duration.ofSeconds(lifetime.asLong())) : Expiry.UNKNOWN;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }
}
