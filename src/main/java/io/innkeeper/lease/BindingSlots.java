package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.Hash64;
import io.innkeeper.wire.net.MacAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bindings, each in a numbered slot from 1, found by address, by client and by hardware address. */
final class BindingSlots {
    private static final int BITS = 12;
    private static final int MASK = (1 << BITS) - 1;

    private final long seed;
    private final SlotTable byAddress;
    private final KeyChains<ClientId> byClient;

    /** Only those whose client identifier is not made of the hardware address: the others are found by it. */
    private final KeyChains<MacAddress> byMac;

    /** Where each slot stands in the heap that it is in; the next free slot for those that are free. */
    private final IntChunks places = new IntChunks();

    private @Nullable Binding[][] chunks = {new @Nullable Binding[16]};
    private int used;
    private int freeSlot;

    BindingSlots(long seed) {
        this.seed = seed;
        byAddress = new SlotTable(slot -> hash(get(slot).address()));
        byClient = new KeyChains<>(slot -> get(slot).client(), client -> client.hash64(seed));
        byMac = new KeyChains<>(slot -> macOf(get(slot)), mac -> mac.hash64(seed));
    }

    /** So many bindings will be added. */
    void expect(int bindings) {
        byAddress.expect(bindings);
        byClient.expect(bindings);
    }

    private long hash(int address) {
        return Hash64.mix(seed ^ address);
    }

    private static MacAddress macOf(Binding binding) {
        MacAddress mac = binding.mac();
        if (mac == null) {
            throw new IllegalStateException("no hardware address");
        }
        return mac;
    }

    /** Where each slot stands in the heap that it is in. */
    IntChunks places() {
        return places;
    }

    int size() {
        return byAddress.size();
    }

    /** The highest slot in use so far. */
    int highest() {
        return used;
    }

    /** What is in a slot that is in use. */
    Binding get(int slot) {
        Binding binding = peek(slot);
        if (binding == null) {
            throw new IllegalStateException("no binding in slot " + slot);
        }
        return binding;
    }

    /** What is in a slot from 1 to {@link #highest}, or null. */
    @Nullable
    Binding peek(int slot) {
        return chunks[slot >>> BITS][slot & MASK];
    }

    /** The slot of an address; 0 for none. */
    int at(int address) {
        long hash = hash(address);
        for (int at = byAddress.first(hash); at >= 0; at = byAddress.next(hash, at)) {
            int slot = byAddress.slotAt(hash, at);
            if (get(slot).address() == address) {
                return slot;
            }
        }
        return 0;
    }

    /** The slot that this client got last; 0 for none. */
    int firstOf(ClientId client) {
        return byClient.first(client);
    }

    /** The slot that the same client got before. */
    int nextOf(int slot) {
        return byClient.next(slot);
    }

    /** The slot with this hardware address, entered last, of those whose client identifier is another; 0 for none. */
    int firstOf(MacAddress mac) {
        return byMac.first(mac);
    }

    int nextOfMac(int slot) {
        return byMac.next(slot);
    }

    int add(Binding binding) {
        int slot = freeSlot;
        if (slot == 0) {
            slot = ++used;
            makeRoom(slot);
        } else {
            freeSlot = places.get(slot);
            places.set(slot, 0);
        }
        put(slot, binding);
        byAddress.add(hash(binding.address()), slot);
        byClient.add(slot);
        enterMac(slot, binding);
        return slot;
    }

    private void makeRoom(int slot) {
        int chunk = slot >>> BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk + 1);
            chunks[chunk] = new @Nullable Binding[1 << BITS];
        } else if ((slot & MASK) >= chunks[chunk].length) {
            chunks[chunk] = Arrays.copyOf(chunks[chunk], chunks[chunk].length * 2);
        }
    }

    private void put(int slot, @Nullable Binding binding) {
        chunks[slot >>> BITS][slot & MASK] = binding;
    }

    /** Puts another binding of the same address into a slot. */
    void replace(int slot, Binding with) {
        Binding before = get(slot);
        boolean sameClient = before.client().equals(with.client());
        if (sameClient && before.isActive() == with.isActive() && before.sameMac(with)) {
            put(slot, with);
            return;
        }
        byClient.remove(slot);
        leaveMac(slot, before);
        put(slot, with);
        byClient.add(slot);
        enterMac(slot, with);
    }

    /** Empties a slot that is in no heap. */
    void remove(int slot) {
        Binding before = get(slot);
        byAddress.remove(hash(before.address()), slot);
        byClient.remove(slot);
        leaveMac(slot, before);
        put(slot, null);
        places.set(slot, freeSlot);
        freeSlot = slot;
    }

    private void enterMac(int slot, Binding binding) {
        if (isIndexedByMac(binding)) {
            byMac.add(slot);
        }
    }

    private void leaveMac(int slot, Binding binding) {
        if (isIndexedByMac(binding)) {
            byMac.remove(slot);
        }
    }

    private static boolean isIndexedByMac(Binding binding) {
        return !binding.clientIsMac() && binding.mac() != null;
    }
}
