package io.innkeeper.dhcp;

import io.innkeeper.config.AddressRange;
import io.innkeeper.config.Dhcp4Class;
import io.innkeeper.config.Dhcp4Config;
import io.innkeeper.config.Dhcp4ConflictCheck;
import io.innkeeper.config.Dhcp4Limits;
import io.innkeeper.config.Dhcp4OptionValues;
import io.innkeeper.config.Dhcp4Pool;
import io.innkeeper.config.Dhcp4Reservation;
import io.innkeeper.config.Dhcp4SharedNetwork;
import io.innkeeper.config.Dhcp4Subnet;
import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the plan of a checked configuration, and of what was added to it through the API. */
public final class PlanBuilder {
    private static final String ROOT = "dhcp4";

    private final Dhcp4Config config;
    private final List<OwnReservation> own;
    private final OptionRegistry registry;
    private final PlanLayers layers;
    private final PlanAccess access;

    private PlanBuilder(Dhcp4Config config, Function<String, String> whereOf, List<OwnReservation> own) {
        this.config = config;
        this.own = own;
        this.registry = Dhcp4OptionValues.registryOf(config);
        this.layers = new PlanLayers(registry, whereOf);
        this.access = new PlanAccess(layers::where);
    }

    /**
     * The plan.
     *
     * @param config that passed the check of the configuration
     * @param whereOf from a key such as {@code dhcp4.subnets[0].prefix} to where it was written, as
     *     {@code ConfigResult.Valid.where} tells it
     * @param reservations made through the API; those that fit nowhere are left out, see {@link OwnReservations}
     * @param exceptions made through the API
     * @throws IllegalStateException if the configuration is not one that passed the check
     */
    public static Plan of(
            Dhcp4Config config,
            Function<String, String> whereOf,
            List<OwnReservation> reservations,
            List<OwnException> exceptions) {
        return new PlanBuilder(config, whereOf, reservations).plan(exceptions);
    }

    private Plan plan(List<OwnException> exceptions) {
        Layer said = layers.layer("global", ROOT, config.level());
        Layer.Lifetime usual = PlanLayers.usual();
        Layer.Lifetime lifetime =
                said.lifetime() == null ? usual : said.lifetime().over(usual);
        Layer global = new Layer("global", said.options(), lifetime, said.boot());
        return new Plan(
                Mode.valueOf(config.mode().name()),
                config.authoritative(),
                config.rapidCommit(),
                config.bootp(),
                config.answerToSource(),
                config.offerHold().toMillis(),
                config.declineHold().toMillis(),
                networks(),
                global,
                classes(),
                access.access(ROOT + ".access", config.access(), exceptions),
                limits(config.limits()),
                probe(),
                config.upstreams().stream().map(PlanLayers::bits).toList(),
                rogue(),
                registry);
    }

    private static Plan.Limits limits(Dhcp4Limits limits) {
        return new Plan.Limits(
                limits.leasesPerMac(),
                limits.leasesPerCircuit(),
                limits.packetsPerClient(),
                limits.packetsPerRelay(),
                limits.offers());
    }

    private Plan.Probe probe() {
        Dhcp4ConflictCheck check = config.conflictCheck();
        return check == null || !(check.arp() || check.icmp())
                ? Plan.Probe.NONE
                : new Plan.Probe(check.arp(), check.icmp(), check.timeout().toMillis());
    }

    /** A server that requests are handed on to is a known one. */
    private Set<Integer> rogue() {
        Set<Integer> known =
                config.rogue().known().stream().map(PlanLayers::bits).collect(Collectors.toCollection(HashSet::new));
        config.upstreams().forEach(upstream -> known.add(PlanLayers.bits(upstream)));
        return known;
    }

    private List<Plan.ClientClass> classes() {
        List<Plan.ClientClass> classes = new ArrayList<>();
        for (int i = 0; i < config.classes().size(); i++) {
            Dhcp4Class one = config.classes().get(i);
            String path = ROOT + ".classes[" + i + "]";
            Layer layer = layers.layer("class " + one.name(), path, one.level());
            classes.add(new Plan.ClientClass(one.name(), PlanAccess.match(one.match()), layer));
        }
        return classes;
    }

    private List<Plan.Network> networks() {
        List<Plan.Network> networks = new ArrayList<>();
        for (int i = 0; i < config.sharedNetworks().size(); i++) {
            Dhcp4SharedNetwork network = config.sharedNetworks().get(i);
            String path = ROOT + ".shared-networks[" + i + "]";
            List<Plan.Subnet> subnets = new ArrayList<>();
            for (int j = 0; j < network.subnets().size(); j++) {
                subnets.add(
                        subnet(path + ".subnets[" + j + "]", network.subnets().get(j)));
            }
            String name = "shared network " + network.name();
            networks.add(new Plan.Network(network.name(), layers.layer(name, path, network.level()), subnets));
        }
        for (int i = 0; i < config.subnets().size(); i++) {
            Dhcp4Subnet subnet = config.subnets().get(i);
            Plan.Subnet only = subnet(ROOT + ".subnets[" + i + "]", subnet);
            networks.add(new Plan.Network(
                    Objects.requireNonNullElse(subnet.name(), only.name()), Layer.NOTHING, List.of(only)));
        }
        return networks;
    }

    private Plan.Subnet subnet(String path, Dhcp4Subnet subnet) {
        List<Plan.Pool> pools = new ArrayList<>();
        for (int i = 0; i < subnet.pools().size(); i++) {
            pools.add(pool(path + ".pools[" + i + "]", subnet.pools().get(i), subnet.prefix()));
        }
        List<Plan.Reserved> reservations = new ArrayList<>();
        for (int i = 0; i < subnet.reservations().size(); i++) {
            reservations.add(reserved(
                    path + ".reservations[" + i + "]", subnet.reservations().get(i)));
        }
        reservations.addAll(OwnReservations.of(subnet.prefix(), reservations, own));
        String prefix = subnet.prefix().toString();
        return new Plan.Subnet(
                prefix,
                PlanLayers.bits(subnet.prefix().network()),
                subnet.prefix().length(),
                layers.layer("subnet " + prefix, path, subnet.level()),
                pools,
                reservations,
                Set.copyOf(subnet.interfaces()),
                subnet.relays().stream().map(PlanLayers::bits).collect(Collectors.toSet()),
                subnet.mode() == null ? null : Mode.valueOf(subnet.mode().name()),
                access.access(path + ".access", subnet.access(), List.of()),
                layers.where(path));
    }

    private Plan.Pool pool(String path, Dhcp4Pool pool, Prefix prefix) {
        List<Plan.Range> excluded = new ArrayList<>();
        pool.exclude().forEach(range -> exclude(excluded, range, pool.range()));
        if (prefix.length() <= 30) {
            exclude(excluded, new AddressRange(prefix.network(), prefix.network()), pool.range());
            exclude(excluded, new AddressRange(prefix.last(), prefix.last()), pool.range());
        }
        String name = Objects.requireNonNullElse(pool.name(), pool.range().toString());
        return new Plan.Pool(
                name,
                PlanLayers.bits(pool.range().first()),
                PlanLayers.bits(pool.range().last()),
                excluded,
                Set.copyOf(pool.classes()),
                layers.layer("pool " + name, path, pool.level()),
                layers.where(path));
    }

    private static void exclude(List<Plan.Range> excluded, AddressRange range, AddressRange pool) {
        long first = Math.max(range.first().low(), pool.first().low());
        long last = Math.min(range.last().low(), pool.last().low());
        if (first <= last) {
            excluded.add(new Plan.Range((int) first, (int) last));
        }
    }

    private Plan.Reserved reserved(String path, Dhcp4Reservation one) {
        return layers.reserved("", one, PlanLayers.name(one, path), path);
    }
}
