package io.innkeeper.dhcp;

import io.innkeeper.dhcp.IndexedSubnet.IndexedNetwork;
import io.innkeeper.dhcp.IndexedSubnet.IndexedPool;
import io.innkeeper.dhcp.IndexedSubnet.IndexedReservation;
import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.lease.PoolShape;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A plan with everything that a packet asks of it at hand. Made anew for each plan; immutable then. */
final class PlanIndex {
    final Plan plan;
    final SubnetFinder finder;
    final AccessPolicy access;
    final OptionResolver options;
    private final ClientMatch[] classes;
    private final List<IndexedSubnet> subnets = new ArrayList<>();
    private final Map<AddressPool, IndexedPool> byPool = new HashMap<>();
    private final Map<String, Long> classBits = new HashMap<>();

    /** Addresses with a reservation, sorted as signed numbers, and whose they are. */
    private final int[] reservedAddresses;

    private final IndexedReservation[] byReservedAddress;

    /** Indexes a plan, and has the book keep its pools, the reserved addresses and our own. */
    PlanIndex(Plan plan, Set<Integer> own, BindingBook book, Function<MacAddress, @Nullable String> vendorOf) {
        this.plan = plan;
        arrange(plan, own, book);
        access = new AccessPolicy(plan.access(), "the DHCP server", vendorOf);
        classes = plan.classes().stream()
                .map(each -> new ClientMatch(each.match(), vendorOf))
                .toArray(ClientMatch[]::new);
        for (int i = 0; i < classes.length; i++) {
            classBits.put(plan.classes().get(i).name(), 1L << i);
        }
        List<IndexedReservation> reservations = new ArrayList<>();
        for (int i = 0; i < plan.networks().size(); i++) {
            IndexedNetwork network = new IndexedNetwork(i, plan.networks().get(i));
            add(network, book, reservations, vendorOf);
        }
        finder = new SubnetFinder(subnets);
        options = new OptionResolver(plan);
        byReservedAddress = reservations.stream()
                .filter(entry -> entry.reserved.address() != 0)
                .sorted((a, b) -> Integer.compare(a.reserved.address(), b.reserved.address()))
                .toArray(IndexedReservation[]::new);
        reservedAddresses = Arrays.stream(byReservedAddress)
                .mapToInt(entry -> entry.reserved.address())
                .toArray();
        Plan.Limits limits = plan.limits();
        book.countForLimits(limits.leasesPerMac() > 0, limits.leasesPerCircuit() > 0, this::networkOf);
    }

    private static void arrange(Plan plan, Set<Integer> own, BindingBook book) {
        List<PoolShape> shapes = new ArrayList<>();
        List<Integer> reserved = new ArrayList<>(own);
        for (Plan.Network network : plan.networks()) {
            for (Plan.Subnet subnet : network.subnets()) {
                subnet.pools().forEach(pool -> shapes.add(shape(pool)));
                subnet.reservations().stream()
                        .map(Plan.Reserved::address)
                        .filter(address -> address != 0)
                        .forEach(reserved::add);
            }
        }
        book.arrange(shapes, reserved);
    }

    /** Circuits of the same name in two networks are two circuits. */
    private int networkOf(int address) {
        IndexedSubnet subnet = finder.containing(address);
        return subnet == null ? -1 : subnet.network.number;
    }

    private static PoolShape shape(Plan.Pool pool) {
        List<PoolShape.Span> excluded = pool.excluded().stream()
                .map(range -> new PoolShape.Span(range.first(), range.last()))
                .toList();
        return new PoolShape(pool.name(), pool.first(), pool.last(), excluded);
    }

    private void add(
            IndexedNetwork indexed,
            BindingBook book,
            List<IndexedReservation> reservations,
            Function<MacAddress, @Nullable String> vendorOf) {
        for (Plan.Subnet subnet : indexed.network.subnets()) {
            Mode mode = subnet.mode() == null ? plan.mode() : subnet.mode();
            AccessPolicy rules = new AccessPolicy(subnet.access(), "subnet " + subnet.name(), vendorOf);
            IndexedSubnet entry = new IndexedSubnet(subnets.size(), subnet, indexed, mode, rules);
            subnets.add(entry);
            indexed.subnets.add(entry);
            for (Plan.Pool pool : subnet.pools()) {
                AddressPool addresses = book.pool(pool.name());
                if (addresses == null) {
                    throw new IllegalStateException("the book has no pool " + pool.name());
                }
                IndexedPool at = new IndexedPool(byPool.size(), pool, entry, addresses, bits(pool.classes()));
                byPool.put(addresses, at);
                entry.pools.add(at);
            }
            for (Plan.Reserved reserved : subnet.reservations()) {
                IndexedReservation at = new IndexedReservation(reservations.size(), reserved, entry);
                reservations.add(at);
                indexed.add(at);
            }
        }
        indexed.subnets.forEach(IndexedSubnet::prepare);
    }

    /** A class that is asked for and does not exist has no members: its bit is never set. */
    private long bits(Set<String> names) {
        if (names.isEmpty()) {
            return 0;
        }
        long bits = 0;
        boolean unknown = false;
        for (String name : names) {
            Long bit = classBits.get(name);
            unknown |= bit == null;
            bits |= bit == null ? 0 : bit;
        }
        if (bits == 0 && unknown) {
            throw new IllegalArgumentException("a pool asks for classes that do not exist: " + names);
        }
        return bits;
    }

    /** The classes a client is in, a bit for each in the order of the plan. */
    long classesOf(Request client) {
        long in = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].fits(client)) {
                in |= 1L << i;
            }
        }
        return in;
    }

    /** The pool of the plan for one of the book; null for one that it does not have any more. */
    @Nullable
    IndexedPool pool(@Nullable AddressPool addresses) {
        return addresses == null ? null : byPool.get(addresses);
    }

    /** Whose reservation an address is; null for nobody's. */
    @Nullable
    IndexedReservation reservedAt(int address) {
        int place = Arrays.binarySearch(reservedAddresses, address);
        return place < 0 ? null : byReservedAddress[place];
    }

    /** All subnets, in the order of the plan. */
    List<IndexedSubnet> subnets() {
        return subnets;
    }
}
