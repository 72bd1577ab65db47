package io.innkeeper.feed.dnsmasq;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A way of watching a dnsmasq beside its lease file. It connects again by itself, for ever, with growing pauses; a failure of its
 * own code ends it and is told to the listener that {@link #start} was given.
 */
public interface Listener extends AutoCloseable {
    /** Which way. */
    Witness witness();

    /** Begins; returns at once. */
    void start(java.util.function.Consumer<Throwable> onFailure);

    /** How it is; safe for any thread. */
    Status status();

    /** Stops; returns when its threads have ended. */
    @Override
    void close();

    /** How a way of watching is. */
    enum State {
        /** It is connected, or reads. */
        LISTENING,
        /** What it reads is not there yet. */
        WAITING,
        /** It cannot be reached or read now, and is tried again. */
        FAILING,
        /** It is switched off. */
        OFF
    }

    /**
     * How a way of watching is, as JSON.
     *
     * @param witness which one
     * @param state how it is
     * @param what what it reads or where it listens, for people
     * @param message what is wrong and what to do; null where all is well
     * @param since when this state began
     * @param taken how many lines or signals it has taken
     * @param dropped how many it has refused: of senders that may not send, too long, not readable
     * @param lastAt when the newest came; null for none yet
     */
    record Status(
            Witness witness,
            State state,
            String what,
            @Nullable String message,
            Instant since,
            long taken,
            long dropped,
            @Nullable Instant lastAt) {}
}
