package io.innkeeper.dns;

import io.innkeeper.wire.dns.DnsClass;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.NameHash;
import io.innkeeper.wire.dns.QueryView;
import io.innkeeper.wire.dns.Rdata;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this network knows of its own names: hosts and records made by hand, and the names of leases. What was made by hand is
 * never touched by a lease. Where two devices want one name, the one whose lease began first has it. Pure; for one thread.
 */
public final class LocalNames {
    private static final long SOA_TIMES_S = 3600;

    /**
     * What is known without leases.
     *
     * @param domains the local ones; leases stand in the first
     * @param ttlS the most that others may keep an answer
     * @param leases whether names of leases are answered
     * @param bare whether names of one label are looked up in the domains
     * @param fixed records made by hand
     * @param forwarded zones that others answer for, although they would be ours
     */
    public record Settings(
            List<DnsName> domains,
            long ttlS,
            boolean leases,
            boolean bare,
            List<DnsRecord> fixed,
            List<DnsName> forwarded) {
        /** Copies the lists. */
        public Settings {
            domains = List.copyOf(domains);
            fixed = List.copyOf(fixed);
            forwarded = List.copyOf(forwarded);
        }
    }

    /** What is known of a question. */
    public sealed interface Found {
        /** The name is not ours to answer for. */
        enum Foreign implements Found {
            FOREIGN
        }

        /** These records; the last may be an alias whose target is somewhere else. Empty: the name is there, these records are not. */
        record Records(DnsName zone, List<DnsRecord> records) implements Found {}

        /** There is no such name in this zone of ours. */
        record NoName(DnsName zone) implements Found {}
    }

    /** All that stands at one name. */
    private static final class Node {
        final DnsName name;
        final List<DnsRecord> fixed = new ArrayList<>();
        final List<LeaseName> leases = new ArrayList<>();

        /** How many names stand below it. */
        int below;

        Node(DnsName name) {
            this.name = name;
        }

        boolean isEmpty() {
            return fixed.isEmpty() && leases.isEmpty() && below == 0;
        }
    }

    private Settings settings;
    private HashIndex<Node> nodes = new HashIndex<>();
    private HashIndex<DnsName> zones = new HashIndex<>();
    private HashIndex<DnsName> notOurs = new HashIndex<>();
    private final Map<IpAddress, List<LeaseName>> leases = new HashMap<>();
    private int leaseCount;
    private final Map<IpAddress, List<DnsName>> fixedPointers = new HashMap<>();
    private long version;

    /** Knows what stands in the settings. */
    public LocalNames(Settings settings) {
        this.settings = settings;
        build();
    }

    /** Takes other settings; leases stay. */
    public void settings(Settings next) {
        settings = next;
        build();
    }

    /** Grows with each change. */
    public long version() {
        return version;
    }

    /** How many names have leases. */
    public int leaseCount() {
        return leaseCount;
    }

    private void build() {
        nodes = new HashIndex<>();
        zones = new HashIndex<>();
        notOurs = new HashIndex<>();
        fixedPointers.clear();
        SpecialZones.all().forEach(zone -> zones.put(NameHash.of(zone), zone));
        settings.domains().forEach(domain -> zones.put(NameHash.of(domain), domain));
        settings.forwarded().forEach(zone -> notOurs.put(NameHash.of(zone), zone));
        DnsName localhost = DnsName.of("localhost");
        fix(DnsRecord.address(localhost, settings.ttlS(), IpAddress.v4(0x7f000001)));
        fix(DnsRecord.address(localhost, settings.ttlS(), new IpAddress(true, 0, 1)));
        settings.fixed().forEach(this::fix);
        leases.values()
                .forEach(all -> all.forEach(lease -> node(nameOf(lease)).leases.add(lease)));
        version++;
    }

    private void fix(DnsRecord record) {
        node(record.name()).fixed.add(record);
        if (record.data() instanceof Rdata.Address(IpAddress address)) {
            fixedPointers.computeIfAbsent(address, _ -> new ArrayList<>()).add(record.name());
        }
    }

    private Node node(DnsName name) {
        long hash = NameHash.of(name);
        Node known = nodes.get(hash);
        if (known != null) {
            return known;
        }
        Node made = new Node(name);
        nodes.put(hash, made);
        name.parent().filter(parent -> parent.labelCount() > 0).ifPresent(parent -> node(parent).below++);
        return made;
    }

    private void tidy(Node node) {
        if (node.isEmpty()) {
            nodes.remove(NameHash.of(node.name));
            node.name.parent().filter(parent -> parent.labelCount() > 0).ifPresent(parent -> {
                Node above = node(parent);
                above.below--;
                tidy(above);
            });
        }
    }

    private DnsName nameOf(LeaseName lease) {
        return settings.domains().getFirst().child(lease.label());
    }

    /** A lease has begun, or is another now. */
    public void put(LeaseName lease) {
        List<LeaseName> ofAddress = leases.computeIfAbsent(lease.address(), _ -> new ArrayList<>(1));
        if (ofAddress.contains(lease)) {
            return;
        }
        remove(lease.address(), lease.source());
        leases.computeIfAbsent(lease.address(), _ -> ofAddress).add(lease);
        node(nameOf(lease)).leases.add(lease);
        leaseCount++;
        version++;
    }

    /** These are all leases now. */
    public void replace(List<LeaseName> all) {
        leases.clear();
        leaseCount = 0;
        for (LeaseName lease : all) {
            leases.computeIfAbsent(lease.address(), _ -> new ArrayList<>(1)).add(lease);
            leaseCount++;
        }
        build();
    }

    /** A lease has ended, or has no name any more. */
    public void remove(IpAddress address, String source) {
        List<LeaseName> ofAddress = leases.getOrDefault(address, List.of());
        for (LeaseName before : List.copyOf(ofAddress)) {
            if (before.source().equals(source)) {
                ofAddress.remove(before);
                remove(before);
                leaseCount--;
                version++;
            }
        }
        if (ofAddress.isEmpty()) {
            leases.remove(address);
        }
    }

    private void remove(LeaseName lease) {
        Node node = node(nameOf(lease));
        node.leases.remove(lease);
        tidy(node);
    }

    /** What is known of a question. Quick where the name is not ours: a few looks into small tables. */
    public Found find(QueryView query, long nowMs) {
        if (query.dnsClass() != DnsClass.IN) {
            return Found.Foreign.FOREIGN;
        }
        if (settings.bare() && query.labelCount() == 1) {
            Found bare = bare(query, nowMs);
            if (bare != Found.Foreign.FOREIGN) {
                return bare;
            }
        }
        DnsName zone = zone(query);
        Node node = nodes.get(query.nameHash(0));
        if (zone == null && node == null) {
            return Found.Foreign.FOREIGN;
        }
        return find(query.name(), query.type(), zone, nowMs);
    }

    /** The records of a name of ours, for a rule that leads to it; empty where the name is not ours. */
    Optional<List<DnsRecord>> records(DnsName name, int type, long nowMs) {
        Node node = nodes.get(NameHash.of(name));
        if (node == null || !node.name.equals(name) || (node.fixed.isEmpty() && node.leases.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(records(node, name, type, nowMs));
    }

    /** The zone of ours that a name is in; null for none. Where it is in several, the longest says whose it is. */
    private @Nullable DnsName zone(QueryView query) {
        for (int label = 0; label <= query.labelCount(); label++) {
            long hash = query.nameHash(label);
            DnsName other = notOurs.get(hash);
            if (other != null) {
                return null;
            }
            DnsName zone = zones.get(hash);
            if (zone != null) {
                return zone;
            }
        }
        return null;
    }

    private Found bare(QueryView query, long nowMs) {
        DnsName name = query.name();
        for (DnsName domain : settings.domains()) {
            DnsName full = name.isUnder(DnsName.ROOT) ? join(name, domain) : domain;
            Node node = nodes.get(NameHash.of(full));
            if (node != null && node.name.equals(full)) {
                List<DnsRecord> records = records(node, name, query.type(), nowMs);
                return new Found.Records(domain, records);
            }
        }
        return Found.Foreign.FOREIGN;
    }

    private static DnsName join(DnsName label, DnsName domain) {
        byte[] first = label.wire();
        byte[] rest = domain.wire();
        int length = first.length - 1 + rest.length;
        if (length > DnsName.MAX_LENGTH) {
            return domain;
        }
        byte[] both = Arrays.copyOf(first, length);
        System.arraycopy(rest, 0, both, first.length - 1, rest.length);
        return DnsName.ofWire(both, 0, length);
    }

    private Found find(DnsName name, int type, @Nullable DnsName zone, long nowMs) {
        Node node = nodes.get(NameHash.of(name));
        if (node != null && node.name.equals(name)) {
            List<DnsRecord> records = records(node, name, type, nowMs);
            boolean holds = !node.fixed.isEmpty() || !node.leases.isEmpty() || zone != null;
            if (holds) {
                return new Found.Records(zone == null ? name : zone, records);
            }
        }
        if (name.reversed().isPresent()) {
            List<DnsRecord> pointers = pointers(name, name.reversed().get(), nowMs);
            if (!pointers.isEmpty()) {
                boolean asked = type == RecordType.PTR || type == RecordType.ANY;
                return new Found.Records(zone == null ? name : zone, asked ? pointers : List.of());
            }
        }
        if (zone == null) {
            return Found.Foreign.FOREIGN;
        }
        return name.equals(zone) ? new Found.Records(zone, List.of()) : new Found.NoName(zone);
    }

    /** The records of a node under the name that was asked for; an alias is followed as long as it stays here. */
    private List<DnsRecord> records(Node node, DnsName owner, int type, long nowMs) {
        List<DnsRecord> records = new ArrayList<>();
        Node at = node;
        DnsName name = owner;
        for (int hops = 0; hops < 8; hops++) {
            DnsRecord alias = collect(at, name, type, nowMs, records);
            if (alias == null || !(alias.data() instanceof Rdata.Host(DnsName target))) {
                return records;
            }
            Node next = nodes.get(NameHash.of(target));
            if (next == null || !next.name.equals(target)) {
                return records;
            }
            at = next;
            name = target;
        }
        return records;
    }

    /** Adds what stands at one node; returns the alias that is to be followed, or null. */
    private @Nullable DnsRecord collect(Node node, DnsName owner, int type, long nowMs, List<DnsRecord> into) {
        for (DnsRecord record : node.fixed) {
            if (record.type() == type || type == RecordType.ANY || record.type() == RecordType.CNAME) {
                into.add(new DnsRecord(owner, record.type(), record.dnsClass(), record.ttl(), record.data()));
                if (record.type() == RecordType.CNAME && type != RecordType.CNAME && type != RecordType.ANY) {
                    return record;
                }
            }
        }
        if (node.fixed.isEmpty() && settings.leases()) {
            leased(node, owner, type, nowMs, into);
        }
        return null;
    }

    private void leased(Node node, DnsName owner, int type, long nowMs, List<DnsRecord> into) {
        LeaseName holder = node.leases.stream()
                .filter(lease -> lease.expiresAtMs() > nowMs)
                .min(Comparator.comparingLong(LeaseName::startedAtMs).thenComparing(LeaseName::address))
                .orElse(null);
        if (holder == null) {
            return;
        }
        for (LeaseName lease : node.leases) {
            boolean same = lease.equals(holder) || (lease.mac() != null && Objects.equals(lease.mac(), holder.mac()));
            boolean wanted = type == RecordType.ANY || type == (lease.address().v6() ? RecordType.AAAA : RecordType.A);
            if (same && wanted && lease.expiresAtMs() > nowMs) {
                into.add(DnsRecord.address(owner, ttl(lease, nowMs), lease.address()));
            }
        }
    }

    /** Never longer than the lease. */
    private long ttl(LeaseName lease, long nowMs) {
        return Math.clamp((lease.expiresAtMs() - nowMs) / 1000, 0, settings.ttlS());
    }

    private List<DnsRecord> pointers(DnsName owner, IpAddress address, long nowMs) {
        List<DnsName> fixed = fixedPointers.get(address);
        if (fixed != null) {
            return fixed.stream()
                    .map(name -> DnsRecord.host(owner, RecordType.PTR, settings.ttlS(), name))
                    .toList();
        }
        if (!settings.leases()) {
            return List.of();
        }
        return leases.getOrDefault(address, List.of()).stream()
                .filter(lease -> lease.expiresAtMs() > nowMs)
                .max(Comparator.comparingLong(LeaseName::startedAtMs))
                .map(lease -> DnsRecord.host(owner, RecordType.PTR, ttl(lease, nowMs), nameOf(lease)))
                .stream()
                .toList();
    }

    /** The record that says how long a no of a zone of ours may be kept (RFC 2308 §3). */
    public DnsRecord soa(DnsName zone) {
        DnsName who = zone.length() + 11 <= DnsName.MAX_LENGTH ? zone.child("hostmaster") : zone;
        return new DnsRecord(
                zone,
                RecordType.SOA,
                DnsClass.IN,
                settings.ttlS(),
                new Rdata.Soa(zone, who, 1, SOA_TIMES_S, SOA_TIMES_S, SOA_TIMES_S, settings.ttlS()));
    }

    /** Who holds a name by lease now, for those who ask why; null for nobody. */
    @Nullable
    MacAddress holder(DnsName name, long nowMs) {
        Node node = nodes.get(NameHash.of(name));
        return node == null
                ? null
                : node.leases.stream()
                        .filter(lease -> lease.expiresAtMs() > nowMs)
                        .min(Comparator.comparingLong(LeaseName::startedAtMs))
                        .map(LeaseName::mac)
                        .orElse(null);
    }
}
