package io.innkeeper.bench;

import java.util.Arrays;

/** Which client was given which IPv4 address: pages of 65,536 addresses, made when first needed. */
final class AddressOwners {
    private static final int PAGE = 1 << 16;

    // Client number + 1; 0 for nobody.
    private final int[][] pages = new int[PAGE][];

    private static final int[] NONE = {};

    AddressOwners() {
        Arrays.fill(pages, NONE);
    }

    /** Notes the owner; returns the client that has the address already, -1 for nobody (or this client itself). */
    int claim(int address, int client) {
        int[] page = pages[address >>> 16];
        if (page.length == 0) {
            page = new int[PAGE];
            pages[address >>> 16] = page;
        }
        int before = page[address & 0xffff] - 1;
        if (before >= 0 && before != client) {
            return before;
        }
        page[address & 0xffff] = client + 1;
        return -1;
    }

    /** The address is nobody's again, if it was this client's. */
    void free(int address, int client) {
        int[] page = pages[address >>> 16];
        if (page.length > 0 && page[address & 0xffff] == client + 1) {
            page[address & 0xffff] = 0;
        }
    }
}
