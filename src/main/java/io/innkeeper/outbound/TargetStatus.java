package io.innkeeper.outbound;

import io.innkeeper.store.Outbox;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a target stands.
 *
 * @param place how far it came; null before the store was asked
 * @param delivered events acknowledged since the service started
 * @param failure the last failure, also where all is well again; null where there was none
 * @param failedAt when that was
 * @param nextTryAt when it is tried again; null where nothing failed, or it is not tried again
 * @param gone true where the receiver wants no more events
 * @param lostAt when it was last found that events were lost; null for never since the service started
 */
record TargetStatus(
        Outbox.@Nullable Place place,
        long delivered,
        @Nullable String failure,
        @Nullable Instant failedAt,
        @Nullable Instant nextTryAt,
        boolean gone,
        @Nullable Instant lostAt) {
    static final TargetStatus NEW = new TargetStatus(null, 0, null, null, null, false, null);

    TargetStatus at(Outbox.Place next) {
        return new TargetStatus(next, delivered, failure, failedAt, nextTryAt, gone, lostAt);
    }

    TargetStatus deliveredMore(int events) {
        return new TargetStatus(place, delivered + events, failure, failedAt, nextTryAt, gone, lostAt);
    }

    TargetStatus failed(String reason, Instant now) {
        return new TargetStatus(place, delivered, reason, now, null, gone, lostAt);
    }

    TargetStatus waitingUntil(@Nullable Instant next) {
        return new TargetStatus(place, delivered, failure, failedAt, next, false, lostAt);
    }

    TargetStatus isGone() {
        return new TargetStatus(place, delivered, failure, failedAt, null, true, lostAt);
    }

    TargetStatus lost(Instant now) {
        return new TargetStatus(place, delivered, failure, failedAt, nextTryAt, gone, now);
    }

    /** What stands in the way now; null where nothing does. */
    @Nullable
    String trouble() {
        return place == null ? failure : place.trouble();
    }
}
