package io.innkeeper.dhcp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clients that wait while it is found out whether somebody uses the address that is meant for them. Bounded. */
final class WaitingClients {
    /** The most that wait at a time. */
    static final int MAX = 2_048;

    /** Where no answer came for so long, none will come. */
    static final long LONGEST_WAIT_MS = 10_000;

    /**
     * One that waits.
     *
     * @param address the one that is probed
     * @param request its latest
     * @param tries how many addresses were found in use for it before
     * @param sinceMs when the probe was asked for
     */
    record Waiting(int address, Request request, int tries, long sinceMs) {}

    /** In the order in which they began to wait. */
    private final Map<Integer, Waiting> byAddress = new LinkedHashMap<>();

    /** Enters a client; false where there is no room. */
    boolean add(int address, Request request, int tries, long nowMs) {
        while (byAddress.size() >= MAX) {
            Waiting first = byAddress.values().iterator().next();
            if (nowMs - first.sinceMs < LONGEST_WAIT_MS) {
                return false;
            }
            byAddress.remove(first.address);
        }
        byAddress.remove(address);
        byAddress.put(address, new Waiting(address, request, tries, nowMs));
        return true;
    }

    /** The client asks again, perhaps in a new transaction: true where it waits already and an answer may still come. */
    boolean refresh(int address, Request request, long nowMs) {
        Waiting waiting = byAddress.get(address);
        if (waiting == null || nowMs - waiting.sinceMs >= LONGEST_WAIT_MS) {
            return false;
        }
        byAddress.put(address, new Waiting(address, request, waiting.tries, waiting.sinceMs));
        return true;
    }

    /** Takes out who waits for this address; null for nobody. */
    @Nullable
    Waiting take(int address) {
        return byAddress.remove(address);
    }

    int size() {
        return byAddress.size();
    }
}
