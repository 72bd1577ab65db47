package io.innkeeper.io;

import java.io.IOException;

/**
 * Sends and hears Ethernet frames, below IP: to clients that have no address yet, for ARP, and to hear what other DHCP servers
 * say. Threads as with {@link UdpPort}.
 */
public interface LinkPort extends AutoCloseable {
    /**
     * Waits for frames and puts all that are there into the batch, up to {@link FrameBatch#CAPACITY}. UDP checksums of
     * frames that were made on this machine, or came over a virtual cable from it, may not be filled in yet.
     *
     * @param timeoutMs how long to wait for the first; 0 for not at all, -1 for ever
     * @return how many came; 0 after the time, after {@link #wake}, and sometimes for no reason
     * @throws IOException if the socket is of no use any more
     */
    int receive(FrameBatch batch, int timeoutMs) throws IOException;

    /** Sends all frames of a batch and empties it; one that cannot be sent is counted. Returns how many left. */
    int send(FrameBatch batch);

    /**
     * Makes an interface take frames to all groups from now on, until the port is closed: questions about IPv6 addresses of
     * others go to groups that nobody else listens to. False where the interface does not.
     */
    boolean hearGroups(int interfaceIndex);

    /** Ends the present call of {@link #receive}, or the next one. From any thread, also after {@link #close}. */
    void wake();

    /** How many frames could not be sent since the start. */
    long failed();

    /** The system's words for the last failure to send; empty for none. */
    String lastFailure();

    @Override
    void close();
}
