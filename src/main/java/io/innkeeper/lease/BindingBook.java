package io.innkeeper.lease;

import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which IPv4 address of our own DHCP server, in memory and compact. Methods that change a binding enter the change
 * and return it, so that it can be stored, and taken back with {@link #revert} where that fails. Offers are in memory only.
 * Pure: no clock, no I/O. Belongs to one thread. Addresses are 32 bits, 0 for none; times are milliseconds since 1970.
 */
public final class BindingBook {
    /** Of a client that was given more addresses than this over time, only so many of the latest are looked at. */
    public static final int MAX_LOOKED_AT = 64;

    /** A client has at most so many offers at a time: one a network, for those that are in several. */
    public static final int MAX_OFFERS_OF_CLIENT = 8;

    private final BindingSlots slots;
    private final Offers offers;
    private final int maxOffers;
    private final BookState state;
    private final List<BindingChange> kept = new ArrayList<>();
    private boolean keeps;

    /**
     * An empty book without pools.
     *
     * @param maxOffers the most offers at a time, at least 1
     * @param seed something that clients do not know, so that they cannot choose keys that fall together
     */
    public BindingBook(int maxOffers, long seed) {
        if (maxOffers < 1) {
            throw new IllegalArgumentException("at least one offer");
        }
        this.maxOffers = maxOffers;
        state = new BookState(seed);
        slots = state.slots;
        offers = state.offers;
    }

    // ---- configuration

    /**
     * Sets the pools, and the addresses that reservations keep: these are not handed out dynamically. All bindings and offers
     * stay, those outside every pool too. Pools that did not change stay the same objects.
     *
     * @throws IllegalArgumentException if two pools overlap or have the same id
     */
    public void arrange(List<PoolShape> shapes, Collection<Integer> reserved) {
        state.arrange(shapes, reserved);
    }

    /** The pools, by their first address. */
    public List<AddressPool> pools() {
        return state.pools().all();
    }

    /** The pool with this id, or null. */
    public @Nullable AddressPool pool(String id) {
        return state.pools().byId(id);
    }

    /** The pool in whose range the address lies, or null. */
    public @Nullable AddressPool poolOf(int address) {
        return state.pools().of(address);
    }

    /** True where a reservation keeps the address. */
    public boolean isReserved(int address) {
        return state.pools().isReserved(address);
    }

    /**
     * Begins or ends counting active bindings for limits; see {@link #activeOf} and {@link #activeBehind}.
     *
     * @param perMac count by hardware address
     * @param perCircuit count by circuit
     * @param networkOf a number for the network of an address: circuits of the same name in two networks are two circuits.
     *     Where its answers change, call this again
     */
    public void countForLimits(boolean perMac, boolean perCircuit, IntUnaryOperator networkOf) {
        state.counts.count(perMac, perCircuit, networkOf);
        if (!perMac && !perCircuit) {
            return;
        }
        forEach(binding -> {
            if (binding.isActive()) {
                state.counts.add(binding, 1);
            }
        });
    }

    // ---- looking

    /** What is known of an address, or null. */
    public @Nullable Binding at(int address) {
        int slot = slots.at(address);
        return slot == 0 ? null : slots.get(slot);
    }

    /** The latest bindings of a client, ended ones too. */
    public List<Binding> of(ClientId client) {
        List<Binding> found = new ArrayList<>();
        for (int slot = slots.firstOf(client); slot != 0 && found.size() < MAX_LOOKED_AT; slot = slots.nextOf(slot)) {
            found.add(slots.get(slot));
        }
        return found;
    }

    /** The latest bindings of a hardware address under whatever client identifiers, ended ones too. */
    public List<Binding> of(MacAddress mac) {
        List<Binding> found = new ArrayList<>();
        for (Binding binding : of(ClientId.ofHardware(mac))) {
            if (Objects.equals(binding.mac(), mac)) {
                found.add(binding);
            }
        }
        int limit = found.size() + MAX_LOOKED_AT;
        for (int slot = slots.firstOf(mac); slot != 0 && found.size() < limit; slot = slots.nextOfMac(slot)) {
            found.add(slots.get(slot));
        }
        return found;
    }

    /**
     * The binding that a client has, or had and could have again, among some addresses: an active one, else the one that
     * ended last. An ended one counts while nobody else has a reservation or an offer of it.
     *
     * @param within the subnet, say
     */
    public @Nullable Binding own(ClientId client, IntPredicate within) {
        Binding best = null;
        int looked = 0;
        for (int slot = slots.firstOf(client); slot != 0 && looked < MAX_LOOKED_AT; slot = slots.nextOf(slot)) {
            looked++;
            Binding binding = slots.get(slot);
            if (!within.test(binding.address())) {
                continue;
            }
            if (binding.isActive()) {
                return binding;
            }
            boolean later = best == null || binding.endsAtMs() > best.endsAtMs();
            if (later && binding.isEnded() && isUnclaimed(binding.address(), client)) {
                best = binding;
            }
        }
        return best;
    }

    /** As {@link #own(ClientId, IntPredicate)}, among the addresses that some pools hand out. */
    public @Nullable Binding own(ClientId client, List<AddressPool> among) {
        return own(client, address -> isHandedOut(address, among));
    }

    private boolean isUnclaimed(int address, ClientId client) {
        Offer offer = offers.at(address);
        return !state.pools().isReserved(address)
                && (offer == null || offer.client().equals(client));
    }

    private static boolean isHandedOut(int address, List<AddressPool> among) {
        for (AddressPool pool : among) {
            if (pool.contains(address)) {
                return pool.mayHandOut(address);
            }
        }
        return false;
    }

    /** How many bindings are known, ended ones too. */
    public int size() {
        return slots.size();
    }

    /** How many bindings are active. */
    public int activeCount() {
        return state.active();
    }

    /** All bindings, in no order; the book must not be changed meanwhile. */
    public void forEach(Consumer<Binding> each) {
        for (int slot = 1; slot <= slots.highest(); slot++) {
            Binding binding = slots.peek(slot);
            if (binding != null) {
                each.accept(binding);
            }
        }
    }

    /** How many active bindings a hardware address has; 0 where it is not counted. */
    public int activeOf(MacAddress mac) {
        return state.counts.activeOf(mac);
    }

    /**
     * How many active bindings there are behind the circuit that the content of option 82 names (circuit-id and remote-id
     * together, RFC 3046 §3.1, §3.2); 0 where it is not counted, or no circuit is named.
     *
     * @param address any address of the network
     */
    public int activeBehind(Octets relayInfo, int address) {
        return state.counts.activeBehind(relayInfo, address);
    }

    // ---- choosing

    /**
     * An address for a client: the one it asks for where the pools have it and it is free, its own, or ended; else a free
     * one, by preference always the same for the same client; else the one that ended first. Changes nothing.
     *
     * @param among the pools, in the order in which they are used
     * @param requested what the client asks for; 0 for nothing
     * @return 0 where none is left
     */
    public int choose(ClientId client, List<AddressPool> among, int requested) {
        if (requested != 0 && isHandedOut(requested, among) && isAvailable(requested, client)) {
            return requested;
        }
        for (AddressPool pool : among) {
            if (pool.free() > 0) {
                return pool.nextFree(pool.startFor(client.hash64(0)));
            }
        }
        return oldestEnded(among);
    }

    /** True where a pool hands out the address and the client may have it: it is free, its own, or ended. */
    public boolean isAvailable(int address, ClientId client) {
        AddressPool pool = state.pools().of(address);
        if (pool == null || !pool.mayHandOut(address) || !isUnclaimed(address, client)) {
            return false;
        }
        Binding binding = at(address);
        return binding == null
                || binding.isEnded()
                || (binding.isActive() && binding.client().equals(client));
    }

    /** The address of some pools that ended first and that may be used again; 0 for none. */
    public int oldestEnded(List<AddressPool> among) {
        SlotHeap oldest = null;
        for (AddressPool pool : among) {
            if (pool.ended().size() > 0 && (oldest == null || pool.ended().firstTime() < oldest.firstTime())) {
                oldest = pool.ended();
            }
        }
        return oldest == null ? 0 : slots.get(oldest.first()).address();
    }

    // ---- offers

    /**
     * Keeps an address for a client. Whoever it was kept for before does not have it any more. Where there are too many
     * offers, the one that ends first goes.
     */
    public void offer(Offer offer) {
        withdraw(offer.address());
        int before = 0;
        int oldest = 0;
        for (int slot = offers.firstOf(offer.client()); slot != 0; slot = offers.nextOf(slot)) {
            before++;
            oldest = slot;
        }
        if (before >= MAX_OFFERS_OF_CLIENT) {
            withdraw(offers.in(oldest).address());
        }
        if (offers.size() >= maxOffers) {
            Offer earliest = offers.earliest();
            if (earliest != null) {
                withdraw(earliest.address());
            }
        }
        state.offer(offer);
    }

    /** As {@link #offer(Offer)}, with nothing to be found out first. */
    public void offer(int address, ClientId client, long untilMs) {
        offer(new Offer(address, client, untilMs, false));
    }

    /** Whom an address is kept for, or null. */
    public @Nullable Offer offerAt(int address) {
        return offers.at(address);
    }

    /** The latest offer to a client among some addresses, or null. */
    public @Nullable Offer offered(ClientId client, IntPredicate within) {
        for (int slot = offers.firstOf(client); slot != 0; slot = offers.nextOf(slot)) {
            Offer offer = offers.in(slot);
            if (within.test(offer.address())) {
                return offer;
            }
        }
        return null;
    }

    /** Ends the offer of an address, if there is one. */
    public void withdraw(int address) {
        state.withdraw(address);
    }

    /** Ends the offers to a client among some addresses: it has chosen another server. */
    public void withdraw(ClientId client, IntPredicate within) {
        Offer offer = offered(client, within);
        while (offer != null) {
            withdraw(offer.address());
            offer = offered(client, within);
        }
    }

    /** How many offers there are. */
    public int offerCount() {
        return offers.size();
    }

    // ---- changing

    /**
     * Enters an active binding: a renewal where the client holds the address, else a grant, also of an address that somebody
     * else had. The offer of the address ends.
     *
     * @throws IllegalArgumentException if it is not active, or somebody else holds the address
     */
    public BindingChange grant(Binding binding, long nowMs) {
        Binding before = at(binding.address());
        boolean held = before != null && before.isActive();
        if (!binding.isActive()) {
            throw new IllegalArgumentException("what is granted is active, not " + binding.state());
        }
        if (held && before != null && !before.client().equals(binding.client())) {
            throw new IllegalArgumentException("somebody else holds the address: " + before);
        }
        withdraw(binding.address());
        return enter(held ? BindingChange.Kind.RENEWED : BindingChange.Kind.GRANTED, before, binding, nowMs);
    }

    /** The client gave the address back, or an administrator took it; null where nobody holds it. */
    public @Nullable BindingChange release(int address, long nowMs) {
        Binding before = at(address);
        if (before == null || !before.isActive()) {
            return null;
        }
        return enter(BindingChange.Kind.RELEASED, before, before.ended(LeaseState.RELEASED, nowMs), nowMs);
    }

    /**
     * Sets an address aside because a client, or our own probe, found somebody using it. The offer of it ends.
     *
     * @param by who found it: a binding of the address to that client, of whatever state
     * @param untilMs when the address is free again
     */
    public BindingChange decline(Binding by, long untilMs, long nowMs) {
        withdraw(by.address());
        Binding after = by.ended(LeaseState.DECLINED, untilMs);
        return enter(BindingChange.Kind.DECLINED, at(by.address()), after, nowMs);
    }

    /** Remembers an address no more; null where nothing is known of it. */
    public @Nullable BindingChange forget(int address, long nowMs) {
        Binding before = at(address);
        if (before == null) {
            return null;
        }
        return enter(BindingChange.Kind.FORGOTTEN, before, before.ended(LeaseState.FORGOTTEN, nowMs), nowMs);
    }

    /**
     * Ends what is over, in the order of its end: active bindings expire, addresses that were set aside are free again, offers
     * lapse.
     *
     * @param max the most changes; call again where so many come back
     */
    public List<BindingChange> expire(long nowMs, int max) {
        for (Offer offer = offers.earliest(); offer != null && offer.untilMs() <= nowMs; offer = offers.earliest()) {
            withdraw(offer.address());
        }
        List<BindingChange> changes = new ArrayList<>();
        while (changes.size() < max && state.ends.firstTime() <= nowMs) {
            Binding binding = slots.get(state.ends.first());
            if (binding.endsAtMs() > state.ends.firstTime()) {
                // It was renewed since: moving it only now costs nothing at each renewal.
                state.ends.move(state.ends.first(), binding.endsAtMs());
            } else if (binding.isActive()) {
                Binding after = binding.ended(LeaseState.EXPIRED, binding.endsAtMs());
                changes.add(enter(BindingChange.Kind.EXPIRED, binding, after, nowMs));
            } else {
                Binding after = binding.ended(LeaseState.FORGOTTEN, nowMs);
                changes.add(enter(BindingChange.Kind.FORGOTTEN, binding, after, nowMs));
            }
        }
        return changes;
    }

    /** When {@link #expire} may have something to do, at the earliest; {@link Binding#NEVER} for never. */
    public long nextEndMs() {
        Offer offer = offers.earliest();
        return Math.min(state.ends.firstTime(), offer == null ? Binding.NEVER : offer.untilMs());
    }

    /** How many ends are waited for: as many as there are bindings that will end, however often they were renewed. */
    int endsKept() {
        return state.ends.size();
    }

    /** About so many bindings will be restored: an empty book makes room for them at once. Only a hint. */
    public void expect(int bindings) {
        slots.expect(bindings);
    }

    /** Enters what the store remembers, in place of what is known of the address. */
    public void restore(Binding binding) {
        state.put(binding.address(), binding);
    }

    /** Takes a change back; of several the last one first. Offers that it ended do not come back. */
    public void revert(BindingChange change) {
        state.put(change.after().address(), change.before());
    }

    /** Keeps the changes from now on, so that {@link #takeBack} can take them back, until {@link #end}. */
    public void begin() {
        kept.clear();
        keeps = true;
    }

    /** Takes back all changes since {@link #begin}. */
    public void takeBack() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            revert(kept.get(i));
        }
        kept.clear();
    }

    /** The changes since {@link #begin} stand. */
    public void end() {
        keeps = false;
        kept.clear();
    }

    private BindingChange enter(BindingChange.Kind kind, @Nullable Binding before, Binding after, long nowMs) {
        BindingChange change = new BindingChange(kind, before, after, nowMs);
        if (keeps) {
            kept.add(change);
        }
        state.put(after.address(), after);
        return change;
    }
}
