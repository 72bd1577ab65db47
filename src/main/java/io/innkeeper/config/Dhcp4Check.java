package io.innkeeper.config;

import io.innkeeper.wire.dhcp4.OptionRegistry;
import io.innkeeper.wire.net.IpAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What no single key of {@code dhcp4} can tell. Subnets have a check of their own. */
final class Dhcp4Check {
    private static final String ROOT = "dhcp4";

    /** As many as the server can tell apart quickly. */
    private static final int MAX_CLASSES = 64;

    private final ConfigPlaces places;
    private final Dhcp4Config config;

    Dhcp4Check(ConfigPlaces places, Dhcp4Config config) {
        this.places = places;
        this.config = config;
    }

    void check() {
        whereToServe();
        modes();
        if (config.classes().size() > MAX_CLASSES) {
            places.error(ROOT + ".classes", "has " + config.classes().size() + " classes; at most " + MAX_CLASSES);
        }
        unique("classes", config.classes().stream().map(Dhcp4Class::name).toList());
        networkNames();
        OptionRegistry registry = customOptions();
        Dhcp4LevelCheck levels = new Dhcp4LevelCheck(places, registry, places.isWrong(ROOT + ".custom-options"));
        Dhcp4Lifetimes global = levels.check(ROOT, config.level(), Dhcp4Lifetimes.USUAL);
        access(ROOT + ".access", config.access());
        places.each(ROOT + ".classes", config.classes(), (path, one) -> {
            match(path + ".match", one.match());
            levels.check(path, one.level(), global);
        });
        subnets(levels, global);
    }

    private void whereToServe() {
        boolean known = !places.isWrong(ROOT + ".interfaces") && !places.isWrong(ROOT + ".listen");
        ListenAddress listen = config.listen();
        if (known && config.interfaces().isEmpty() && listen == null) {
            places.error(
                    ROOT,
                    "says not where to serve: write interfaces: [eth0] with the names of the interfaces whose networks this"
                            + " server is for, or listen: 127.0.0.1:6767 for relayed requests only");
        } else if (!config.interfaces().isEmpty() && listen != null) {
            places.error(
                    ROOT + ".listen",
                    "stands beside interfaces: take out one of them; interfaces serve relayed requests too");
        }
        if (listen != null && !listen.isAny() && !listen.host().equals("localhost") && !isV4(listen.host())) {
            places.error(
                    ROOT + ".listen", listen.host() + " is not an IPv4 address: write one, such as 127.0.0.1:6767");
        }
    }

    private static boolean isV4(String host) {
        return IpAddress.parse(host).filter(address -> !address.v6()).isPresent();
    }

    private void modes() {
        if (!config.upstreams().isEmpty() || places.isWrong(ROOT + ".upstreams")) {
            return;
        }
        needsUpstreams(ROOT + ".mode", config.mode());
        forEachSubnet((path, subnet) -> {
            if (subnet.mode() != null) {
                needsUpstreams(path + ".mode", subnet.mode());
            }
        });
    }

    private void needsUpstreams(String path, Dhcp4Mode mode) {
        if (mode == Dhcp4Mode.PASS_THROUGH || mode == Dhcp4Mode.HYBRID) {
            String text = mode == Dhcp4Mode.HYBRID ? "hybrid" : "pass-through";
            places.error(
                    path,
                    text + " hands requests on, but nothing says to whom: write dhcp4.upstreams: [192.168.1.1] with the"
                            + " address of the other server");
        }
    }

    private void forEachSubnet(BiConsumer<String, Dhcp4Subnet> visit) {
        places.each(
                ROOT + ".shared-networks",
                config.sharedNetworks(),
                (path, network) -> places.each(path + ".subnets", network.subnets(), visit));
        places.each(ROOT + ".subnets", config.subnets(), visit);
    }

    private void unique(String key, List<String> names) {
        Map<String, String> taken = new HashMap<>();
        places.each(ROOT + "." + key, names, (path, name) -> unique(taken, path, name));
    }

    private void unique(Map<String, String> taken, String path, @Nullable String name) {
        String before = name == null ? null : taken.putIfAbsent(name, path);
        if (before != null) {
            places.error(path + ".name", "the name '" + name + "' is taken by " + before + "; names are unique");
        }
    }

    /** Shared networks, subnets and pools are told apart by their names in the API and in metrics. */
    private void networkNames() {
        Map<String, String> networks = new HashMap<>();
        Map<String, String> pools = new HashMap<>();
        places.each(
                ROOT + ".shared-networks",
                config.sharedNetworks(),
                (path, network) -> unique(networks, path, network.name()));
        forEachSubnet((path, subnet) -> {
            unique(networks, path, subnet.name());
            places.each(path + ".pools", subnet.pools(), (inner, pool) -> unique(pools, inner, pool.name()));
        });
    }

    private OptionRegistry customOptions() {
        Dhcp4OptionValues.Custom custom = Dhcp4OptionValues.registry(config.customOptions());
        places.each(ROOT + ".custom-options", config.customOptions(), (path, option) -> {
            Dhcp4OptionValues.Bad bad = custom.refused().get(option);
            if (bad != null) {
                String key = bad.what() == Dhcp4OptionValues.Part.CODE ? ".code" : ".name";
                places.error(path + key, bad.message(), bad.suggestion());
            }
        });
        return custom.registry();
    }

    private void subnets(Dhcp4LevelCheck levels, Dhcp4Lifetimes global) {
        Set<String> classes = config.classes().stream().map(Dhcp4Class::name).collect(Collectors.toSet());
        boolean classesKnown = !places.isWrong(ROOT + ".classes");
        Dhcp4SubnetCheck each = new Dhcp4SubnetCheck(places, levels, classes, classesKnown);
        places.each(ROOT + ".shared-networks", config.sharedNetworks(), (path, network) -> {
            Dhcp4Lifetimes shared = levels.check(path, network.level(), global);
            if (network.subnets().isEmpty() && !places.isWrong(path + ".subnets")) {
                places.error(path, "has no subnets: write subnets: [{prefix: 192.168.1.0/24}]");
            }
            places.each(path + ".subnets", network.subnets(), (inner, subnet) -> subnet(each, inner, subnet, shared));
        });
        places.each(ROOT + ".subnets", config.subnets(), (path, subnet) -> subnet(each, path, subnet, global));
        each.overlaps();
        boolean answers = config.mode() != Dhcp4Mode.PASS_THROUGH;
        if (answers && config.allSubnets().isEmpty() && !places.isWrong(ROOT)) {
            places.warning(ROOT, "has no subnets, so nobody gets an address");
        }
    }

    private void subnet(Dhcp4SubnetCheck check, String path, Dhcp4Subnet subnet, Dhcp4Lifetimes weaker) {
        check.check(path, subnet, weaker);
        if (subnet.access() != null) {
            access(path + ".access", subnet.access());
        }
        places.each(path + ".interfaces", subnet.interfaces(), (key, name) -> {
            if (!config.interfaces().contains(name) && !places.isWrong(ROOT + ".interfaces")) {
                places.warning(key, "'" + name + "' is not among dhcp4.interfaces, so nobody is served there");
            }
        });
    }

    private void access(String path, Dhcp4Access access) {
        places.each(path + ".deny", access.deny(), this::match);
        places.each(path + ".pass-through", access.passThrough(), this::match);
        places.each(path + ".allow", access.allow(), this::match);
        Instant now = Instant.now();
        places.each(path + ".exceptions", access.exceptions(), (key, exception) -> {
            match(key, exception.match());
            if (!exception.until().isAfter(now)) {
                places.warning(key + ".until", "is over since " + exception.until() + ": take the exception out");
            }
        });
    }

    private void match(String path, Dhcp4Match match) {
        if (match.isEmpty() && !places.isWrong(path)) {
            places.error(
                    path, "names nobody: write a mac, a vendor-class or another key; for everybody write mac: \"*\"");
        }
    }
}
