package io.innkeeper.dns;

import io.innkeeper.wire.net.Hash64;
import io.innkeeper.wire.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** The addresses that asked lately. Bounded: where it is full, those go that asked longest ago. Finding allocates nothing. */
final class Clients {
    /** The most addresses that are remembered. */
    static final int MOST = 65_536;

    private static final int SLOTS = 2 * MOST;
    private static final long IDLE_MS = 30_000;

    private @Nullable Client[] slots = new Client[1024];
    private final HashIndex<Client.Bucket> buckets = new HashIndex<>();
    private int count;

    /** What is known of an address, made where nothing is. */
    Client of(long high, long low, long nowMs) {
        int mask = slots.length - 1;
        int at = (int) hash(high, low) & mask;
        for (Client client = slots[at]; client != null; client = slots[at]) {
            if (client.low == low && client.high == high) {
                client.lastAskedMs = nowMs;
                return client;
            }
            at = at + 1 & mask;
        }
        return made(high, low, nowMs);
    }

    private static long hash(long high, long low) {
        return Hash64.mix(high * 31 + low);
    }

    /** Lets what is known of an address be found out anew. */
    void forget(IpAddress address) {
        long high = address.high();
        long low = address.mappedLow();
        int mask = slots.length - 1;
        int at = (int) hash(high, low) & mask;
        for (Client client = slots[at]; client != null; client = slots[at]) {
            if (client.low == low && client.high == high) {
                client.version = 0;
                return;
            }
            at = at + 1 & mask;
        }
    }

    private Client made(long high, long low, long nowMs) {
        if (2 * (count + 1) > slots.length) {
            if (slots.length < SLOTS) {
                rebuild(slots.length * 2, Long.MIN_VALUE);
            } else {
                tidy(nowMs);
            }
        }
        Client client = new Client(high, low, bucket(high, low));
        client.lastAskedMs = nowMs;
        place(client);
        return client;
    }

    private Client.Bucket bucket(long high, long low) {
        long key = IpAddress.isMapped(high, low) ? low : Hash64.mix(high);
        Client.Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        Client.Bucket made = new Client.Bucket();
        made.tokens = Integer.MAX_VALUE;
        buckets.put(key, made);
        return made;
    }

    private void place(Client client) {
        int mask = slots.length - 1;
        int at = (int) hash(client.high, client.low) & mask;
        while (slots[at] != null) {
            at = at + 1 & mask;
        }
        slots[at] = client;
        count++;
    }

    /** Leaves those that asked just now or wait for an answer; all, where a flood of addresses leaves no room otherwise. */
    private void tidy(long nowMs) {
        rebuild(slots.length, nowMs - IDLE_MS);
        if (2 * (count + 1) > slots.length) {
            rebuild(slots.length, Long.MAX_VALUE);
        }
    }

    private void rebuild(int size, long since) {
        @Nullable Client[] old = slots;
        slots = new Client[size];
        count = 0;
        for (Client client : old) {
            if (client != null && client.lastAskedMs >= since) {
                place(client);
            }
        }
        if (buckets.size() > MOST) {
            buckets.clear();
        }
    }

    int count() {
        return count;
    }
}
