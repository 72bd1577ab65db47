package io.innkeeper.lease;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BindingBook} holds: keeps slots, pools, ends, counts and offers in agreement whenever something is put at an
 * address. Knows no rules.
 */
final class BookState {
    final BindingSlots slots;
    final Offers offers;
    final SlotHeap ends;
    final LimitCounts counts;
    private Pools pools = Pools.NONE;
    private int active;

    BookState(long seed) {
        slots = new BindingSlots(seed);
        offers = new Offers(seed);
        ends = new SlotHeap(slots.places());
        counts = new LimitCounts(seed);
    }

    Pools pools() {
        return pools;
    }

    /** How many bindings are active. */
    int active() {
        return active;
    }

    /** Sets pools and reserved addresses; see {@link BindingBook#arrange}. */
    void arrange(List<PoolShape> shapes, Collection<Integer> reserved) {
        Pools before = pools;
        pools = before.with(shapes, reserved, slots.places());
        if (pools.all().stream().anyMatch(pool -> before.byId(pool.id()) != pool)) {
            for (int slot = 1; slot <= slots.highest(); slot++) {
                Binding binding = slots.peek(slot);
                if (binding != null) {
                    enterNewPool(binding, before);
                }
            }
            offers.forEach(offer -> {
                AddressPool pool = pools.of(offer.address());
                if (pool != null && before.byId(pool.id()) != pool) {
                    pool.countOffered(1);
                }
                refresh(offer.address());
            });
        }
        before.forEachReserved(this::refresh);
        pools.forEachReserved(this::refresh);
    }

    private void enterNewPool(Binding binding, Pools before) {
        AddressPool pool = pools.of(binding.address());
        if (pool != null && pool != before.of(binding.address())) {
            pool.count(binding.state(), 1);
            refresh(binding.address());
        }
    }

    /** Enters an offer of an address that is not offered. */
    void offer(Offer offer) {
        offers.add(offer);
        countOffered(offer.address(), 1);
    }

    /** Ends the offer of an address, if there is one. */
    void withdraw(int address) {
        if (offers.remove(address) != null) {
            countOffered(address, -1);
        }
    }

    private void countOffered(int address, int more) {
        AddressPool pool = pools.of(address);
        if (pool != null) {
            pool.countOffered(more);
        }
        refresh(address);
    }

    /** Makes this what is known of an address; null or FORGOTTEN for nothing. */
    void put(int address, @Nullable Binding binding) {
        Binding after = binding == null || binding.state() == LeaseState.FORGOTTEN ? null : binding;
        int slot = slots.at(address);
        Binding before = slot == 0 ? null : slots.get(slot);
        count(before, -1);
        count(after, 1);
        if (before != null && after != null && before.isActive() && after.isActive()) {
            slots.replace(slot, after);
            keepEnd(slot, after);
            return;
        }
        AddressPool pool = pools.of(address);
        if (before != null && slots.places().get(slot) != 0) {
            heapOf(before, pool).remove(slot);
        }
        if (before != null && after != null) {
            slots.replace(slot, after);
        } else if (after != null) {
            slot = slots.add(after);
        } else if (before != null) {
            slots.remove(slot);
        }
        if (after != null && !after.isEnded()) {
            keepEnd(slot, after);
        }
        refresh(address);
    }

    /** Sees to it that the slot stands among the ends not later than it ends. */
    private void keepEnd(int slot, Binding binding) {
        boolean entered = slots.places().get(slot) != 0;
        if (binding.endsAtMs() == Binding.NEVER) {
            if (entered) {
                ends.remove(slot);
            }
        } else if (!entered) {
            ends.add(slot, binding.endsAtMs());
        } else if (binding.endsAtMs() < ends.timeOf(slot)) {
            ends.move(slot, binding.endsAtMs());
        }
    }

    private SlotHeap heapOf(Binding binding, @Nullable AddressPool pool) {
        return binding.isEnded() && pool != null ? pool.ended() : ends;
    }

    private void count(@Nullable Binding binding, int more) {
        if (binding == null) {
            return;
        }
        AddressPool pool = pools.of(binding.address());
        if (pool != null) {
            pool.count(binding.state(), more);
        }
        if (binding.isActive()) {
            active += more;
            counts.add(binding, more);
        }
    }

    /** Makes the pool's marks of an address agree with what is known of it. */
    private void refresh(int address) {
        AddressPool pool = pools.of(address);
        if (pool == null) {
            return;
        }
        int slot = slots.at(address);
        boolean open = pool.mayHandOut(address) && !pools.isReserved(address) && offers.at(address) == null;
        if (open && slot == 0) {
            pool.giveBack(address);
        } else {
            pool.take(address);
        }
        if (slot != 0 && slots.get(slot).isEnded()) {
            boolean entered = slots.places().get(slot) != 0;
            if (open && !entered) {
                pool.ended().add(slot, slots.get(slot).endsAtMs());
            } else if (!open && entered) {
                pool.ended().remove(slot);
            }
        }
    }
}
