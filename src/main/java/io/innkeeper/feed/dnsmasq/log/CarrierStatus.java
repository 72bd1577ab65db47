package io.innkeeper.feed.dnsmasq.log;

import io.innkeeper.feed.dnsmasq.Listener;
import io.innkeeper.feed.dnsmasq.Listener.State;
import io.innkeeper.feed.dnsmasq.Listener.Status;
import io.innkeeper.feed.dnsmasq.Witness;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How a carrier is, kept for {@link Listener#status}. Safe for any thread. */
final class CarrierStatus {
    private static final int MAX_MESSAGE = 500;

    private final Witness witness;
    private final InstantSource clock;
    private String what;
    private State state = State.OFF;
    private @Nullable String message;
    private Instant since;
    private long taken;
    private long dropped;
    private @Nullable Instant lastAt;

    /** One that is off. */
    CarrierStatus(Witness witness, String what, InstantSource clock) {
        this.witness = witness;
        this.what = what;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** What it reads, once that is known better. */
    synchronized void what(String better) {
        what = better;
    }

    /** It is in this state now; the message is null where all is well. */
    synchronized void is(State now, @Nullable String why) {
        if (now != state) {
            since = clock.instant();
        }
        state = now;
        message = why == null || why.length() <= MAX_MESSAGE ? why : why.substring(0, MAX_MESSAGE);
    }

    /** So many lines were taken. */
    synchronized void taken(long lines) {
        if (lines > 0) {
            taken += lines;
            lastAt = clock.instant();
        }
    }

    /** So many were refused. */
    synchronized void dropped(long lines) {
        dropped += lines;
    }

    synchronized State state() {
        return state;
    }

    synchronized Status now() {
        return new Status(witness, state, what, message, since, taken, dropped, lastAt);
    }
}
