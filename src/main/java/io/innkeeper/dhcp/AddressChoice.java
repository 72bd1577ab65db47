package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Offer;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Octets;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which address a client gets: reservation, own lease, what it asks for, a free one, the one that ended first (RFC 2131
 * §4.3.1). Looks at the book and changes nothing.
 *
 * <p>Of several clients that one reservation fits, the first has the address while its lease runs; the others get dynamic
 * addresses until it ended.
 */
final class AddressChoice {
    /** Why just this address. */
    enum Reason {
        RESERVATION("reserved for it"),
        OWN_LEASE("it holds this address"),
        OFFERED("it was offered this address already"),
        REMEMBERED("it held this address before"),
        REQUESTED("it asks for this address, and it is free"),
        FREE("free"),
        OLDEST_ENDED("no address is free; this one ended first");

        final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /**
     * A choice.
     *
     * @param address as 32 bits
     * @param known true where the client had the address already: somebody who answers there is the client itself
     */
    record Choice(int address, Reason reason, boolean known) {}

    private final BindingBook book;
    private final PlanIndex index;

    AddressChoice(BindingBook book, PlanIndex index) {
        this.book = book;
        this.index = index;
    }

    /** The address for a client that asks for any, or for {@code requested} by preference; null where none is left. */
    @Nullable
    Choice choose(Situation s, int requested) {
        int reserved = s.reservedAddress();
        if (reserved != 0 && refusal(s, reserved) == null) {
            Binding before = book.at(reserved);
            return new Choice(reserved, Reason.RESERVATION, isOf(before, s) || isOffered(reserved, s));
        }
        Choice own = own(s);
        if (own != null) {
            return own;
        }
        int address = book.choose(s.client(), s.pools(), requested);
        if (address == 0) {
            return null;
        }
        Reason reason =
                address == requested ? Reason.REQUESTED : book.at(address) == null ? Reason.FREE : Reason.OLDEST_ENDED;
        return new Choice(address, reason, isOf(book.at(address), s));
    }

    private @Nullable Choice own(Situation s) {
        IntPredicate open = address -> refusal(s, address) == null;
        Binding binding = book.own(s.client(), open);
        if (binding != null && binding.isActive()) {
            return new Choice(binding.address(), Reason.OWN_LEASE, true);
        }
        Offer offer = book.offered(s.client(), open);
        if (offer != null) {
            return new Choice(offer.address(), Reason.OFFERED, !offer.probing());
        }
        return binding == null ? null : new Choice(binding.address(), Reason.REMEMBERED, true);
    }

    private static boolean isOf(@Nullable Binding binding, Situation s) {
        return binding != null
                && (binding.isActive() || binding.isEnded())
                && binding.client().equals(s.client());
    }

    private boolean isOffered(int address, Situation s) {
        Offer offer = book.offerAt(address);
        return offer != null && !offer.probing() && offer.client().equals(s.client());
    }

    /** Why the client may not have an address, in words; null where it may. */
    @Nullable
    String refusal(Situation s, int address) {
        IndexedReservation holder = index.reservedAt(address);
        if (holder != null && holder != s.reservation()) {
            return "reserved for another client";
        }
        if (holder == null) {
            AddressPool pool = book.poolOf(address);
            boolean kept = book.isReserved(address);
            if (pool == null || kept || !pool.mayHandOut(address) || !s.pools().contains(pool)) {
                return s.subnet().network.contains(address) ? "not handed out here" : "wrong network";
            }
        }
        Binding binding = book.at(address);
        if (binding != null
                && binding.isActive()
                && !binding.client().equals(s.client())
                && !sameDevice(s, holder, binding)) {
            return "in use";
        }
        if (binding != null && binding.state() == LeaseState.DECLINED) {
            return "set aside: somebody else was found using it";
        }
        Offer offer = book.offerAt(address);
        return offer != null && !offer.client().equals(s.client()) ? "offered to another client" : null;
    }

    /**
     * True where the holder of a reserved address is the same device under another client identifier, as when the system that
     * was booted over the network asks after its firmware did.
     */
    private static boolean sameDevice(Situation s, @Nullable IndexedReservation holder, Binding binding) {
        MacAddress mac = s.request().mac;
        return holder != null && holder == s.reservation() && mac != null && Objects.equals(binding.mac(), mac);
    }

    /** True where a reservation gives the client another address than this one, and it could have it now. */
    boolean shouldMove(Situation s, int from) {
        int reserved = s.reservedAddress();
        return reserved != 0 && reserved != from && refusal(s, reserved) == null;
    }

    /** Which limit keeps the client from a lease more; null for none. */
    @Nullable
    String overLimit(Situation s) {
        if (s.reservedAddress() != 0) {
            return null;
        }
        Plan.Limits limits = index.plan.limits();
        Request request = s.request();
        if (limits.leasesPerMac() > 0
                && request.mac != null
                && book.activeOf(request.mac) - replaced(s) >= limits.leasesPerMac()) {
            return "leases per MAC address: " + limits.leasesPerMac();
        }
        if (limits.leasesPerCircuit() > 0 && request.hasRelayInfo()) {
            Octets info = request.relayInfo();
            int network = s.subnet().subnet.network();
            if (info != null && book.activeBehind(info, network) - replaced(s) >= limits.leasesPerCircuit()) {
                return "leases per circuit: " + limits.leasesPerCircuit();
            }
        }
        return null;
    }

    /** A client that holds an address gives it up for the new one: 1 where it does. */
    private int replaced(Situation s) {
        Binding own = book.own(s.client(), s.subnet().network::contains);
        return own != null && own.isActive() ? 1 : 0;
    }
}
