package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.BindingChange;
import io.innkeeper.lease.LeaseState;
import io.innkeeper.wire.dhcp4.DhcpMessage;
import io.innkeeper.wire.dhcp4.MessageType;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dhcp4.Options;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which leases of another server go into our book. Who holds an address keeps it as long as our configuration could
 * have given it: rules of access, limits and offers that nobody took yet do not stand in the way, since the address is in
 * use, whatever they say.
 */
final class Adopter {
    private final BindingBook book;
    private final PlanIndex index;
    private final Set<Integer> own;

    /** @param own addresses of this machine, as 32 bits */
    Adopter(BindingBook book, PlanIndex index, Set<Integer> own) {
        this.book = book;
        this.index = index;
        this.own = own;
    }

    /** @param enter true to enter it in the book, false only to tell */
    Adoption adopt(Adoptable offered, boolean enter, long nowMs) {
        Binding lease = offered.lease();
        int address = lease.address();
        if (offered.endIsKnown() && lease.endsAtMs() <= nowMs) {
            return Adoption.refused("its time is over");
        }
        if (own.contains(address)) {
            return Adoption.refused("an address of this machine");
        }
        IndexedSubnet subnet = index.finder.containing(address);
        if (subnet == null) {
            return Adoption.refused("in no subnet of the configuration");
        }
        if (subnet.mode == Mode.PASS_THROUGH) {
            return Adoption.refused("subnet " + subnet.subnet.name() + " hands requests on to another server");
        }
        Request request = request(lease);
        IndexedReservation mine = subnet.network.reservationFor(request, subnet);
        String refusal = unconfigured(address, subnet, request, mine);
        if (refusal == null) {
            refusal = taken(lease, subnet);
        }
        return refusal != null
                ? Adoption.refused(refusal)
                : enter(binding(offered, subnet, request, mine, nowMs), offered.endIsKnown(), enter, nowMs);
    }

    /** The request that its client would send. */
    private static Request request(Binding lease) {
        Options.Builder options = Options.builder();
        options.putU8(OptionCode.MESSAGE_TYPE, MessageType.DISCOVER.code());
        if (lease.clientIdSent()) {
            options.put(OptionCode.CLIENT_ID, lease.client().octets());
        }
        put(options, OptionCode.HOST_NAME, lease.hostname());
        put(options, OptionCode.VENDOR_CLASS, lease.traits().vendorClass());
        MacAddress mac = lease.mac();
        int type = mac == null ? MacAddress.ETHERNET : mac.hardwareType();
        DhcpMessage message =
                new DhcpMessage(DhcpMessage.REQUEST, type, mac, 0, 0, 0, 0, 0, 0, 0, 0, "", "", options.build());
        return new Request(message, new Arrival(Arrival.Link.NONE, 0, 68, -1));
    }

    private static void put(Options.Builder options, int code, @Nullable String text) {
        if (text != null) {
            options.put(code, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Why the configuration would not give this client this address; null where it would. */
    private @Nullable String unconfigured(
            int address, IndexedSubnet subnet, Request request, @Nullable IndexedReservation mine) {
        IndexedReservation holder = index.reservedAt(address);
        if (holder != null) {
            return holder == mine ? null : "reserved for another client: " + holder.reserved.where();
        }
        AddressPool pool = book.poolOf(address);
        if (pool == null) {
            return "in no pool, and not reserved for this client";
        }
        if (!pool.mayHandOut(address)) {
            return "left out of its pool";
        }
        return subnet.poolsFor(index.classesOf(request)).contains(pool)
                ? null
                : "its pool is for clients of other classes";
    }

    /** Why the book has no place for it; null where it has. */
    private @Nullable String taken(Binding lease, IndexedSubnet subnet) {
        Binding there = book.at(lease.address());
        if (there != null && there.state() == LeaseState.DECLINED) {
            return "set aside until " + time(there.endsAtMs()) + ": somebody else was found using it";
        }
        if (there != null && there.isActive() && !there.client().equals(lease.client())) {
            return "held by " + name(there) + " in our own list, " + until(there);
        }
        Binding elsewhere = book.own(lease.client(), subnet.network::contains);
        return elsewhere != null && elsewhere.isActive() && elsewhere.address() != lease.address()
                ? "its client holds " + IpAddress.v4(elsewhere.address()) + " in our own list, " + until(elsewhere)
                : null;
    }

    private static String name(Binding holder) {
        ClientId client = holder.client();
        MacAddress mac = holder.mac();
        return mac == null ? "client " + client : mac.toString();
    }

    private static String until(Binding binding) {
        return binding.endsAtMs() == Binding.NEVER ? "for good" : "until " + time(binding.endsAtMs());
    }

    private static String time(long ms) {
        return ms == Binding.NEVER ? "further notice" : Instant.ofEpochMilli(ms).toString();
    }

    private Binding binding(
            Adoptable offered, IndexedSubnet subnet, Request request, @Nullable IndexedReservation mine, long nowMs) {
        Binding lease = offered.lease();
        long lifetimeS = lease.lifetimeS();
        long endsAtMs = lease.endsAtMs();
        if (!offered.endIsKnown()) {
            lifetimeS = index.options
                    .resolve(subnet, index.pool(book.poolOf(lease.address())), index.classesOf(request), mine)
                    .lifetime
                    .usual();
            endsAtMs = lifetimeS == Binding.INFINITE_S ? Binding.NEVER : nowMs + lifetimeS * 1_000;
        }
        String name = mine == null ? null : mine.reserved.name();
        return new Binding(
                lease.address(),
                lease.client(),
                lease.clientIdSent(),
                lease.mac(),
                LeaseState.ACTIVE,
                mine != null && mine.reserved.address() == lease.address(),
                lease.startedAtMs(),
                endsAtMs,
                lifetimeS,
                name == null ? lease.hostname() : name,
                lease.traits(),
                null);
    }

    private Adoption enter(Binding lease, boolean endIsKnown, boolean enter, long nowMs) {
        Binding there = book.at(lease.address());
        Binding held = there != null && there.isActive() ? there : null;
        if (held != null && (!endIsKnown || held.endsAtMs() >= lease.endsAtMs())) {
            return new Adoption(Adoption.Kind.KNOWN, "", held.endsAtMs(), null);
        }
        BindingChange change = enter ? book.grant(held == null ? lease : later(held, lease), nowMs) : null;
        Adoption.Kind kind = held == null ? Adoption.Kind.ADOPTED : Adoption.Kind.EXTENDED;
        return new Adoption(kind, "", lease.endsAtMs(), change);
    }

    /** What we know of the client ourselves stays. */
    private static Binding later(Binding held, Binding lease) {
        return new Binding(
                held.address(),
                held.client(),
                held.clientIdSent(),
                held.mac(),
                LeaseState.ACTIVE,
                held.fixed(),
                held.startedAtMs(),
                lease.endsAtMs(),
                lease.lifetimeS(),
                lease.hostname() == null ? held.hostname() : lease.hostname(),
                held.traits(),
                held.relayInfo());
    }
}
