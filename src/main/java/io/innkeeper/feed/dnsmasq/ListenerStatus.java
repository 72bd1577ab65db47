package io.innkeeper.feed.dnsmasq;

import io.innkeeper.feed.dnsmasq.Listener.State;
import io.innkeeper.feed.dnsmasq.Listener.Status;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How a way of watching is, kept for {@link Listener#status}. Safe for any thread. */
public final class ListenerStatus {
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
    public ListenerStatus(Witness witness, String what, InstantSource clock) {
        this.witness = witness;
        this.what = what;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** What it reads, once that is known better. */
    public synchronized void what(String better) {
        what = better;
    }

    /**
     * It is in this state now; since when does not move where it was in it before.
     *
     * @param why what is wrong, cut after 500 characters; null where all is well
     */
    public synchronized void is(State now, @Nullable String why) {
        if (now != state) {
            since = clock.instant();
        }
        state = now;
        message = why == null || why.length() <= MAX_MESSAGE ? why : why.substring(0, MAX_MESSAGE);
    }

    /** So many lines were taken. */
    public synchronized void taken(long lines) {
        if (lines > 0) {
            taken += lines;
            lastAt = clock.instant();
        }
    }

    /** So many were refused. */
    public synchronized void dropped(long lines) {
        dropped += lines;
    }

    /** The state it is in. */
    public synchronized State state() {
        return state;
    }

    /** How it is now. */
    public synchronized Status now() {
        return new Status(witness, state, what, message, since, taken, dropped, lastAt);
    }
}
