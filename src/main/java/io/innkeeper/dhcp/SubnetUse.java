package io.innkeeper.dhcp;

import io.innkeeper.lease.AddressPool;
import io.innkeeper.lease.Binding;
import io.innkeeper.lease.BindingBook;
import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How full a subnet is, for people and as JSON.
 *
 * @param prefix the subnet, such as {@code 192.168.1.0/24}
 * @param network the shared network it belongs to, or its own name
 * @param where the configuration line
 * @param size how many addresses its pools have
 * @param active leases that run, those of reservations included
 * @param free addresses of its pools that nobody holds, is offered or is remembered for
 * @param reservations how many addresses are reserved
 * @param reservationsActive how many of them are leased now
 * @param pools one for each, in the order in which they are used
 */
public record SubnetUse(
        String prefix,
        String network,
        String where,
        long size,
        long active,
        long free,
        int reservations,
        int reservationsActive,
        List<Pool> pools) {
    /**
     * How full a pool is.
     *
     * @param range first and last address
     * @param where the configuration line
     * @param size how many addresses it has, without excluded ones
     * @param active leases that run
     * @param ended addresses that are free but remembered for those who had them
     * @param declined addresses set aside because somebody else uses them
     * @param offered addresses that are offered and not taken yet
     * @param free addresses nobody knows
     */
    public record Pool(
            String range, String where, long size, long active, long ended, long declined, long offered, long free) {}

    /** Copies the list. */
    public SubnetUse {
        pools = List.copyOf(pools);
    }

    /** All subnets of a plan, as the book knows them. */
    static List<SubnetUse> of(Plan plan, BindingBook book) {
        List<SubnetUse> uses = new ArrayList<>();
        for (Plan.Network network : plan.networks()) {
            for (Plan.Subnet subnet : network.subnets()) {
                uses.add(of(network, subnet, book));
            }
        }
        return uses;
    }

    private static SubnetUse of(Plan.Network network, Plan.Subnet subnet, BindingBook book) {
        List<Pool> pools = new ArrayList<>();
        long size = 0;
        long active = 0;
        long free = 0;
        for (Plan.Pool pool : subnet.pools()) {
            Pool use = of(pool, book);
            pools.add(use);
            size += use.size();
            active += use.active();
            free += use.free();
        }
        int reserved = 0;
        int reservedActive = 0;
        for (Plan.Reserved reservation : subnet.reservations()) {
            if (reservation.address() != 0) {
                reserved++;
                Binding binding = book.at(reservation.address());
                boolean held = binding != null && binding.isActive();
                reservedActive += held ? 1 : 0;
                active += held && inNoPool(subnet, reservation.address()) ? 1 : 0;
            }
        }
        return new SubnetUse(
                subnet.name(), network.name(), subnet.where(), size, active, free, reserved, reservedActive, pools);
    }

    private static boolean inNoPool(Plan.Subnet subnet, int address) {
        for (Plan.Pool pool : subnet.pools()) {
            if (Integer.compareUnsigned(pool.first(), address) <= 0
                    && Integer.compareUnsigned(address, pool.last()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static Pool of(Plan.Pool pool, BindingBook book) {
        String range = IpAddress.v4(pool.first()) + "-" + IpAddress.v4(pool.last());
        @Nullable AddressPool addresses = book.pool(pool.name());
        if (addresses == null) {
            return new Pool(range, pool.where(), 0, 0, 0, 0, 0, 0);
        }
        var use = addresses.use();
        return new Pool(
                range, pool.where(), use.size(), use.active(), use.ended(), use.declined(), use.offered(), use.free());
    }
}
