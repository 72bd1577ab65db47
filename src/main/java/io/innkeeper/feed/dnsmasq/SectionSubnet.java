package io.innkeeper.feed.dnsmasq;

import io.innkeeper.feed.dnsmasq.Dhcp4Section.LocalAddress;
import io.innkeeper.wire.dnsmasq.DhcpRange;
import io.innkeeper.wire.dnsmasq.LeaseTime;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A subnet as it grows out of {@code dhcp-range} lines. */
final class SectionSubnet {
    /** What dnsmasq grants where a range says nothing. */
    private static final LeaseTime USUAL = new LeaseTime(3_600);

    private record Pool(IpAddress first, IpAddress last, LeaseTime time) {}

    final Prefix prefix;
    final @Nullable LocalAddress own;
    final Set<String> tags = new LinkedHashSet<>();
    final List<Map<String, Object>> reservations = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private @Nullable LeaseTime time;

    /** @param own the address of this machine in it; null where it has none */
    SectionSubnet(Prefix prefix, @Nullable LocalAddress own) {
        this.prefix = prefix;
        this.own = own;
        if (own != null) {
            tags.add(own.interfaceName()); // dnsmasq sets it by itself
        }
    }

    @Nullable
    IpAddress itself() {
        return own == null ? null : own.address();
    }

    void add(DnsmasqRange from, SectionNotes notes) {
        DhcpRange range = from.range();
        if (range.setTag() != null) {
            tags.add(range.setTag());
        }
        LeaseTime granted = range.leaseTime() == null ? USUAL : range.leaseTime();
        if (time == null) {
            time = granted;
        }
        if (range.modes().contains("static")) {
            return;
        }
        boolean ends = prefix.length() <= 30;
        IpAddress first = ends && range.start().equals(prefix.network()) ? moved(range.start(), 1) : range.start();
        IpAddress last = ends && range.end().equals(prefix.last()) ? moved(range.end(), -1) : range.end();
        boolean overlaps =
                pools.stream().anyMatch(pool -> pool.first().compareTo(last) <= 0 && first.compareTo(pool.last()) <= 0);
        if (overlaps) {
            notes.add(from.where(), "overlaps a range before it");
        } else {
            pools.add(new Pool(first, last, granted));
        }
    }

    private static IpAddress moved(IpAddress address, int by) {
        return new IpAddress(false, 0, address.low() + by);
    }

    Map<String, Object> section(Map<String, Object> options) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("prefix", prefix.toString());
        LeaseTime usual = time == null ? USUAL : time;
        section.put("lifetime", text(usual));
        if (pools.stream().allMatch(pool -> pool.time().equals(usual))) {
            List<String> ranges = pools.stream().map(SectionSubnet::text).toList();
            if (!ranges.isEmpty()) {
                section.put("pools", ranges);
            }
        } else {
            List<Map<String, Object>> sections = new ArrayList<>();
            for (Pool pool : pools) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("range", text(pool));
                one.put("lifetime", text(pool.time()));
                sections.add(one);
            }
            section.put("pools", sections);
        }
        if (!options.isEmpty()) {
            section.put("options", options);
        }
        if (!reservations.isEmpty()) {
            section.put("reservations", reservations);
        }
        return section;
    }

    private static String text(Pool pool) {
        return pool.first() + "-" + pool.last();
    }

    /** As our configuration writes it. */
    static String text(LeaseTime time) {
        long seconds = time.seconds();
        if (time.isInfinite()) {
            return "infinite";
        }
        return seconds % 86_400 == 0
                ? seconds / 86_400 + "d"
                : seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** True where a reservation has this value under this key already, in upper or lower case. */
    boolean hasReserved(String key, String value) {
        return reservations.stream().anyMatch(one -> {
            Object there = one.get(key);
            return there instanceof List<?> list ? list.contains(value) : value.equalsIgnoreCase(String.valueOf(there));
        });
    }
}
