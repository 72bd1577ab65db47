package io.innkeeper.arp;

import io.innkeeper.config.AddressRange;
import io.innkeeper.config.ArpConfig;
import io.innkeeper.io.LocalNetworks;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where to listen and what to ask for: the configuration applied to the interfaces as they are. Pure.
 *
 * @param links by the kernel's number
 * @param targets what is asked for; no address twice on a link
 * @param ownAddresses IPv4 addresses of this machine, as 32 bits
 * @param ownMacs hardware addresses of this machine
 * @param complaints sentences about what was left out
 */
record Scope(
        Map<Integer, ScanLink> links,
        List<ScanTarget> targets,
        Set<Integer> ownAddresses,
        Set<MacAddress> ownMacs,
        List<String> complaints) {

    /** Nothing. */
    static final Scope NONE = new Scope(Map.of(), List.of(), Set.of(), Set.of(), List.of());

    /** Interfaces of containers and virtual machines: those behind them are on this machine. */
    private static final Pattern INSIDE =
            Pattern.compile("(docker|podman|veth|virbr|vnet|tap|cni|lxc|lxdbr|cali|flannel).*|br-[0-9a-f]{12}");

    /** A network of two addresses has neither network nor broadcast address (RFC 3021). */
    private static final int POINT_TO_POINT = 31;

    private static final int LARGEST = 16;

    private static final class Builder {
        final Map<Integer, ScanLink> links = new HashMap<>();
        final List<ScanTarget> found = new ArrayList<>();
        final List<String> complaints = new ArrayList<>();
    }

    /** Applies a configuration. */
    static Scope of(ArpConfig config, LocalNetworks networks) {
        Builder made = new Builder();
        Set<Integer> ownAddresses = new HashSet<>();
        Set<MacAddress> ownMacs = new HashSet<>();
        for (LocalNetworks.Interface one : networks.byIndex().values()) {
            ownAddresses.addAll(one.addresses4());
            MacAddress mac = one.mac();
            if (mac != null) {
                ownMacs.add(mac);
                if (one.up() && isWanted(config, one)) {
                    made.links.put(one.index(), new ScanLink(one.index(), one.name(), mac, one.addresses()));
                }
            }
        }
        missing(config, made);
        if (config.ranges().isEmpty()) {
            made.links.values().forEach(link -> {
                unaddressed(link, made);
                subnets(link, made);
            });
        } else {
            config.ranges().forEach(range -> range(range, made));
        }
        return new Scope(
                Map.copyOf(made.links), withinLimit(made), ownAddresses, ownMacs, List.copyOf(made.complaints));
    }

    private static boolean isWanted(ArpConfig config, LocalNetworks.Interface one) {
        return config.interfaces().isEmpty()
                ? !one.loopback()
                        && !one.addresses4().isEmpty()
                        && !INSIDE.matcher(one.name()).matches()
                : config.interfaces().contains(one.name());
    }

    private static void missing(ArpConfig config, Builder made) {
        for (String name : config.interfaces()) {
            if (made.links.values().stream().noneMatch(link -> link.name().equals(name))) {
                made.complaints.add("the interface " + name + " is not there, is down, or is no Ethernet");
            }
        }
        if (made.links.isEmpty() && config.interfaces().isEmpty()) {
            made.complaints.add("there is no Ethernet interface with an IPv4 address");
        }
    }

    /** Nobody can be asked there but those who are heard. */
    private static void unaddressed(ScanLink link, Builder made) {
        if (link.addresses().stream().allMatch(own -> ScanLink.isLinkLocal(own.address()))) {
            made.complaints.add("the interface " + link.name() + " has no address, so nobody is asked for there");
        }
    }

    private static void subnets(ScanLink link, Builder made) {
        for (LocalNetworks.Address own : link.addresses()) {
            if (own.address().v6() || own.prefixLength() >= 32) {
                continue;
            }
            Prefix whole = new Prefix(own.address(), own.prefixLength());
            Prefix part = whole.length() < LARGEST ? new Prefix(own.address(), LARGEST) : whole;
            if (!part.equals(whole)) {
                made.complaints.add(whole + " on " + link.name() + " is too large: only " + part
                        + " of it is scanned; 'arp.ranges' can say what else");
            }
            boolean ends = whole.length() < POINT_TO_POINT;
            int first = part.network().v4Bits() + (ends ? 1 : 0);
            int size = (int) (part.last().low() - part.network().low() + 1) - (ends ? 2 : 0);
            made.found.add(new ScanTarget(link.index(), first, size));
        }
    }

    private static void range(AddressRange range, Builder made) {
        List<ScanLink> links = made.links.values().stream()
                .sorted(Comparator.comparing(ScanLink::name))
                .toList();
        Optional<ScanLink> link = links.stream()
                .filter(one -> one.reaches(range.first()))
                .findFirst()
                .or(() -> links.size() == 1 ? Optional.of(links.getFirst()) : Optional.empty());
        if (link.isPresent()) {
            made.found.add(new ScanTarget(link.get().index(), range.first().v4Bits(), (int) range.size()));
        } else {
            made.complaints.add(range + " is not scanned: it is in no subnet of the interfaces");
        }
    }

    /** Takes out what is there twice, and what is too much. */
    private static List<ScanTarget> withinLimit(Builder made) {
        made.found.sort(Comparator.comparingInt(ScanTarget::interfaceIndex)
                .thenComparingLong(target -> Integer.toUnsignedLong(target.first())));
        List<ScanTarget> targets = new ArrayList<>();
        int link = -1;
        long next = 0;
        long room = ScanPlan.MOST_ADDRESSES;
        for (ScanTarget target : made.found) {
            next = target.interfaceIndex() == link ? next : 0;
            link = target.interfaceIndex();
            long first = Math.max(next, Integer.toUnsignedLong(target.first()));
            long end = Integer.toUnsignedLong(target.first()) + target.size();
            if (first < end && end - first <= room) {
                targets.add(new ScanTarget(link, (int) first, (int) (end - first)));
                room -= end - first;
            } else if (first < end) {
                made.complaints.add(IpAddress.v4((int) first) + " and what follows is not scanned: there are more than "
                        + ScanPlan.MOST_ADDRESSES + " addresses");
            }
            next = Math.max(next, end);
        }
        return targets;
    }
}
