package io.innkeeper.dns;

import io.innkeeper.config.DnsBlockList;
import io.innkeeper.config.DnsConfig;
import io.innkeeper.config.DnsForward;
import io.innkeeper.config.DnsGroup;
import io.innkeeper.config.DnsHost;
import io.innkeeper.config.DnsMode;
import io.innkeeper.config.DnsRewrite;
import io.innkeeper.config.Schedule;
import io.innkeeper.config.UpstreamAddress;
import io.innkeeper.config.ZoneLine;
import io.innkeeper.dns.forward.ForwardPlan;
import io.innkeeper.wire.dns.DnsName;
import io.innkeeper.wire.dns.DnsRecord;
import io.innkeeper.wire.dns.RecordType;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.Prefix;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From the section {@code dns} to a {@link DnsPlan}. Pure. */
public final class DnsPlanBuilder {
    private static final long FAILURE_TTL_S = 5;

    /** Who is answered where nobody is named: this machine, private and link-local networks. */
    private static final List<Prefix> AT_HOME = Stream.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "100.64.0.0/10",
                    "::1/128",
                    "fc00::/7",
                    "fe80::/10")
            .map(text -> Prefix.parse(text).orElseThrow())
            .toList();

    private final DnsConfig config;
    private final List<String> announced;
    private final List<DnsName> domains;

    private DnsPlanBuilder(DnsConfig config, List<String> announced) {
        this.config = config;
        this.announced = announced;
        this.domains =
                config.local().domains().stream().map(DnsPlanBuilder::name).toList();
    }

    /**
     * The plan.
     *
     * @param config checked: what is wrong in it is refused before
     * @param system the name servers of this machine, for a section that names none
     * @param networks of this machine's interfaces, whose hosts are answered where {@code access} names nobody
     * @throws IllegalArgumentException for texts that the check should have refused
     */
    public static DnsPlan of(DnsConfig config, List<UpstreamAddress> system, List<Prefix> networks) {
        return of(config, system, networks, List.of());
    }

    /**
     * The plan, with records that this program announces of itself.
     *
     * @param announced as {@code dns.local.records}
     * @throws IllegalArgumentException for texts that the check should have refused
     */
    public static DnsPlan of(
            DnsConfig config, List<UpstreamAddress> system, List<Prefix> networks, List<String> announced) {
        return new DnsPlanBuilder(config, announced).build(system, networks);
    }

    private DnsPlan build(List<UpstreamAddress> system, List<Prefix> networks) {
        List<Prefix> allow = config.access().allow().isEmpty()
                ? Stream.concat(AT_HOME.stream(), networks.stream()).distinct().toList()
                : config.access().allow();
        return new DnsPlan(
                listeners(config),
                allow,
                config.access().deny(),
                config.groups().stream().map(DnsPlanBuilder::group).toList(),
                config.filterAaaa(),
                Set.copyOf(config.safeSearch()),
                local(),
                rewrites(),
                new DnsPlan.Blocked(
                        config.blockAnswer(),
                        config.blockAddresses(),
                        config.blockTtl().toSeconds()),
                config.dns64(),
                config.rebindProtection(),
                rebindAllow(),
                config.limits().perClient(),
                config.limits().waitingPerClient(),
                config.limits().chain(),
                config.limits().answerSize(),
                cache(),
                config.cache().prefetch(),
                ForwardPlan.of(config, system));
    }

    /** The mode of each listener: those of {@code listen}, each with its own, and at the end that of TLS and HTTPS. */
    static List<DnsMode> listeners(DnsConfig config) {
        List<DnsMode> modes = new ArrayList<>();
        config.listen().forEach(listen -> {
            DnsMode own = listen.mode();
            modes.add(own == null ? config.mode() : own);
        });
        modes.add(config.mode());
        return modes;
    }

    private static DnsPlan.Group group(DnsGroup group) {
        return new DnsPlan.Group(
                group.name(),
                group.devices(),
                group.addresses(),
                group.mode(),
                group.filterAaaa(),
                Set.copyOf(group.safeSearch()));
    }

    private DnsCache.Settings cache() {
        return new DnsCache.Settings(
                config.cache().size().bytes(),
                config.cache().minTtl().toSeconds(),
                config.cache().maxTtl().toSeconds(),
                config.cache().negativeTtl().toSeconds(),
                FAILURE_TTL_S,
                config.cache().serveStale().toMillis());
    }

    private static DnsName name(String text) {
        return DnsName.typed(text).orElseThrow(() -> new IllegalArgumentException("no domain name: " + text));
    }

    private LocalNames.Settings local() {
        long ttlS = config.local().ttl().toSeconds();
        List<DnsRecord> fixed = new ArrayList<>();
        for (DnsHost host : config.local().hosts()) {
            host.address().forEach(address -> fixed.add(DnsRecord.address(full(host.name()), ttlS, address)));
        }
        for (String line : Stream.concat(config.local().records().stream(), announced.stream())
                .toList()) {
            try {
                fixed.add(ZoneLine.parse(line, domains.getFirst(), ttlS));
            } catch (ZoneLine.NotALineException e) {
                throw new IllegalArgumentException(line + ": " + e.getMessage(), e);
            }
        }
        List<DnsName> forwarded = config.forward().stream()
                .map(DnsForward::domain)
                .map(DnsPlanBuilder::name)
                .toList();
        return new LocalNames.Settings(
                domains, ttlS, config.local().leases(), config.local().bare(), fixed, forwarded);
    }

    /** A name without a dot stands in the first of the domains. */
    private DnsName full(String text) {
        return text.contains(".")
                ? name(text)
                : name(text + "." + domains.getFirst().absoluteText());
    }

    /** Names below which private addresses are no surprise: those that are forwarded by themselves, and those allowed. */
    private List<DnsName> rebindAllow() {
        return Stream.of(
                        config.rebindAllow().stream().map(DnsPlanBuilder::name),
                        config.forward().stream().map(DnsForward::domain).map(DnsPlanBuilder::name),
                        domains.stream())
                .flatMap(names -> names)
                .toList();
    }

    private List<Rewrite> rewrites() {
        List<Rewrite> rules = new ArrayList<>();
        for (DnsRewrite rewrite : config.rewrites()) {
            rules.add(rule(rewrite));
        }
        boolean pins = !config.safeSearch().isEmpty()
                || config.groups().stream()
                        .anyMatch(group -> !group.safeSearch().isEmpty());
        if (pins) {
            rules.addAll(SafeSearch.rules());
        }
        return rules;
    }

    private Rewrite rule(DnsRewrite rewrite) {
        boolean wildcard = rewrite.name().startsWith("*.");
        List<IpAddress> addresses = rewrite.to().stream()
                .map(IpAddress::parse)
                .flatMap(Optional::stream)
                .toList();
        DnsName target = addresses.isEmpty() ? name(rewrite.to().getFirst()) : null;
        Set<Integer> types = new HashSet<>();
        rewrite.types().forEach(type -> types.add(RecordType.parse(type).orElseThrow()));
        if (types.isEmpty() && target == null) {
            types.addAll(Set.of(RecordType.A, RecordType.AAAA));
        }
        Set<Integer> groups = new HashSet<>();
        for (int i = 0; i < config.groups().size(); i++) {
            if (rewrite.groups().contains(config.groups().get(i).name())) {
                groups.add(i);
            }
        }
        DnsName name = wildcard ? name(rewrite.name().substring(2)) : full(rewrite.name());
        return new Rewrite(name, wildcard, addresses, target, types, groups, null);
    }

    /**
     * Which lists count now.
     *
     * @param now in the time zone of the people here
     * @return for each group, and at the end for devices in none, a bit for each list: bit 0 for the rules by hand, bit i + 1
     *     for list i
     */
    public static long[] listsOn(DnsConfig config, ZonedDateTime now) {
        int groups = config.groups().size();
        long[] on = new long[groups + 1];
        Arrays.fill(on, 1);
        for (int i = 0; i < config.block().size(); i++) {
            DnsBlockList list = config.block().get(i);
            boolean counts = list.enabled()
                    && Schedule.parse(list.when()).orElse(Schedule.ALWAYS).isOn(now);
            for (int group = 0; group <= groups && counts; group++) {
                boolean named = group < groups
                        && list.groups().contains(config.groups().get(group).name());
                if (list.groups().isEmpty() || named) {
                    on[group] |= 1L << (i + 1);
                }
            }
        }
        return on;
    }
}
