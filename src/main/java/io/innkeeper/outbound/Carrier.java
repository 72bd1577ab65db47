package io.innkeeper.outbound;

import io.innkeeper.event.Event;
import java.util.List;

/** The way to one target. Used by one thread; may block it as long as its configuration says, and no other. */
interface Carrier extends AutoCloseable {
    /** Called once, before everything else, with the number of the last event that was acknowledged. */
    default void begin(long after) {}

    /**
     * Delivers events in their order. What it says is delivered was acknowledged by the receiver.
     *
     * @param events at least one
     * @return at least one delivered, or a trouble, or both
     * @throws InterruptedException if the target is being stopped
     */
    Delivery deliver(List<Event> events) throws InterruptedException;

    /**
     * There is nothing to deliver: looks after the connection.
     *
     * @throws InterruptedException if the target is being stopped
     */
    default Delivery idle() throws InterruptedException {
        return Delivery.WELL;
    }

    /** How long it may go without {@link #idle}, in milliseconds. */
    default long idleMs() {
        return 60_000;
    }

    /** Gives everything back; does not throw. */
    @Override
    void close();
}
