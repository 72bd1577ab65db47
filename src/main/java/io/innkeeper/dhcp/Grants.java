package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedPool;
import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.dhcp.Outcome.Verdict;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.lease.Traits;
import io.innkeeper.lease.TraitsTable;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.Ja4d;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Enters in the book what clients get and give back. */
final class Grants {
    /** A request that comes again within this time is answered again without anything to store. */
    private static final long SAME_REQUEST_MS = 1_000;

    private final BindingBook book;
    private final PlanIndex index;
    private final Replies replies;
    private final TraitsTable shared;
    private final Supplier<InstallPlan> installs;

    Grants(BindingBook book, PlanIndex index, Replies replies, TraitsTable shared, Supplier<InstallPlan> installs) {
        this.book = book;
        this.index = index;
        this.replies = replies;
        this.shared = shared;
        this.installs = installs;
    }

    /**
     * What a client is told at an address.
     *
     * @param set what the configuration says, and the installation where it is marked for one
     * @param boot what it boots by that mark; null for one without
     */
    record Said(OptionSet set, InstallPlan.@Nullable Told boot) {}

    /** What a client is told at an address. */
    Said saidAt(Situation s, int address, long nowMs) {
        IndexedSubnet subnet = Replies.subnetOf(s, address);
        IndexedPool pool = index.pool(book.poolOf(address));
        InstallPlan.Told boot = installs.get().toldTo(s.request(), nowMs);
        if (boot == null) {
            return new Said(index.options.resolve(subnet, pool, s.classes(), s.reservation()), null);
        }
        Layer layer = boot.profile().layer(boot.client(), boot.boot(), Replies.serverId(s.request(), subnet.subnet));
        return new Said(index.options.resolveUnder(layer, subnet, pool, s.classes(), s.reservation()), boot);
    }

    /** Gives the client an address that it may have, and the ACK for it. */
    Outcome grant(Situation s, int address, long nowMs) {
        Said said = saidAt(s, address, nowMs);
        OptionSet set = said.set();
        long lifetimeS = Replies.lifetimeS(set.lifetime, s.request());
        Binding before = book.at(address);
        Binding held = before != null && before.client().equals(s.client()) ? before : null;
        Binding after = binding(s, address, held, lifetimeS, nowMs);
        if (held != null && isSameAgain(held, after)) {
            long leftS = held.endsAtMs() == Binding.NEVER ? lifetimeS : (held.endsAtMs() - nowMs) / 1_000;
            return replies.lease(Verdict.ACKNOWLEDGED, s, set, address, leftS, List.of(), "")
                    .telling(said.boot());
        }
        List<BindingChange> changes = give(s, after, held, nowMs);
        return replies.lease(Verdict.ACKNOWLEDGED, s, set, address, lifetimeS, changes, "")
                .telling(said.boot());
    }

    /** Enters the binding; a client that comes from another address of the network gives that back. */
    private List<BindingChange> give(Situation s, Binding after, @Nullable Binding held, long nowMs) {
        if (held != null && held.isActive()) {
            return List.of(book.grant(after, nowMs));
        }
        List<BindingChange> changes = new ArrayList<>(2);
        Binding other = book.own(s.client(), s.subnet().network::contains);
        if (other != null && other.isActive()) {
            add(changes, book.release(other.address(), nowMs));
        }
        Binding before = book.at(after.address());
        if (before != null && before.isActive() && !before.client().equals(after.client())) {
            add(changes, book.release(after.address(), nowMs)); // the same device under another identifier
        }
        changes.add(book.grant(after, nowMs));
        book.withdraw(s.client(), s.subnet().network::contains);
        return changes;
    }

    private static void add(List<BindingChange> changes, @Nullable BindingChange change) {
        if (change != null) {
            changes.add(change);
        }
    }

    private static boolean isSameAgain(Binding held, Binding after) {
        long sinceMs = after.endsAtMs() == Binding.NEVER ? 0 : after.endsAtMs() - held.endsAtMs();
        return held.isActive()
                && sinceMs >= 0
                && sinceMs < SAME_REQUEST_MS
                && held.lifetimeS() == after.lifetimeS()
                && held.lifetimeS() > 1
                && held.fixed() == after.fixed()
                && Objects.equals(held.hostname(), after.hostname())
                && Objects.equals(held.mac(), after.mac())
                && held.traits().equals(after.traits())
                && Objects.equals(held.relayInfo(), after.relayInfo());
    }

    /** What the client does not say again stays as it was. */
    private Binding binding(Situation s, int address, @Nullable Binding held, long lifetimeS, long nowMs) {
        Request request = s.request();
        IndexedReservation reservation = s.reservation();
        String name = reservation == null ? null : reservation.reserved.name();
        if (name == null) {
            name = request.hostname();
        }
        Traits traits = shared.shared(traits(request, held));
        Octets relayInfo = request.relayInfo();
        return new Binding(
                address,
                s.client(),
                request.clientIdSent,
                request.mac,
                LeaseState.ACTIVE,
                address == s.reservedAddress(),
                held != null && held.isActive() ? held.startedAtMs() : nowMs,
                lifetimeS == Binding.INFINITE_S ? Binding.NEVER : nowMs + lifetimeS * 1_000,
                lifetimeS,
                name == null && held != null ? held.hostname() : name,
                traits,
                relayInfo == null && held != null ? held.relayInfo() : relayInfo);
    }

    /**
     * What it says, and how. A renewal is built otherwise than the request for an address, and of the two that one is what
     * fingerprints tell of: so it stays.
     */
    private static Traits traits(Request request, @Nullable Binding held) {
        Traits traits = request.traits();
        if (held == null || traits.equals(Traits.NONE)) {
            return held == null ? traits : held.traits();
        }
        Octets known = held.traits().form();
        return known.length() == 0 || Ja4d.requestsAddress(traits.form()) ? traits : traits.withForm(known);
    }

    /** The binding that says that an address is set aside, found by this client. */
    BindingChange setAside(Situation s, int address, long nowMs) {
        Binding by = binding(s, address, null, 0, nowMs);
        return book.decline(by, nowMs + index.plan.declineHoldMs(), nowMs);
    }

    /** BOOTP clients get the address that is reserved for them, for good (RFC 1534 §2). */
    Outcome bootp(Situation s, AddressChoice choice, long nowMs) {
        int address = s.reservedAddress();
        if (!index.plan.bootp() || address == 0) {
            return Outcome.without(Verdict.IGNORED, "BOOTP without a reservation");
        }
        String refusal = choice.refusal(s, address);
        if (refusal != null) {
            return Outcome.without(Verdict.NO_ADDRESS, refusal);
        }
        Binding before = book.at(address);
        Binding held = before != null && before.client().equals(s.client()) ? before : null;
        Binding after = binding(s, address, held, Binding.INFINITE_S, nowMs);
        boolean same = held != null && isSameAgain(held, after);
        Said said = saidAt(s, address, nowMs);
        return replies.bootp(s, said.set(), address, same ? List.of() : give(s, after, held, nowMs))
                .telling(said.boot());
    }

    /** Options for a client that has an address from elsewhere; nothing is entered (RFC 2131 §4.3.5). */
    Outcome inform(Situation s, long nowMs) {
        return replies.inform(s, saidAt(s, s.request().message.ciaddr(), nowMs).set());
    }

    /** RFC 2131 §4.3.4. Needs no subnet: who holds an address may give it back from wherever it is now. */
    Outcome release(Request request, ClientId client, long nowMs) {
        int address = request.message.ciaddr();
        Binding held = book.at(address);
        if (held == null || !held.isActive() || !held.client().equals(client)) {
            return Outcome.without(Verdict.IGNORED, "releases an address that it does not hold");
        }
        List<BindingChange> changes = new ArrayList<>(1);
        add(changes, book.release(address, nowMs));
        return Outcome.of(Verdict.RELEASED, changes, "");
    }

    /** RFC 2131 §4.3.3: only who was given an address can say that it is taken, or anybody could empty the pools. */
    Outcome decline(Request request, ClientId client, long nowMs) {
        DhcpMessage message = request.message;
        int address = message.options().address(OptionCode.REQUESTED_ADDRESS);
        if (address == 0) {
            return Outcome.without(Verdict.INVALID, "DECLINE without an address");
        }
        Binding held = book.at(address);
        if (held == null || !held.isActive() || !held.client().equals(client)) {
            return Outcome.without(Verdict.IGNORED, "declines an address that it does not hold");
        }
        BindingChange change = book.decline(held, nowMs + index.plan.declineHoldMs(), nowMs);
        return Outcome.of(Verdict.DECLINED, List.of(change), "");
    }
}
