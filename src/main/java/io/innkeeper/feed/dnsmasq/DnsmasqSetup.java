package io.innkeeper.feed.dnsmasq;

import io.innkeeper.wire.dnsmasq.ConfigProblem;
import io.innkeeper.wire.dnsmasq.DhcpRange;
import io.innkeeper.wire.dnsmasq.LeaseTime;
import io.innkeeper.wire.net.ClientId;
import io.innkeeper.wire.net.IpAddress;
import io.innkeeper.wire.net.MacAddress;
import io.innkeeper.wire.net.Prefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * dnsmasq's configuration as it was at one moment: which hosts and ranges it knows, which files say so. Immutable, safe for
 * any thread. Two set-ups are equal when the same was read, so a reader can tell whether anything changed.
 */
public final class DnsmasqSetup {
    private static final int MAX_SEARCHED = 100;
    private static final Duration USUAL_V4 = Duration.ofHours(1);
    private static final Duration USUAL_V6 = Duration.ofDays(1);

    private final DnsmasqConfig config;
    private final boolean hostsHaveTimes;
    private final List<Prefix> localPrefixes;
    private final Subnets subnets;
    private final HostIndex hosts;

    DnsmasqSetup(DnsmasqConfig config, Collection<Prefix> localPrefixes) {
        this.config = config;
        this.hostsHaveTimes = config.reservations().stream()
                .anyMatch(reservation -> reservation.host().leaseTime() != null);
        this.localPrefixes = List.copyOf(localPrefixes);
        this.subnets = new Subnets(config.ranges(), this.localPrefixes);
        this.hosts = new HostIndex(config.reservations(), subnets);
    }

    /** A set-up in which nothing is configured. */
    public static DnsmasqSetup empty() {
        return new DnsmasqSetup(
                new DnsmasqConfig(
                        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Set.of()),
                List.of());
    }

    /**
     * The same set-up with the networks of this machine's interfaces, which dnsmasq uses where a range has no netmask.
     * Replaces those given before.
     */
    public DnsmasqSetup withLocalPrefixes(Collection<Prefix> prefixes) {
        return new DnsmasqSetup(config, prefixes);
    }

    /** Every host that the configuration knows, in the order read; also those that fix no address. */
    public List<DnsmasqReservation> reservations() {
        return config.reservations();
    }

    /** Every range, in the order read. */
    public List<DnsmasqRange> ranges() {
        return config.ranges();
    }

    /** The configured lease files; empty where dnsmasq uses its built-in path. */
    public List<Path> leaseFiles() {
        return config.leaseFiles();
    }

    /** The values of {@code domain}, whole. */
    public List<String> domains() {
        return config.domains();
    }

    /** The programs that dnsmasq calls on lease changes. */
    public List<Path> scripts() {
        return config.scripts();
    }

    /** What else is said about DHCP: options, boot files, tags, the interfaces. In the order read. */
    public List<DnsmasqDirective> directives() {
        return config.directives();
    }

    /** What could not be read or followed; the rest counts. */
    public List<ConfigProblem> problems() {
        return config.problems();
    }

    /** Every file and directory whose change may change this set-up, also those that are not there (yet). */
    public Set<Path> watched() {
        return config.watched();
    }

    /**
     * Whether a lease's address is fixed for its holder by a line of the configuration. Costs a few map look-ups.
     *
     * @param mac the holder's hardware address, where known
     * @param clientIdOrDuid the client identifier (IPv4) or DUID (IPv6), where known
     * @param hostname the name in the lease, where there is one
     * @param address the address leased
     */
    public Classification classify(
            @Nullable MacAddress mac, @Nullable ClientId clientIdOrDuid, @Nullable String hostname, IpAddress address) {
        return hosts.classify(new LeaseHolder(mac, clientIdOrDuid, hostname, address));
    }

    /**
     * The network of an address: of a range with netmask or prefix, else one given to {@link #withLocalPrefixes}; the
     * longest that holds it. Empty where none does.
     */
    public Optional<Prefix> subnetOf(IpAddress address) {
        return subnets.of(address);
    }

    /**
     * How long dnsmasq grants a lease of this address: what its range says, or for a fixed address outside all ranges, what
     * the ranges of its network agree on. Empty where they say nothing or "infinite", where any host has a time of its own,
     * or where there are more than {@value #MAX_SEARCHED} ranges.
     */
    public Optional<Duration> lifetimeOf(IpAddress address) {
        if (hostsHaveTimes || config.ranges().size() > MAX_SEARCHED) {
            return Optional.empty();
        }
        List<DhcpRange> ranges =
                config.ranges().stream().map(DnsmasqRange::range).toList();
        Optional<DhcpRange> own =
                ranges.stream().filter(range -> range.contains(address)).findFirst();
        if (own.isPresent()) {
            return lifetime(own.get());
        }
        Set<Optional<Duration>> ofNetwork = ranges.stream()
                .filter(range -> range.subnet() != null && range.subnet().contains(address))
                .map(DnsmasqSetup::lifetime)
                .collect(Collectors.toSet());
        return ofNetwork.size() == 1 ? ofNetwork.iterator().next() : Optional.empty();
    }

    /**
     * How long dnsmasq grants a lease of this address where nobody tells: what its range says, else what dnsmasq grants without
     * a word: an hour for IPv4, a day for IPv6 (dnsmasq(8), {@code --dhcp-range}). Empty where its range says "infinite".
     */
    Optional<Duration> usualLifetimeOf(IpAddress address) {
        Optional<LeaseTime> said = config.ranges().stream()
                .limit(MAX_SEARCHED)
                .map(DnsmasqRange::range)
                .filter(range -> range.contains(address)
                        || (range.subnet() != null && range.subnet().contains(address)))
                .map(DhcpRange::leaseTime)
                .filter(Objects::nonNull)
                .findFirst();
        return said.isEmpty()
                ? Optional.of(address.v6() ? USUAL_V6 : USUAL_V4)
                : said.filter(time -> !time.isInfinite()).map(time -> Duration.ofSeconds(time.seconds()));
    }

    private static Optional<Duration> lifetime(DhcpRange range) {
        return Optional.ofNullable(range.leaseTime())
                .filter(time -> !time.isInfinite())
                .map(time -> Duration.ofSeconds(time.seconds()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsmasqSetup setup
                && setup.config.equals(config)
                && setup.localPrefixes.equals(localPrefixes);
    }

    @Override
    public int hashCode() {
        return 31 * config.hashCode() + localPrefixes.hashCode();
    }

    @Override
    public String toString() {
        return "DnsmasqSetup[" + reservations().size() + " reservations, " + ranges().size() + " ranges, "
                + problems().size() + " problems]";
    }
}
