package io.innkeeper.lease;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a lease. */
public sealed interface LeaseChange {
    /** The lease as it stands after the change; for an ended one, in its last state. */
    Lease lease();

    /** A binding began. */
    record Added(Lease lease) implements LeaseChange {}

    /** Only its end moved. */
    record Renewed(Lease before, Lease lease) implements LeaseChange {}

    /**
     * Something else about it changed.
     *
     * @param fields the names of what changed, as in the API
     */
    record Changed(Lease before, Lease lease, Set<String> fields) implements LeaseChange {
        /** Copies the names. */
        public Changed {
            fields = Set.copyOf(fields);
        }
    }

    /**
     * Something was filled in that was unknown before (a name for the lifetime, a detail): kept, not announced.
     */
    record Completed(Lease before, Lease lease) implements LeaseChange {}

    /**
     * A binding ended: released, expired or declined, as its state says.
     *
     * @param at when; null where that is when it was noticed
     */
    record Ended(Lease lease, @Nullable Instant at) implements LeaseChange {
        /** Ended when it was noticed. */
        public Ended(Lease lease) {
            this(lease, null);
        }
    }
}
