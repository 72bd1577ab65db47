package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.DhcpHost;
import io.innkeeper.wire.dnsmasq.HardwarePattern;
import io.innkeeper.wire.dnsmasq.HostAddress;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** dnsmasq's {@code dhcp-host} lines as reservations, and as rules for those that are ignored. */
final class SectionHosts {
    private final List<SectionSubnet> subnets;
    private final SectionOptions options;
    private final SectionNotes notes;
    private final List<Map<String, Object>> denied = new ArrayList<>();

    SectionHosts(List<SectionSubnet> subnets, SectionOptions options, SectionNotes notes) {
        this.subnets = subnets;
        this.options = options;
        this.notes = notes;
    }

    /** Those that get no lease: entries of {@code access.deny}. */
    List<Map<String, Object>> denied() {
        return denied;
    }

    void add(DnsmasqReservation from) {
        DhcpHost host = from.host();
        List<String> macs = macs(host);
        if (!host.tagFilters().isEmpty()) {
            notes.add(from.where(), "it counts only for some tags");
        } else if (macs.size() < Set.copyOf(host.hardware()).size()) {
            notes.add(from.where(), "its hardware address has wildcards, or is not of Ethernet: a class may do it");
        } else if (macs.isEmpty() && host.clientId() == null && host.name() == null) {
            notes.add(from.where(), "it names no client");
        } else if (host.ignore()) {
            deny(from, macs);
        } else {
            reserve(from, macs);
        }
    }

    private static List<String> macs(DhcpHost host) {
        return host.hardware().stream()
                .filter(one ->
                        one.hardwareType() == HardwarePattern.ANY_TYPE || one.hardwareType() == MacAddress.ETHERNET)
                .flatMap(one -> one.exact().stream())
                .filter(mac -> mac.length() == 6)
                .map(mac -> MacAddress.of(MacAddress.ETHERNET, mac.octets()).toString())
                .distinct()
                .toList();
    }

    private void deny(DnsmasqReservation from, List<String> macs) {
        if (macs.isEmpty()) {
            notes.add(from.where(), "write whom to refuse under access.deny");
        } else {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("mac", macs);
            denied.add(rule);
        }
    }

    private void reserve(DnsmasqReservation from, List<String> macs) {
        DhcpHost host = from.host();
        IpAddress address = host.addresses().stream()
                .filter(one -> !one.v6())
                .map(HostAddress::addresses)
                .map(prefix -> prefix.network())
                .findFirst()
                .orElse(null);
        if (host.addresses().stream().anyMatch(HostAddress::v6)) {
            notes.add(from.where(), "addresses of IPv6 are not served");
            if (address == null) {
                return;
            }
        }
        List<SectionSubnet> where = subnets.stream()
                .filter(subnet -> address == null || subnet.prefix.contains(address))
                .toList();
        if (where.isEmpty()) {
            notes.add(from.where(), "its address is in no subnet that a dhcp-range names");
            return;
        }
        where.forEach(subnet -> reserve(from, macs, address, subnet));
    }

    private void reserve(
            DnsmasqReservation from, List<String> macs, @Nullable IpAddress address, SectionSubnet subnet) {
        Map<String, Object> entry = entry(from.host(), macs, address);
        if (subnet.prefix.length() <= 30
                && (subnet.prefix.network().equals(address)
                        || subnet.prefix.last().equals(address))) {
            notes.add(from.where(), "it is the network or broadcast address of " + subnet.prefix);
            return;
        }
        if (isTaken(entry, subnet)) {
            notes.add(from.where(), "its client or its address is reserved by a line before it");
            return;
        }
        Set<String> set = Set.copyOf(from.host().setTags());
        if (!set.isEmpty()) {
            Set<String> tags = new HashSet<>(subnet.tags);
            tags.addAll(set);
            Map<String, Object> own = options.forTags(tags, set, subnet.itself());
            if (!own.isEmpty()) {
                entry.put("options", own);
            }
        }
        boolean says = entry.containsKey("name")
                || entry.containsKey("address")
                || entry.containsKey("options")
                || entry.containsKey("lifetime");
        if (says) {
            subnet.reservations.add(entry);
        } else {
            notes.add(from.where(), "it says nothing that a reservation could say");
        }
    }

    private static Map<String, Object> entry(DhcpHost host, List<String> macs, @Nullable IpAddress address) {
        Map<String, Object> entry = new LinkedHashMap<>();
        if (!macs.isEmpty()) {
            entry.put("mac", macs.size() == 1 ? macs.getFirst() : macs);
        }
        if (host.clientId() != null) {
            entry.put(
                    "client-id",
                    "0x" + java.util.HexFormat.of().formatHex(host.clientId().octets()));
        }
        if (host.nameToMatch() != null) {
            entry.put("hostname", host.nameToMatch());
        }
        if (address != null) {
            entry.put("address", address.toString());
        }
        if (host.name() != null && host.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            entry.put("name", host.name());
        }
        if (host.leaseTime() != null) {
            entry.put("lifetime", SectionSubnet.text(host.leaseTime()));
        }
        return entry;
    }

    private static boolean isTaken(Map<String, Object> entry, SectionSubnet subnet) {
        for (String key : List.of("mac", "client-id", "hostname", "address")) {
            Object value = entry.get(key);
            List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            if (values.stream().anyMatch(one -> subnet.hasReserved(key, String.valueOf(one)))) {
                return true;
            }
        }
        return false;
    }
}
