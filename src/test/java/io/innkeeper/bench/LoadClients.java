package io.innkeeper.bench;

import java.util.Arrays;

/** The clients of a load: who holds which address, and who is next. Numbers only, so that millions of them cost little. */
final class LoadClients {
    private static final double GOLDEN = 0.6180339887;

    private final AddressOwners owners = new AddressOwners();
    private int next;
    private int[] addresses = new int[1024];
    private int[] holders = new int[1024];
    private int held;
    private long stride = 1;
    private long walked;

    private final int first;

    LoadClients(int first) {
        this.first = first;
    }

    /** How many hold a lease. */
    int held() {
        return held;
    }

    /** A client that was never seen. */
    int newClient() {
        return first + next++;
    }

    /**
     * Begins a walk over those who hold leases now: out of order, as clients come, and each once before any comes again. Those
     * that get their lease during the walk do not take part.
     */
    void walk() {
        stride = Math.max(1, (long) (held * GOLDEN));
        while (held > 1 && gcd(stride, held) != 1) {
            stride++;
        }
        walked = 0;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The next holder of a lease on the walk. */
    int nextHolder(int of) {
        return holders[(int) (walked++ * stride % of)];
    }

    /** The address that a client holds; 0 for none. */
    int address(int client) {
        int index = client - first;
        return index < addresses.length ? addresses[index] : 0;
    }

    /** A lease was given. Returns the client that holds the address already, -1 where it was free. */
    int give(int client, int address) {
        int index = client - first;
        if (index >= addresses.length) {
            addresses = Arrays.copyOf(addresses, Math.max(index + 1, addresses.length * 2));
        }
        int before = addresses[index];
        if (before == 0) {
            holders = held == holders.length ? Arrays.copyOf(holders, held * 2) : holders;
            holders[held++] = client;
        } else if (before != address) {
            owners.free(before, client);
        }
        addresses[index] = address;
        return owners.claim(address, client);
    }
}
