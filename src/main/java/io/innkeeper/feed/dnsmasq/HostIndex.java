package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.DhcpHost;
import io.innkeeper.wire.dnsmasq.HardwarePattern;
import io.innkeeper.wire.dnsmasq.HostAddress;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configured hosts by what they fix and by whom they are for, so that a lease is classified by look-ups.
 *
 * <p>A lease is static where a line fixes its address and recognises its holder, unless another line recognises the holder
 * by something that dnsmasq looks at earlier ({@link HostMatch}) and fixes a different address in the same network: then
 * dnsmasq would use that one. Lines under a {@code tag:} never overrule, since a lease does not tell its tags; nor do lines
 * without address, since dnsmasq may merge them with others.
 */
final class HostIndex {
    private final Map<HostAddress, List<DhcpHostLine>> byAddress = new HashMap<>();
    private final Map<ClientId, List<DhcpHostLine>> byClientId = new HashMap<>();
    private final Map<MacAddress, List<DhcpHostLine>> byMac = new HashMap<>();
    private final Map<String, List<DhcpHostLine>> byName = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();
    private final Subnets subnets;

    /** A line and its place; of two alike dnsmasq uses the one that comes later. */
    private record DhcpHostLine(DnsmasqReservation reservation, int order) {
        DhcpHost host() {
            return reservation.host();
        }
    }

    /** A line that fixes the address and recognises the holder. */
    private record Candidate(DhcpHostLine line, HostMatch match) {}

    HostIndex(List<DnsmasqReservation> reservations, Subnets subnets) {
        this.subnets = subnets;
        int order = 0;
        for (DnsmasqReservation reservation : reservations) {
            if (reservation.host().fixesAddress()) {
                add(new DhcpHostLine(reservation, order++));
            }
        }
    }

    private void add(DhcpHostLine line) {
        DhcpHost host = line.host();
        for (HostAddress address : host.addresses()) {
            put(byAddress, address, line);
            lengths.add(address.addresses().length());
        }
        if (host.clientId() != null) {
            put(byClientId, host.clientId(), line);
        }
        for (HardwarePattern pattern : host.hardware()) {
            pattern.exact().ifPresent(mac -> put(byMac, mac, line));
        }
        String name = host.nameToMatch();
        if (name != null) {
            put(byName, LeaseHolder.label(name), line);
        }
    }

    private static <K> void put(Map<K, List<DhcpHostLine>> map, K key, DhcpHostLine line) {
        map.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(line);
    }

    Classification classify(LeaseHolder holder) {
        Candidate best = null;
        for (DhcpHostLine line : fixing(holder.address())) {
            Optional<HostMatch> match = HostMatch.of(line.host(), holder);
            if (match.isPresent() && (best == null || before(line, match.get(), best))) {
                best = new Candidate(line, match.get());
            }
        }
        return best == null || overruled(best.match(), holder)
                ? Classification.DYNAMIC
                : Classification.fixedBy(best.line().reservation());
    }

    private static boolean before(DhcpHostLine line, HostMatch match, Candidate best) {
        int byMatch = match.compareTo(best.match());
        return byMatch != 0 ? byMatch < 0 : line.order() > best.line().order();
    }

    private List<DhcpHostLine> fixing(IpAddress lease) {
        List<DhcpHostLine> lines = new ArrayList<>(2);
        IpAddress hostPart = new IpAddress(true, 0, lease.low());
        boolean takesHostParts = lease.v6() && subnets.takesHostParts(lease);
        for (int length : lengths) {
            if (length <= lease.bits()) {
                lines.addAll(at(byAddress, new HostAddress(new Prefix(lease, length), false)));
            }
            if (takesHostParts) {
                lines.addAll(at(byAddress, new HostAddress(new Prefix(hostPart, length), true)));
            }
        }
        return lines;
    }

    private boolean overruled(HostMatch match, LeaseHolder holder) {
        return earlier(match, holder)
                .map(DhcpHostLine::host)
                .filter(host -> host.tagFilters().isEmpty())
                .anyMatch(host -> usedInstead(host, holder.address()));
    }

    /** The lines that recognise the holder by something that counts before {@code match}. */
    private Stream<DhcpHostLine> earlier(HostMatch match, LeaseHolder holder) {
        List<DhcpHostLine> lines = new ArrayList<>();
        if (match.compareTo(HostMatch.CLIENT_ID) > 0) {
            holder.clientIds().forEach(id -> lines.addAll(at(byClientId, id)));
        }
        MacAddress mac = holder.mac();
        if (match.compareTo(HostMatch.MAC) > 0 && mac != null) {
            lines.addAll(at(byMac, mac));
            lines.addAll(at(byMac, MacAddress.of(HardwarePattern.ANY_TYPE, mac.octets())));
        }
        if (match.compareTo(HostMatch.NAME) > 0) {
            lines.addAll(at(byName, holder.name()));
        }
        return lines.stream();
    }

    private boolean usedInstead(DhcpHost host, IpAddress lease) {
        return host.addresses().stream().noneMatch(fixed -> fixed.fixes(lease))
                && host.addresses().stream().anyMatch(fixed -> subnets.sameNetwork(lease, fixed));
    }

    private static <K> List<DhcpHostLine> at(Map<K, List<DhcpHostLine>> map, @Nullable K key) {
        return key == null ? List.of() : map.getOrDefault(key, List.of());
    }
}
