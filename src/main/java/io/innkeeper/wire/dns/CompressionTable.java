package io.innkeeper.wire.dns;

import java.util.Arrays;

/**
 * Where in a message a name stands that others can point to (RFC 1035 §4.1.4). The last entries can be taken back. One table
 * of open addressing; entries leave in the reverse order of their coming, so that no gaps arise.
 */
final class CompressionTable {
    /** Pointers have 14 bits. */
    static final int MAX_TARGET = 0x3fff;

    private static final int FIRST_SIZE = 64;
    private static final int EMPTY = 0;

    /** Places of names by hash; no name stands at 0, where the header is. */
    private int[] places = new int[FIRST_SIZE];

    private long[] hashes = new long[FIRST_SIZE];

    /** The slots in the order of their coming. */
    private int[] order = new int[FIRST_SIZE / 2];

    private int count;

    int count() {
        return count;
    }

    /**
     * Where a name stands; -1 for nowhere.
     *
     * @param message what has been written
     * @param name where the name is, without compression
     * @param at its first octet
     * @param exact whether case makes a difference
     */
    int find(long hash, byte[] message, byte[] name, int at, boolean exact) {
        int mask = places.length - 1;
        for (int slot = (int) hash & mask; places[slot] != EMPTY; slot = slot + 1 & mask) {
            if (hashes[slot] == hash && same(message, places[slot], name, at, exact)) {
                return places[slot];
            }
        }
        return -1;
    }

    private static boolean same(byte[] message, int place, byte[] name, int nameAt, boolean exact) {
        int there = place;
        int at = nameAt;
        while (true) {
            while ((message[there] & 0xc0) == 0xc0) {
                there = (message[there] & 0x3f) << 8 | (message[there + 1] & 0xff);
            }
            int length = 1 + name[at];
            if (message[there] != name[at]
                    || !DnsName.sameOctets(message, there, name, at, length)
                    || (exact && !Arrays.equals(message, there, there + length, name, at, at + length))) {
                return false;
            }
            if (length == 1) {
                return true;
            }
            there += length;
            at += length;
        }
    }

    /** Remembers a place that pointers reach. */
    void add(long hash, int place) {
        if (place > MAX_TARGET) {
            return;
        }
        if (count == order.length) {
            grow();
        }
        enter(hash, place);
    }

    private void enter(long hash, int place) {
        int mask = places.length - 1;
        int slot = (int) hash & mask;
        while (places[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        places[slot] = place;
        order[count++] = slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldPlaces = places;
        int[] oldOrder = order;
        hashes = new long[2 * oldHashes.length];
        places = new int[2 * oldPlaces.length];
        order = new int[2 * oldOrder.length];
        count = 0;
        for (int slot : oldOrder) {
            enter(oldHashes[slot], oldPlaces[slot]);
        }
    }

    /** Forgets all but the first so many. */
    void cutTo(int kept) {
        while (count > kept) {
            places[order[--count]] = EMPTY;
        }
    }
}
