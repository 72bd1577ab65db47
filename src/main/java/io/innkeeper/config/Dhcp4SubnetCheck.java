package io.innkeeper.config;

import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Checks subnets: their pools, their reservations, and that no address is in two of them. */
final class Dhcp4SubnetCheck {
    private static final int ROUTER = 3;

    private final ConfigPlaces places;
    private final Dhcp4LevelCheck levels;
    private final Set<String> classes;
    private final boolean classesKnown;
    private final List<Placed> subnets = new ArrayList<>();

    /** A range and the key that gives it. */
    private record Placed(String path, AddressRange range, String text) {}

    /** @param classesKnown false where some class could not be read, so that names may be missing */
    Dhcp4SubnetCheck(ConfigPlaces places, Dhcp4LevelCheck levels, Set<String> classes, boolean classesKnown) {
        this.places = places;
        this.levels = levels;
        this.classes = classes;
        this.classesKnown = classesKnown;
    }

    /** Checks one subnet by itself. */
    void check(String path, Dhcp4Subnet subnet, Dhcp4Lifetimes weaker) {
        Prefix prefix = subnet.prefix();
        subnets.add(
                new Placed(path + ".prefix", new AddressRange(prefix.network(), prefix.last()), "subnet " + prefix));
        Dhcp4Lifetimes lifetimes = levels.check(path, subnet.level(), weaker);
        router(path, subnet.level(), prefix);
        pools(path + ".pools", subnet, lifetimes);
        new Dhcp4ReservationCheck(places, prefix).check(path + ".reservations", subnet.reservations());
        places.each(path + ".reservations", subnet.reservations(), (key, reservation) -> {
            levels.check(key, reservation.level(), lifetimes);
            router(key, reservation.level(), prefix);
        });
    }

    /** Checks all subnets against each other. */
    void overlaps() {
        overlaps(subnets);
    }

    private void pools(String path, Dhcp4Subnet subnet, Dhcp4Lifetimes lifetimes) {
        List<Placed> ranges = new ArrayList<>();
        places.each(path, subnet.pools(), (key, pool) -> {
            AddressRange range = pool.range();
            String rangeKey = key + ".range";
            if (inside(rangeKey, range, subnet.prefix())) {
                ranges.add(new Placed(rangeKey, range, "pool " + range));
                ends(rangeKey, pool, subnet.prefix());
            }
            places.each(key + ".exclude", pool.exclude(), (inner, excluded) -> {
                if (excluded.last().low() < range.first().low()
                        || excluded.first().low() > range.last().low()) {
                    places.warning(inner, excluded + " is not in the pool " + range + ", so it excludes nothing");
                }
            });
            places.each(key + ".classes", pool.classes(), (inner, name) -> {
                if (classesKnown && !classes.contains(name)) {
                    places.error(
                            inner,
                            "there is no class " + ConfigProblem.quote(name) + " in dhcp4.classes",
                            Suggestion.nearest(name, classes));
                }
            });
            levels.check(key, pool.level(), lifetimes);
            router(key, pool.level(), subnet.prefix());
        });
        overlaps(ranges);
    }

    private boolean inside(String path, AddressRange range, Prefix prefix) {
        if (prefix.contains(range.first()) && prefix.contains(range.last())) {
            return true;
        }
        places.error(
                path,
                range + " is not inside the subnet " + prefix + ", which goes from " + prefix.network() + " to "
                        + prefix.last());
        return false;
    }

    private void ends(String path, Dhcp4Pool pool, Prefix prefix) {
        if (prefix.length() <= 30) {
            end(path, pool, prefix.network(), "network");
            end(path, pool, prefix.last(), "broadcast");
        }
    }

    private void end(String path, Dhcp4Pool pool, IpAddress address, String what) {
        boolean excluded = pool.exclude().stream().anyMatch(range -> range.contains(address));
        if (pool.range().contains(address) && !excluded) {
            places.warning(
                    path, "holds the " + what + " address " + address + ", which is left out: begin or end beside it");
        }
    }

    private void overlaps(List<Placed> ranges) {
        List<Placed> sorted = ranges.stream()
                .sorted(Comparator.comparingLong(
                        placed -> placed.range().first().low()))
                .toList();
        Placed furthest = null;
        for (Placed placed : sorted) {
            if (furthest != null
                    && placed.range().first().low() <= furthest.range().last().low()) {
                boolean same = placed.text().equals(furthest.text());
                places.error(
                        placed.path(),
                        placed.text() + (same ? " is given already: " : " overlaps " + furthest.text() + ": ")
                                + furthest.path() + " ("
                                + places.origin(furthest.path()).text() + ")");
            }
            if (furthest == null
                    || placed.range().last().low() > furthest.range().last().low()) {
                furthest = placed;
            }
        }
    }

    private void router(String path, Dhcp4Level level, Prefix prefix) {
        Dhcp4OptionValues.Good routers = levels.option(level, ROUTER);
        if (routers == null || routers.value().length() % 4 != 0) {
            return;
        }
        byte[] octets = routers.value().toArray();
        for (int i = 0; i < octets.length; i += 4) {
            IpAddress router = IpAddress.of(new byte[] {octets[i], octets[i + 1], octets[i + 2], octets[i + 3]});
            if (!prefix.contains(router)) {
                places.warning(
                        path + ".options.routers",
                        router + " is not in the subnet " + prefix + ", so its clients cannot reach it directly");
            }
        }
    }
}
