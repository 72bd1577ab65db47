package io.innkeeper.io;

import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Asks whether somebody uses an address, many at once; nobody waits for an answer. */
public interface AddressProbe extends AutoCloseable {
    /** The most questions that are open at once. */
    int MAX_OPEN = 4_096;

    /**
     * What came of a question.
     *
     * @param address that was asked for, as 32 bits
     * @param interfaceIndex where it was asked, as in {@link #ask}
     * @param used true where somebody answered
     * @param mac who answered; null where nobody did, or it is not known because the question went by ICMP
     */
    record Answer(
            int address,
            int interfaceIndex,
            boolean used,
            @Nullable MacAddress mac) {}

    /** Hears the answers. Must return at once: on the probe's thread, or on that of the caller of {@link #ask}. */
    interface Listener {
        /** Somebody answered, or nobody did in time. */
        void answered(Answer answer);
    }

    /**
     * Asks; the answer goes to the listener. The same question again while it is open leads to no further answer. Where
     * {@value #MAX_OPEN} questions are open, or there is no means to ask, the answer is "nobody" at once, and counted. From
     * any thread.
     *
     * @param address as 32 bits
     * @param interfaceIndex where to ask, by ARP; 0 to ask by ICMP echo, wherever the routing table leads
     */
    void ask(int address, int interfaceIndex);

    /** How many questions were answered with "nobody" without having been asked. */
    long unasked();

    /** Ends; open questions get no answer. */
    @Override
    void close();
}
