package io.innkeeper.desk;

import io.innkeeper.device.Device;
import io.innkeeper.device.DeviceChange;
import io.innkeeper.lease.Expiry;
import io.innkeeper.lease.LeaseChange;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a change says of the device itself: when it spoke, and whether that must be written down. Pure. */
final class SignOfLife {
    /** Fields of a lease that only its holder changes. */
    private static final Set<String> SPOKEN = Set.of("expiresAt", "hostname", "clientId");

    private SignOfLife() {}

    /**
     * When the holder of a lease spoke; null where the change does not tell that it did: a word in another server's configuration
     * changes a lease too.
     *
     * @param at when the change was noticed
     * @param found true where the lease may be older than that: it was there when its source was looked at first
     */
    static @Nullable Instant of(LeaseChange change, Instant at, boolean found) {
        if (!spoke(change)) {
            return null;
        }
        return found ? granted(change.lease().fact().expiry(), at) : at;
    }

    private static boolean spoke(LeaseChange change) {
        return switch (change) {
            case LeaseChange.Added _, LeaseChange.Renewed _ -> true;
            case LeaseChange.Changed changed -> changed.fields().stream().anyMatch(SPOKEN::contains);
            case LeaseChange.Completed _, LeaseChange.Ended _ -> false;
        };
    }

    /** A lease that is found may be old: it was granted as long before its end as it lasts. */
    private static Instant granted(Expiry expiry, Instant at) {
        if (expiry.at() == null || expiry.lifetime() == null) {
            return at;
        }
        Instant granted = expiry.at().minus(expiry.lifetime());
        return granted.isBefore(at) ? granted : at;
    }

    /**
     * True where nothing but times changed and the same minute is stored already: a device that is heard all the time is written
     * once a minute.
     */
    static boolean needNotBeStored(Device before, List<DeviceChange> changes) {
        return changes.size() == 1
                && changes.getFirst() instanceof DeviceChange.Touched(Device after)
                && after.lastSeenAt().getEpochSecond() / 60
                        == before.lastSeenAt().getEpochSecond() / 60
                && after.sameButForTimes(before);
    }
}
