package io.innkeeper.feed.dnsmasq;

import io.innkeeper.feed.dnsmasq.Dhcp4Section.LocalAddress;
import io.innkeeper.wire.dhcp4.OptionCode;
import io.innkeeper.wire.dnsmasq.DhcpRange;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Dhcp4Section}. Used once. */
final class SectionWriter {
    private static final int GUESSED_LENGTH = 24;
    private static final String ROUTERS = "routers";
    private static final String NAME_SERVERS = "domain-name-servers";
    private static final String DOMAIN = "domain-name";

    /** Directives that are translated, or mean nothing for another server. */
    private static final Set<String> DEALT_WITH = Set.of(
            "dhcp-option",
            "dhcp-option-force",
            "dhcp-boot",
            "dhcp-authoritative",
            "dhcp-rapid-commit",
            "dhcp-scriptuser",
            "dhcp-luascript",
            "dhcp-duid",
            "dhcp-ttl",
            "dhcp-lease-max",
            "dhcp-sequential-ip",
            "except-interface",
            "interface",
            "no-dhcp-interface",
            "no-dhcpv4-interface",
            "port");

    private final DnsmasqSetup setup;
    private final List<LocalAddress> local;
    private final SectionNotes notes = new SectionNotes();
    private final Map<Prefix, SectionSubnet> subnets = new LinkedHashMap<>();

    SectionWriter(DnsmasqSetup setup, List<LocalAddress> local) {
        this.setup = setup;
        this.local = List.copyOf(local);
    }

    Dhcp4Section write() {
        setup.ranges().forEach(this::range);
        if (subnets.isEmpty()) {
            notes.add("dnsmasq's configuration has no dhcp-range for IPv4, so there is nothing to take over");
            return new Dhcp4Section(comments(), notes.all());
        }
        SectionOptions options = new SectionOptions(setup.directives(), notes);
        SectionHosts hosts = new SectionHosts(List.copyOf(subnets.values()), options, notes);
        setup.reservations().forEach(hosts::add);
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("mode", "shadow");
        section.put("interfaces", interfaces());
        section.put("authoritative", has("dhcp-authoritative"));
        if (has("dhcp-rapid-commit")) {
            section.put("rapid-commit", true);
        }
        Map<String, Object> global = options.global();
        domain(global);
        put(section, "options", global);
        put(section, "boot", boot());
        if (!hosts.denied().isEmpty()) {
            section.put("access", Map.of("deny", hosts.denied()));
        }
        section.put(
                "subnets",
                subnets.values().stream()
                        .map(subnet -> subnet.section(options(subnet, options)))
                        .toList());
        options.unplaced();
        untranslated();
        return new Dhcp4Section(YamlText.of(Map.of("dhcp4", section)) + comments(), notes.all());
    }

    private static void put(Map<String, Object> section, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            section.put(key, value);
        }
    }

    private void range(DnsmasqRange from) {
        DhcpRange range = from.range();
        if (range.v6()) {
            notes.add(from.where(), "addresses of IPv6 are not served");
        } else if (range.modes().contains("proxy")) {
            notes.add(from.where(), "proxy: dnsmasq only tells of network boot there");
        } else if (!range.tagFilters().isEmpty()) {
            notes.add(from.where(), "it is for some tags only: a pool with classes may do it");
        } else {
            subnet(from, prefix(from)).ifPresent(subnet -> subnet.add(from, notes));
        }
    }

    /** Subnets must not overlap: what lies inside one that is there is a part of it. */
    private Optional<SectionSubnet> subnet(DnsmasqRange from, Prefix prefix) {
        if (!prefix.contains(from.range().end())) {
            notes.add(from.where(), "it does not end in the network in which it begins");
            return Optional.empty();
        }
        for (SectionSubnet one : subnets.values()) {
            if (one.prefix.contains(prefix.network()) && one.prefix.length() <= prefix.length()) {
                return Optional.of(one);
            }
            if (prefix.contains(one.prefix.network())) {
                notes.add(from.where(), "its network holds that of an earlier range, " + one.prefix);
                return Optional.empty();
            }
        }
        return Optional.of(subnets.computeIfAbsent(prefix, any -> new SectionSubnet(any, ownIn(any))));
    }

    private Prefix prefix(DnsmasqRange from) {
        DhcpRange range = from.range();
        Prefix said = range.subnet();
        if (said != null) {
            return said;
        }
        Optional<Prefix> ofMachine = local.stream()
                .map(LocalAddress::network)
                .filter(network -> network.contains(range.start()) && network.contains(range.end()))
                .findFirst();
        if (ofMachine.isPresent()) {
            return ofMachine.get();
        }
        int length = GUESSED_LENGTH;
        while (!new Prefix(range.start(), length).contains(range.end())) {
            length--;
        }
        Prefix guessed = new Prefix(range.start(), length);
        notes.add(from.where(), "no netmask is given, and no interface is in that network: " + guessed + " is a guess");
        return guessed;
    }

    private @Nullable LocalAddress ownIn(Prefix prefix) {
        return local.stream()
                .filter(one -> prefix.contains(one.address()))
                .findFirst()
                .orElse(null);
    }

    private boolean has(String key) {
        return values(key).findAny().isPresent();
    }

    private java.util.stream.Stream<String> values(String key) {
        return setup.directives().stream()
                .filter(one -> one.line().key().equals(key))
                .map(one -> one.line().plainValue());
    }

    private List<String> interfaces() {
        Set<String> names = new LinkedHashSet<>();
        values("interface").filter(name -> !name.equals("lo")).forEach(name -> {
            if (name.matches("[^*/ \\t:,]{1,15}")) {
                names.add(name);
            } else {
                notes.add("interface=" + name + " cannot be written here: name each interface");
            }
        });
        if (names.isEmpty()) {
            subnets.values().stream()
                    .flatMap(subnet -> Optional.ofNullable(subnet.own).stream())
                    .forEach(own -> names.add(own.interfaceName()));
        }
        for (String key : List.of("except-interface", "no-dhcp-interface", "no-dhcpv4-interface")) {
            values(key).forEach(names::remove);
        }
        if (names.isEmpty()) {
            notes.add("no interface of this machine is in these networks: eth0 is a guess");
            names.add("eth0");
        }
        return List.copyOf(names);
    }

    private void domain(Map<String, Object> global) {
        for (String domain : setup.domains()) {
            if (domain.matches("[A-Za-z0-9._-]+")) {
                global.putIfAbsent(DOMAIN, domain);
            } else if (domain.equals("#")) {
                notes.add("domain=# is not followed: write options: {domain-name: …}");
            }
        }
    }

    /** What is said in one subnet alone, and what dnsmasq says of itself where nothing else is configured. */
    private Map<String, Object> options(SectionSubnet subnet, SectionOptions options) {
        Map<String, Object> own = options.forTags(subnet.tags, Set.of(), subnet.itself());
        itself(own, ROUTERS, OptionCode.ROUTER, subnet, options);
        if (values("port").noneMatch("0"::equals)) {
            itself(own, NAME_SERVERS, OptionCode.DNS, subnet, options);
        }
        for (String domain : setup.domains()) {
            String[] words = domain.split(",", -1);
            if (words.length > 1
                    && Prefix.parse(words[1].strip())
                            .filter(subnet.prefix::equals)
                            .isPresent()) {
                own.putIfAbsent(DOMAIN, words[0].strip());
            } else if (words.length > 1 && subnet == subnets.values().iterator().next()) {
                isElsewhere(domain, words[1].strip());
            }
        }
        return own;
    }

    private void isElsewhere(String domain, String network) {
        boolean known = Prefix.parse(network).filter(subnets::containsKey).isPresent();
        if (!known) {
            notes.add("domain=" + domain + " is for another network than the subnets");
        }
    }

    private void itself(Map<String, Object> own, String name, int code, SectionSubnet subnet, SectionOptions options) {
        IpAddress itself = subnet.itself();
        if (own.containsKey(name) || options.speaksOf(code)) {
            return;
        }
        if (itself == null) {
            notes.add("dnsmasq names itself as " + name + " in " + subnet.prefix
                    + ", but its address is not known here: write it");
        } else {
            own.put(name, itself.toString());
        }
    }

    private Map<String, Object> boot() {
        Map<String, Object> boot = new LinkedHashMap<>();
        for (DnsmasqDirective directive : setup.directives()) {
            if (!directive.line().key().equals("dhcp-boot")) {
                continue;
            }
            List<String> fields = directive.line().plainFields();
            boolean tagged = fields.getFirst().matches("(tag|net):.*");
            String server = fields.size() > 2 ? fields.get(2) : "";
            Optional<IpAddress> next = IpAddress.parse(server).filter(address -> !address.v6());
            boolean readable = fields.getFirst().matches("[ -~]{1,127}")
                    && (fields.size() < 2 || fields.get(1).matches("[ -~]{0,63}"))
                    && (server.isEmpty() || next.isPresent());
            if (tagged || !readable || !boot.isEmpty()) {
                notes.add(directive.where(), tagged ? "a class with a boot section may do it" : "not understood here");
                continue;
            }
            boot.put("file", fields.getFirst());
            if (fields.size() > 1 && !fields.get(1).isEmpty()) {
                boot.put("server-name", fields.get(1));
            }
            next.or(this::itself).ifPresent(address -> boot.put("next-server", address.toString()));
        }
        return boot;
    }

    private Optional<IpAddress> itself() {
        return subnets.values().stream()
                .flatMap(subnet -> Optional.ofNullable(subnet.itself()).stream())
                .findFirst();
    }

    private void untranslated() {
        for (DnsmasqDirective directive : setup.directives()) {
            if (!DEALT_WITH.contains(directive.line().key())) {
                notes.add(directive.where(), "not translated");
            }
        }
        setup.problems().forEach(problem -> notes.add("not read: " + problem));
    }

    private String comments() {
        List<String> lines = new ArrayList<>();
        if (!notes.all().isEmpty()) {
            lines.add("# Not translated, or guessed:");
            notes.all().forEach(note -> lines.add("#   " + note));
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
