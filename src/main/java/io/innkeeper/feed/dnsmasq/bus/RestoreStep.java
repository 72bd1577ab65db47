package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.lease.Lease;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one lease.
 *
 * @param lease which
 * @param outcome what
 * @param reason why not, for people; null where it is given back
 * @param seconds how long it lasts from now, for one that is given back
 */
record RestoreStep(Lease lease, Outcome outcome, @Nullable String reason, long seconds) {
    /** What becomes of a lease. */
    enum Outcome {
        /** dnsmasq gets it back. */
        RESTORED,
        /** dnsmasq has it. */
        STANDS,
        /** It is not given back. */
        LEFT,
        /** dnsmasq did not take it. */
        FAILED;

        /** The name in answers. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static RestoreStep restored(Lease lease, long seconds) {
        return new RestoreStep(lease, Outcome.RESTORED, null, seconds);
    }

    static RestoreStep stands(Lease lease) {
        return new RestoreStep(lease, Outcome.STANDS, "dnsmasq has it", 0);
    }

    static RestoreStep left(Lease lease, String reason) {
        return new RestoreStep(lease, Outcome.LEFT, reason, 0);
    }

    /** The same, which went wrong. */
    RestoreStep failed(@Nullable String why) {
        return new RestoreStep(lease, Outcome.FAILED, why, seconds);
    }
}
