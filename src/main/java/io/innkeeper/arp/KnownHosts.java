package io.innkeeper.arp;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The addresses that somebody had when last heard, in arrays: about 50 octets for each. Each has a number, its slot, as long
 * as it is known.
 */
final class KnownHosts {
    /** The most. */
    static final int MOST = 1 << 20;

    /** The most of IPv6, of which a host may make up as many as it likes. */
    static final int MOST_V6 = 65_536;

    static final int NONE = -1;

    private static final int ETHERNET_OCTETS = 6;

    private record V6(int link, IpAddress address) {}

    private final Map<V6, Integer> slotOfV6 = new HashMap<>();
    private final Map<IpAddress, Integer> linkOfV6 = new HashMap<>();
    private long[] high = new long[64];
    private long[] low = new long[64];
    private long[] mac = new long[64];
    private long[] heardAt = new long[64];
    private long[] dueAt = new long[64];
    private int[] link = new int[64];
    private int[] nextFree = new int[64];
    private byte[] state = new byte[64];
    private byte[] tries = new byte[64];
    private byte[] misses = new byte[64];
    private int firstFree = NONE;
    private int top;
    private int count;

    private static final byte FREE = 0;
    private static final byte V4 = 4;
    private static final byte V6_STATE = 6;

    /** How many there are. */
    int count() {
        return count;
    }

    /** One more than the highest slot. */
    int top() {
        return top;
    }

    boolean isFree(int slot) {
        return state[slot] == FREE;
    }

    /** The slot of an IPv6 address; {@link #NONE} where it is not known. */
    int slotOf(int onLink, IpAddress address) {
        return slotOfV6.getOrDefault(new V6(onLink, address), NONE);
    }

    /** The link where an IPv6 address was heard; 0 where it is not known. */
    int linkOf(IpAddress address) {
        return linkOfV6.getOrDefault(address, 0);
    }

    /** A new one; {@link #NONE} where there are too many. */
    int add(int onLink, IpAddress address, MacAddress from, long now) {
        if (count >= MOST || (address.v6() && slotOfV6.size() >= MOST_V6)) {
            return NONE;
        }
        int slot = firstFree;
        if (slot == NONE) {
            slot = top++;
            grow(slot);
        } else {
            firstFree = nextFree[slot];
        }
        count++;
        high[slot] = address.high();
        low[slot] = address.low();
        link[slot] = onLink;
        state[slot] = address.v6() ? V6_STATE : V4;
        dueAt[slot] = 0;
        if (address.v6()) {
            slotOfV6.put(new V6(onLink, address), slot);
            linkOfV6.put(address, onLink);
        }
        heard(slot, from, now);
        return slot;
    }

    private void grow(int slot) {
        if (slot < high.length) {
            return;
        }
        int more = high.length * 2;
        high = Arrays.copyOf(high, more);
        low = Arrays.copyOf(low, more);
        mac = Arrays.copyOf(mac, more);
        heardAt = Arrays.copyOf(heardAt, more);
        dueAt = Arrays.copyOf(dueAt, more);
        link = Arrays.copyOf(link, more);
        nextFree = Arrays.copyOf(nextFree, more);
        state = Arrays.copyOf(state, more);
        tries = Arrays.copyOf(tries, more);
        misses = Arrays.copyOf(misses, more);
    }

    void remove(int slot) {
        if (state[slot] == V6_STATE) {
            slotOfV6.remove(new V6(link[slot], address(slot)));
            linkOfV6.remove(address(slot), link[slot]);
        }
        state[slot] = FREE;
        tries[slot] = 0;
        dueAt[slot] = 0;
        nextFree[slot] = firstFree;
        firstFree = slot;
        count--;
    }

    /** It was heard: no question to it is open any more. */
    void heard(int slot, MacAddress from, long now) {
        mac[slot] = from.prefix(48);
        heardAt[slot] = now;
        tries[slot] = 0;
        misses[slot] = 0;
    }

    IpAddress address(int slot) {
        return new IpAddress(state[slot] == V6_STATE, high[slot], low[slot]);
    }

    MacAddress mac(int slot) {
        byte[] octets = new byte[ETHERNET_OCTETS];
        for (int i = 0; i < ETHERNET_OCTETS; i++) {
            octets[i] = (byte) (mac[slot] >>> (40 - 8 * i));
        }
        return MacAddress.of(MacAddress.ETHERNET, octets);
    }

    int link(int slot) {
        return link[slot];
    }

    long heardAt(int slot) {
        return heardAt[slot];
    }

    /** How often it was asked since it was last heard; 0 where no question is open. */
    int tries(int slot) {
        return tries[slot];
    }

    /** When the open question counts as lost. */
    long dueAt(int slot) {
        return dueAt[slot];
    }

    void asked(int slot, int howOften, long due) {
        tries[slot] = (byte) howOften;
        dueAt[slot] = due;
    }

    /** How many rounds it was silent. */
    int misses(int slot) {
        return misses[slot];
    }

    /** It did not answer, however often it was asked. */
    void missed(int slot) {
        tries[slot] = 0;
        misses[slot]++;
    }
}
