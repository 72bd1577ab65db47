package io.innkeeper.io;

import java.io.IOException;

/**
 * UDP sockets that questions come in by and answers leave by, of both families: each answer goes where its question came from,
 * and comes from the address that the question was sent to. Many packets cost one system call, and nothing is allocated for
 * one.
 *
 * <p>One thread receives, answers and closes; {@link #wake} and the counts are for all threads. What {@link #receive} found is
 * good until its next call.
 */
public interface QueryPort extends AutoCloseable {
    /** The most octets of a question or an answer; a longer question is marked {@link #truncated}. */
    int MAX_LENGTH = 4096;

    /** Who asked, for an answer that is given later. Addresses are 128 bits, those of IPv4 in their IPv6 form (RFC 4291). */
    record Peer(int socket, long high, long low, int port, long localHigh, long localLow, int scope) {}

    /**
     * Waits for questions.
     *
     * @param timeoutMs how long for the first; 0 for not at all, -1 for ever
     * @return how many there are; 0 after the time or {@link #wake}, and sometimes for no reason
     * @throws IOException if a socket is of no use any more
     */
    int receive(int timeoutMs) throws IOException;

    /** The content of question {@code index}, in an array that is longer. Not to be kept. */
    byte[] bytes(int index);

    /** How many octets it has. */
    int length(int index);

    /** True where its end is lost. */
    boolean truncated(int index);

    /** By which of the sockets it came, in the order of opening. */
    int socket(int index);

    /** The upper 64 bits of the asker's address. */
    long clientHigh(int index);

    /** The lower 64 bits of it. */
    long clientLow(int index);

    /** The asker's port. */
    int clientPort(int index);

    /** The asker, to be kept. */
    Peer peer(int index);

    /** Puts the answer to question {@code index} of the present batch on its way; it is copied. */
    void answer(int index, byte[] payload, int length);

    /** Puts an answer to somebody who asked before on its way; it is copied. */
    void answer(Peer peer, byte[] payload, int length);

    /** Sends what is on its way. One that cannot be sent is counted, and does not stop the others. */
    void flush();

    /** Ends the present call of {@link #receive}, or the next one. From any thread, also after {@link #close}. */
    void wake();

    /** How many questions the kernel threw away since the start because we were too slow to take them. */
    long dropped();

    /** How many answers could not be sent since the start. */
    long failed();

    /** The port of a socket, in the order of opening. */
    int localPort(int socket);

    @Override
    void close();
}
