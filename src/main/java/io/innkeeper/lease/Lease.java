package io.innkeeper.lease;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A binding of an address to a client.
 *
 * @param source who granted it
 * @param fact what the source says of it
 * @param state where it stands
 * @param startedAt when this binding began, as far as we know: when the source told, else when it was first seen
 */
public record Lease(LeaseSource source, LeaseFact fact, LeaseState state, Instant startedAt) {
    /** What makes a lease one lease: two sources may both have leased an address. */
    public record Key(LeaseSource source, IpAddress address) {}

    /** The key in the book and in the store. */
    public Key key() {
        return new Key(source, fact.address());
    }

    /** The address leased. */
    public IpAddress address() {
        return fact.address();
    }

    /** The holder's hardware address, where known. */
    public @Nullable MacAddress mac() {
        return fact.mac();
    }

    /** The same lease in another state. */
    public Lease in(LeaseState next) {
        return new Lease(source, fact, next, startedAt);
    }

    /** The same binding with what is said of it now. */
    public Lease with(LeaseFact next) {
        return new Lease(source, next, state, startedAt);
    }

    /**
     * True where the fact speaks of the same client: equal hardware addresses where both are known, else equal client
     * identifiers (and, for DHCPv6, equal IAIDs where both are known). A source that tells neither cannot tell a change of
     * holder.
     */
    public boolean heldBy(LeaseFact other) {
        if (fact.mac() != null && other.mac() != null) {
            return fact.mac().equals(other.mac());
        }
        if (fact.clientId() != null && other.clientId() != null) {
            boolean sameIaid =
                    fact.iaid() == null || other.iaid() == null || fact.iaid().equals(other.iaid());
            return fact.clientId().equals(other.clientId()) && sameIaid;
        }
        return true;
    }
}
