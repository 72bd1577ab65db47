package io.innkeeper.dhcp;

import io.innkeeper.wire.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** Asks whether addresses are in use; answers come later. */
public interface Probes {
    /** Takes an answer. */
    @FunctionalInterface
    interface Answers {
        /** Somebody uses the address, who may be known by his hardware address, or nobody answered. */
        void probed(int address, boolean inUse, @Nullable MacAddress user);
    }

    /**
     * Asks; does not wait. The answer comes after a while, at the latest when the time for it is over.
     *
     * @param address as 32 bits
     * @param interfaceIndex where it would be; 0 for somewhere behind a router
     */
    void ask(int address, int interfaceIndex);

    /** Hands over the answers that have come since. */
    void forEachAnswer(Answers answers);

    /** Has somebody woken whenever an answer comes. */
    void whenAnswered(Runnable wake);
}
