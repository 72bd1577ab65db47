package io.innkeeper.arp;

import java.util.Arrays;

/** A target, and which of its addresses are known: four octets for each address. */
final class AddressBlock {
    final ScanTarget target;
    private final int[] slots;

    AddressBlock(ScanTarget target) {
        this.target = target;
        slots = new int[target.size()];
        Arrays.fill(slots, KnownHosts.NONE);
    }

    /** The slot of an address of it, as 32 bits; {@link KnownHosts#NONE} where it is not known. */
    int slot(int address) {
        return slots[address - target.first()];
    }

    void slot(int address, int slot) {
        slots[address - target.first()] = slot;
    }

    /** How many addresses there are. */
    int size() {
        return slots.length;
    }
}
