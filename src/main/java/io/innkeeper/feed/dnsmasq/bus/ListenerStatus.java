package io.innkeeper.feed.dnsmasq.bus;

import io.innkeeper.feed.dnsmasq.Listener.State;
import io.innkeeper.feed.dnsmasq.Listener.Status;
import io.innkeeper.feed.dnsmasq.Witness;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a listener is: written by its thread, read by all. */
final class ListenerStatus {
    private final InstantSource clock;
    private Status status;

    /** Of one that is off. */
    ListenerStatus(Witness witness, String what, InstantSource clock) {
        this.clock = clock;
        this.status = new Status(witness, State.OFF, what, null, clock.instant(), 0, 0, null);
    }

    /** How it is now. */
    synchronized Status now() {
        return status;
    }

    /** It is in this state now; its beginning stays where it was in it before. */
    synchronized void is(State state, @Nullable String message) {
        if (state == status.state() && Objects.equals(message, status.message())) {
            return;
        }
        Instant since = state == status.state() ? status.since() : clock.instant();
        status = new Status(
                status.witness(),
                state,
                status.what(),
                message,
                since,
                status.taken(),
                status.dropped(),
                status.lastAt());
    }

    /** It took something. */
    synchronized void taken() {
        counted(1, 0, clock.instant());
    }

    /** It refused something. */
    synchronized void dropped() {
        counted(0, 1, status.lastAt());
    }

    private void counted(int taken, int dropped, @Nullable Instant lastAt) {
        status = new Status(
                status.witness(),
                status.state(),
                status.what(),
                status.message(),
                status.since(),
                status.taken() + taken,
                status.dropped() + dropped,
                lastAt);
    }
}
