package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change of {@code dhcp4} does to leases that run, said before it is done. Nothing takes a running lease from its
 * client: it ends where the client asks next, or by itself. Pure.
 */
public final class Dhcp4Effects {
    /** Counts leases. */
    @FunctionalInterface
    public interface ActiveLeases {
        /** How many addresses of a range have an active lease. */
        long in(AddressRange range);
    }

    private final ActiveLeases leases;
    private final List<String> sentences = new ArrayList<>();

    private Dhcp4Effects(ActiveLeases leases) {
        this.leases = leases;
    }

    /** One sentence for each thing that leases will feel; empty where they will feel nothing. */
    public static List<String> between(@Nullable Dhcp4Config old, @Nullable Dhcp4Config next, ActiveLeases leases) {
        if (old == null || old.equals(next)) {
            return List.of();
        }
        Dhcp4Effects effects = new Dhcp4Effects(leases);
        if (next == null) {
            effects.off(old);
        } else {
            effects.subnets(old, next);
            effects.mode(old, next);
        }
        return List.copyOf(effects.sentences);
    }

    private void off(Dhcp4Config old) {
        long count = old.allSubnets().stream()
                .mapToLong(subnet -> leases.in(range(subnet)))
                .sum();
        if (count > 0) {
            sentences.add("dhcp4 is turned off: " + several(count)
                    + " will not be renewed; clients keep their addresses until the leases end");
        }
    }

    private void mode(Dhcp4Config old, Dhcp4Config next) {
        boolean answered = old.mode() == Dhcp4Mode.SELECTIVE || old.mode() == Dhcp4Mode.HYBRID;
        boolean silent = next.mode() == Dhcp4Mode.SHADOW || next.mode() == Dhcp4Mode.PASS_THROUGH;
        long count = old.allSubnets().stream()
                .mapToLong(subnet -> leases.in(range(subnet)))
                .sum();
        if (answered && silent && count > 0) {
            String who = next.mode() == Dhcp4Mode.SHADOW ? "nobody here" : "the upstreams";
            sentences.add("the mode becomes "
                    + next.mode().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ": " + several(count)
                    + " will be renewed by " + who);
        }
    }

    private void subnets(Dhcp4Config old, Dhcp4Config next) {
        for (Dhcp4Subnet subnet : old.allSubnets()) {
            Optional<Dhcp4Subnet> after = next.allSubnets().stream()
                    .filter(other -> other.prefix().equals(subnet.prefix()))
                    .findFirst();
            if (after.isPresent()) {
                pools(subnet, after.get());
                reservations(subnet, after.get());
            } else {
                removed(subnet, next);
            }
        }
    }

    private void removed(Dhcp4Subnet subnet, Dhcp4Config next) {
        long count = leases.in(range(subnet));
        boolean elsewhere = next.allSubnets().stream()
                .anyMatch(other -> other.prefix().contains(subnet.prefix().network())
                        || subnet.prefix().contains(other.prefix().network()));
        String what = "subnet " + subnet.prefix() + (elsewhere ? " becomes another one" : " is removed");
        String then = elsewhere
                ? " will get a new address at the next renewal where the old one does not fit any more"
                : " will be refused at the next renewal";
        sentences.add(count == 0 ? what + "; it has no active leases" : what + ": its " + several(count) + then);
    }

    /** Addresses that could be handed out before and cannot now. */
    private void pools(Dhcp4Subnet old, Dhcp4Subnet next) {
        List<AddressRange> after = free(next);
        next.reservations().stream()
                .map(Dhcp4Reservation::address)
                .filter(Objects::nonNull)
                .forEach(address -> after.add(new AddressRange(address, address)));
        for (AddressRange gone : without(free(old), after)) {
            long count = leases.in(gone);
            if (count > 0) {
                sentences.add(gone + " in subnet " + next.prefix() + " is not handed out any more: " + several(count)
                        + " will get a new address at the next renewal");
            }
        }
    }

    private void reservations(Dhcp4Subnet old, Dhcp4Subnet next) {
        Set<IpAddress> before = old.reservations().stream()
                .map(Dhcp4Reservation::address)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (Dhcp4Reservation reservation : next.reservations()) {
            IpAddress address = reservation.address();
            if (address != null && !before.contains(address) && leases.in(new AddressRange(address, address)) > 0) {
                String whom = reservation.name() == null ? "" : " for " + reservation.name();
                sentences.add(address + " becomes reserved" + whom
                        + " and has an active lease: another client that holds it will be refused at its next renewal");
            }
        }
    }

    private static AddressRange range(Dhcp4Subnet subnet) {
        return new AddressRange(subnet.prefix().network(), subnet.prefix().last());
    }

    private static String several(long count) {
        return count == 1 ? "1 active lease" : count + " active leases";
    }

    private static List<AddressRange> free(Dhcp4Subnet subnet) {
        List<AddressRange> ranges = new ArrayList<>();
        subnet.pools().forEach(pool -> ranges.addAll(without(List.of(pool.range()), pool.exclude())));
        return ranges;
    }

    /** What is left of ranges without others. */
    static List<AddressRange> without(List<AddressRange> ranges, List<AddressRange> others) {
        List<AddressRange> sorted = others.stream()
                .sorted(Comparator.comparingLong(other -> other.first().low()))
                .toList();
        List<AddressRange> left = new ArrayList<>();
        for (AddressRange range : ranges) {
            long from = range.first().low();
            for (AddressRange other : sorted) {
                if (other.last().low() >= from
                        && other.first().low() <= range.last().low()) {
                    add(left, from, other.first().low() - 1);
                    from = Math.max(from, other.last().low() + 1);
                }
            }
            add(left, from, range.last().low());
        }
        return left;
    }

    private static void add(List<AddressRange> ranges, long first, long last) {
        if (first <= last) {
            ranges.add(new AddressRange(IpAddress.v4((int) first), IpAddress.v4((int) last)));
        }
    }
}
