package io.innkeeper.desk;

import io.innkeeper.store.JournalPosition;
import io.innkeeper.wire.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the lease journal for the desk.
 *
 * @param changes in the order in which they happened
 * @param whole where they are the whole truth about a range of addresses, so that leases they do not mention have ended
 * @param position up to where the journal is followed with it; null where it is not yet complete
 */
record OwnWork(
        List<OwnChange> changes,
        @Nullable Range whole,
        @Nullable JournalPosition position) {
    /** Copies the list. */
    OwnWork {
        changes = List.copyOf(changes);
    }

    /** Addresses, both included. */
    record Range(IpAddress from, IpAddress to) {}
}
