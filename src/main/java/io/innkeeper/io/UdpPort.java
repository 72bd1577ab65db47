package io.innkeeper.io;

import java.io.IOException;

/**
 * A UDP socket that receives and sends many packets in one call, and knows by which interface they come and go.
 *
 * <p>One thread receives, sends and closes; {@link #wake}, {@link #dropped}, {@link #failed} and {@link #lastFailure} are for
 * all threads.
 */
public interface UdpPort extends AutoCloseable {
    /**
     * Waits for packets and puts all that are there into the batch, up to {@link ReceiveBatch#CAPACITY}.
     *
     * @param timeoutMs how long to wait for the first; 0 for not at all, -1 for ever
     * @return how many came; 0 after the time, after {@link #wake}, and sometimes for no reason
     * @throws IOException if the socket is of no use any more
     */
    int receive(ReceiveBatch batch, int timeoutMs) throws IOException;

    /**
     * Sends all packets of a batch, in order, and empties it. One that cannot be sent is counted and does not stop the
     * others. Where the socket's buffer is full, waits a moment.
     *
     * @return how many left
     */
    int send(SendBatch batch);

    /** Ends the present call of {@link #receive}, or the next one. From any thread, also after {@link #close}. */
    void wake();

    /** How many packets the kernel threw away since the start because we were too slow to take them. */
    long dropped();

    /** How many packets could not be sent since the start. */
    long failed();

    /** The system's words for the last failure to send; empty for none. */
    String lastFailure();

    /** The port that it is bound to, 1 to 65535. */
    int localPort();

    @Override
    void close();
}
