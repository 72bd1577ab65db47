package io.innkeeper.dhcp;

import io.innkeeper.wire.dhcp4.DhcpMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where packets come from and go to: the edge of the world for {@link DhcpServer}. Belongs to its thread, but for
 * {@link #wake}.
 */
public interface DhcpPorts extends AutoCloseable {
    /**
     * Waits for packets and takes those that are there; what the turn before received is gone then.
     *
     * @param timeoutMs how long to wait for the first, in milliseconds
     * @return how many there are; 0 where none came in time or {@link #wake} was called
     * @throws IOException if the port broke
     */
    int receive(int timeoutMs) throws IOException;

    /** The octets of a received packet, from the first one of the array on; belongs to the port. */
    byte[] bytes(int packet);

    /** How many octets it has. */
    int length(int packet);

    /** How it came; null where it came by an interface that is not served. */
    @Nullable
    Arrival arrival(int packet);

    /** How it came, whichever interface that was; {@link Arrival.Link#NONE} where it is not served. */
    Arrival anyArrival(int packet);

    /** Puts a message beside the others that {@link #send} will send. */
    void put(DhcpMessage message, Route route, int maxSize);

    /**
     * Sends what was put.
     *
     * @return how many the kernel did not take
     */
    int send();

    /** Ends a wait in {@link #receive}; may be called by any thread. */
    void wake();

    @Override
    void close();
}
