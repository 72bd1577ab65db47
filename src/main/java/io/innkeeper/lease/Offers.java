package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.Hash64;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The offers that wait, at most so many: found by address, by client, and in the order in which they end. */
final class Offers {
    private final long seed;
    private final SlotTable byAddress;
    private final KeyChains<ClientId> byClient;
    private final SlotHeap byEnd = new SlotHeap(new IntChunks());
    private final IntChunks freeNext = new IntChunks();
    private @Nullable Offer[] offers = new @Nullable Offer[64];
    private int used;
    private int freeSlot;

    Offers(long seed) {
        this.seed = seed;
        byAddress = new SlotTable(slot -> hash(get(slot).address()));
        byClient = new KeyChains<>(slot -> get(slot).client(), client -> client.hash64(seed));
    }

    private long hash(int address) {
        return Hash64.mix(seed ^ address);
    }

    private Offer get(int slot) {
        Offer offer = offers[slot];
        if (offer == null) {
            throw new IllegalStateException("no offer in slot " + slot);
        }
        return offer;
    }

    int size() {
        return byAddress.size();
    }

    /** The offer of this address, or null. */
    @Nullable
    Offer at(int address) {
        int slot = slotOf(address);
        return slot == 0 ? null : get(slot);
    }

    private int slotOf(int address) {
        long hash = hash(address);
        for (int at = byAddress.first(hash); at >= 0; at = byAddress.next(hash, at)) {
            int slot = byAddress.slotAt(hash, at);
            if (get(slot).address() == address) {
                return slot;
            }
        }
        return 0;
    }

    /** The slot of the client's latest offer; 0 for none. */
    int firstOf(ClientId client) {
        return byClient.first(client);
    }

    /** The slot of the offer to the same client before this one; 0 for none. */
    int nextOf(int slot) {
        return byClient.next(slot);
    }

    Offer in(int slot) {
        return get(slot);
    }

    /** The offer that ends first, or null. */
    @Nullable
    Offer earliest() {
        return byEnd.size() == 0 ? null : get(byEnd.first());
    }

    /** All of them, in no order. */
    void forEach(Consumer<Offer> each) {
        for (int slot = 1; slot <= used; slot++) {
            Offer offer = offers[slot];
            if (offer != null) {
                each.accept(offer);
            }
        }
    }

    /** Enters an offer of an address that is not offered. */
    void add(Offer offer) {
        int slot = freeSlot;
        if (slot == 0) {
            slot = ++used;
            if (slot == offers.length) {
                offers = Arrays.copyOf(offers, slot * 2);
            }
        } else {
            freeSlot = freeNext.get(slot);
        }
        offers[slot] = offer;
        byAddress.add(hash(offer.address()), slot);
        byClient.add(slot);
        byEnd.add(slot, offer.untilMs());
    }

    /** Takes the offer of this address out; null where there is none. */
    @Nullable
    Offer remove(int address) {
        int slot = slotOf(address);
        if (slot == 0) {
            return null;
        }
        Offer offer = get(slot);
        byAddress.remove(hash(address), slot);
        byClient.remove(slot);
        byEnd.remove(slot);
        offers[slot] = null;
        freeNext.set(slot, freeSlot);
        freeSlot = slot;
        return offer;
    }
}
